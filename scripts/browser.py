"""Finds the Chrome or Chromium the tests drive: `browser.py` prints its path, `--install` gets Debian's first.

Looks at $KURSPAKKE_BROWSER, then along the PATH. Exit 1 with one line when there is none.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MISSING = "The browser tests need Chrome or Chromium, and none was found: sudo apt install chromium"


def find() -> str | None:
    """Path of a browser, or None."""
    chosen = os.environ.get("KURSPAKKE_BROWSER")
    names = (chosen,) if chosen else NAMES
    return next(filter(None, map(shutil.which, names)), None)


def install() -> None:
    """Install Debian's chromium, if this user may; otherwise do nothing."""
    prefix = _as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    print("Installing Debian's chromium ...", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        subprocess.run([*prefix, "apt-get", "-qq", *arguments], env=env, stdout=subprocess.DEVNULL, check=False)


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def main() -> None:
    """See the module's first line."""
    path = find()
    if path is None and "--install" in sys.argv[1:]:
        install()
        path = find()
    if path is None:
        sys.exit(MISSING)
    if "--install" not in sys.argv[1:]:
        print(path)


if __name__ == "__main__":
    main()
