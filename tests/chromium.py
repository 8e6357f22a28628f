"""The browser that the tests drive: the machine's own Chromium, kept off every network but the loopback."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

WITHOUT = (
    # Pages of the browser's own window, drawn anew for each tab: they take more of the processor than a course.
    "WebUIOmniboxPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxAimPopup",
    "PreloadTopChromeWebUI",
    # What playwright leaves out itself; the browser heeds only the last such list.
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE *.localhost",
    "--disable-features=" + ",".join(WITHOUT),
)
_FINDER = Path(__file__).resolve().parents[1] / "scripts" / "browser.py"


@cache
def launch_options(kind: str = "shell") -> dict[str, Any]:
    """What playwright's `launch` is to be called with: for Chromium without its window, or for all of "chromium"."""
    answer = subprocess.run([sys.executable, _FINDER, kind], capture_output=True, text=True, check=False)
    if answer.returncode != 0:
        raise RuntimeError(answer.stderr.strip())
    return {"executable_path": answer.stdout.strip(), "args": list(ARGUMENTS), "headless": True}
