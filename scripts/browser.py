"""Prints the path of a browser that the tests drive: `browser.py [--install] [chromium|shell|firefox]`.

Looks at $KURSPAKKE_BROWSER (Chrome or Chromium), $KURSPAKKE_SHELL (Chromium without its window, which takes half of the
processor) or $KURSPAKKE_FIREFOX, then along the PATH; with `--install`, gets Debian's when there is none and this user
may. Where there is no shell, Chromium is it. Exit 1 with one line when no browser answers.
"""

import os
import shutil
import subprocess
import sys

from debian import install

VARIABLES = {"chromium": "KURSPAKKE_BROWSER", "shell": "KURSPAKKE_SHELL", "firefox": "KURSPAKKE_FIREFOX"}
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "shell": ("chromium-headless-shell",),
    "firefox": ("firefox-esr", "firefox"),
}
PACKAGES = {"chromium": "chromium", "shell": "chromium-headless-shell", "firefox": "firefox-esr"}
MISSING = {
    "chromium": "The tests need Chrome or Chromium, and none was found. "
    "Debian: sudo apt install chromium. Ubuntu: sudo snap install chromium.",
    "firefox": "The tests need Firefox, and none was found. "
    "Debian: sudo apt install firefox-esr. Ubuntu: sudo snap install firefox.",
}


def find(kind: str) -> str | None:
    """Path of a browser of this kind that starts, or None."""
    chosen = os.environ.get(VARIABLES[kind])
    found = map(shutil.which, (chosen,) if chosen else NAMES[kind])
    return next((path for path in found if path and _starts(path)), None)


def _starts(path: str) -> bool:
    # Ubuntu's chromium-browser can be a script that only says how to install the real one.
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0


def main() -> None:
    """See the module's first line."""
    kind = next((word for word in sys.argv[1:] if word in NAMES), "chromium")
    path = find(kind)
    if path is None and "--install" in sys.argv[1:]:
        install(PACKAGES[kind])
        path = find(kind)
    if path is None and kind == "shell":
        kind, path = "chromium", find("chromium")
    if path is None:
        sys.exit(MISSING[kind])
    print(path)


if __name__ == "__main__":
    main()
