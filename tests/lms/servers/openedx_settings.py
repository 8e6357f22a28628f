"""Django settings of the XBlock workbench, for one run in the current folder."""

from __future__ import annotations

import os
from pathlib import Path

HOME = Path(os.environ["KURSPAKKE_LMS_HOME"])
(HOME / "var").mkdir(parents=True, exist_ok=True)
os.chdir(HOME)  # the workbench names its database and its log by relative paths

from workbench.settings import *  # noqa: E402, F403
from workbench.settings import INSTALLED_APPS as _APPS  # noqa: E402
from workbench.settings import MIDDLEWARE as _MIDDLEWARE  # noqa: E402

DEBUG = True
# djpyfs does not start on this Django, and nothing here needs it.
INSTALLED_APPS = [name for name in _APPS if name not in ("djpyfs", "debug_toolbar")]
# The workbench has no login; without one there is no token for an upload either.
MIDDLEWARE = [name for name in _MIDDLEWARE if "csrf" not in name]
MEDIA_ROOT = str(HOME / "media")
MEDIA_URL = "/media/"
TIME_ZONE = "Europe/Oslo"
WORKBENCH = {"reset_state_on_restart": False, "services": {"settings": "workbench.services.SettingsService"}}
