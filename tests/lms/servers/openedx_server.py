"""Open edX' SCORM and cmi5 XBlocks in the XBlock workbench, on a free port of 127.0.0.1.

Argument: the folder for its data. The blocks run as they are; what they take from edx-platform and the workbench
does not have is added from outside: a user with a name and a number, a location, an enrolment, and handler
addresses for third parties that are absolute and end without a slash, as edx-platform makes them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "openedx_settings"
os.environ["KURSPAKKE_LMS_HOME"] = str(Path(sys.argv[1]).resolve())
os.environ["EXCLUDE_SAMPLE_XBLOCKS"] = "yes"

import django
from one_at_a_time import listen, serve

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from openedx_cmi5_xblock.openedx_cmi5_xblock import CMI5XBlock  # noqa: E402
from openedxscorm.scormxblock import ScormXBlock  # noqa: E402
from workbench.runtime import WorkbenchRuntime, WorkBenchUserService  # noqa: E402


def _location(block: Any) -> Any:
    return SimpleNamespace(
        block_id=str(block.scope_ids.usage_id),
        block_type=block.scope_ids.block_type,
        org="prøve",
        course="prøve",
        html_id=lambda: "course-v1:prove+1+2026",
    )


def _ignore(block: Any, location: Any) -> None:
    """The blocks set their location, which here follows from the block."""


def _stand_in_for_the_platform(address: str) -> None:
    start = WorkBenchUserService.__init__
    handler_url = WorkbenchRuntime.handler_url

    def start_with_a_user(self: Any, uid: str) -> None:
        start(self, uid)
        user = self.get_current_user()
        user.opt_attrs.update({"edx-platform.user_id": 42, "edx-platform.username": "kari.ødegård"})

    def absolute_for_third_parties(self: Any, *which: Any, thirdparty: Any = None, **more: Any) -> str:
        url: str = handler_url(self, *which, **more)
        return f"{address}{url.split('?', 1)[0].rstrip('/')}" if thirdparty else url

    WorkBenchUserService.__init__ = start_with_a_user
    WorkbenchRuntime.handler_url = absolute_for_third_parties
    for block in (ScormXBlock, CMI5XBlock):
        block.location = property(_location, _ignore)
    # The block's own scenario names a tag that does not exist.
    ScormXBlock.workbench_scenarios = staticmethod(lambda: [("SCORM", "<scorm/>")])
    ScormXBlock.proxy_base_url = property(
        lambda self: self.runtime.handler_url(self, "assets_proxy").split("?")[0].rstrip("/")
    )
    CMI5XBlock.get_erollment_id = lambda _: 7
    settings.LMS_ROOT_URL = address


if __name__ == "__main__":
    server, server_address = listen()
    _stand_in_for_the_platform(server_address)
    call_command("migrate", run_syncdb=True, verbosity=0)
    serve(server, StaticFilesHandler(get_wsgi_application()), server_address)
