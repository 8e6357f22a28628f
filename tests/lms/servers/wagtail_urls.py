"""The addresses of the wagtail-lms site."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
    path("lms/", include("wagtail_lms.urls")),
    path("", include("wagtail.urls")),
]
