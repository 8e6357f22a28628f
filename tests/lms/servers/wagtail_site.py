"""A whole wagtail-lms site: `prepare DIR` makes it, `import DIR ZIP` adds a course, `serve DIR` answers.

The site has one learner, Kari. A package becomes a course through the LMS's own model, which unpacks it and reads
its manifest; Kari is enrolled and the play address is printed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import django
from django.conf import settings

ACTION, HOME = sys.argv[1], Path(sys.argv[2]).resolve()
LEARNER, PASSWORD = "kari", "kari"

_APPS = [
    "wagtail_lms",
    *(
        f"wagtail.{name}"
        for name in ("contrib.forms", "contrib.redirects", "embeds", "sites", "users", "snippets")
    ),
    *(f"wagtail.{name}" for name in ("documents", "images", "search", "admin")),
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "rest_framework",
    *(
        f"django.contrib.{name}"
        for name in ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
    ),
]
_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_CONTEXT = ["django.template.context_processors.request", "django.contrib.auth.context_processors.auth"]
_CONTEXT += ["django.contrib.messages.context_processors.messages"]
# The LMS's templates extend a base.html that every site must bring.
_BASE = """<!doctype html><html lang="nb"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title>
{% block extra_css %}{% endblock %}</head><body>{% block content %}{% endblock %}</body></html>"""


def _configure() -> None:
    (HOME / "templates").mkdir(parents=True, exist_ok=True)
    (HOME / "templates" / "base.html").write_text(_BASE, encoding="utf-8")
    settings.configure(
        ALLOWED_HOSTS=["127.0.0.1"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": HOME / "site.sqlite3"}},
        DEBUG=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=_APPS,
        LANGUAGE_CODE="nb",
        LOGIN_URL="/admin/login/",
        MEDIA_ROOT=HOME / "media",
        MEDIA_URL="/media/",
        MIDDLEWARE=_MIDDLEWARE,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF="wagtail_urls",
        SECRET_KEY="kun-for-prøver-" * 4,
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HOME / "templates"],
                "APP_DIRS": True,
                "OPTIONS": {"context_processors": _CONTEXT},
            }
        ],
        TIME_ZONE="Europe/Oslo",
        USE_TZ=True,
        WAGTAILADMIN_BASE_URL="http://127.0.0.1",
        WAGTAIL_SITE_NAME="Prøve-LMS",
    )
    django.setup()


def _prepare() -> None:
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    get_user_model().objects.create_user(LEARNER, password=PASSWORD, first_name="Kari", last_name="Ødegård")


def _import(package: Path) -> None:
    from django.contrib.auth import get_user_model
    from django.core.files import File
    from wagtail.models import Site
    from wagtail_lms.models import CourseEnrollment, CoursePage, SCORMLessonPage, SCORMPackage

    record = SCORMPackage(title=package.stem)
    with package.open("rb") as stream:
        record.package_file = File(stream, name=package.name)
        record.save()
    home = Site.objects.get(is_default_site=True).root_page
    course = home.add_child(instance=CoursePage(title=f"Kurs {package.stem}"))
    lesson = course.add_child(instance=SCORMLessonPage(title=f"Leksjon {package.stem}", scorm_package=record))
    lesson.save_revision().publish()
    learner = get_user_model().objects.get(username=LEARNER)
    CourseEnrollment.objects.create(user=learner, course=course)
    sys.stdout.write(f"{record.pk} /lms/scorm-lesson/{lesson.pk}/play/\n")


def _serve() -> None:
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.wsgi import get_wsgi_application
    from one_at_a_time import listen, serve

    server, address = listen()
    serve(server, StaticFilesHandler(get_wsgi_application()), address)


if __name__ == "__main__":
    _configure()
    if ACTION == "prepare":
        _prepare()
    elif ACTION == "import":
        _import(Path(sys.argv[3]))
    else:
        _serve()
