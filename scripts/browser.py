"""Prints the path of a browser that the tests drive: `browser.py [--install] [chromium|firefox]`.

Looks at $KURSPAKKE_BROWSER (Chrome or Chromium) or $KURSPAKKE_FIREFOX, then along the PATH; with `--install`, gets
Debian's when there is none and this user may. Exit 1 with one line when no browser answers.
"""

import os
import shutil
import subprocess
import sys

VARIABLES = {"chromium": "KURSPAKKE_BROWSER", "firefox": "KURSPAKKE_FIREFOX"}
NAMES = {
    "chromium": ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"),
    "firefox": ("firefox-esr", "firefox"),
}
PACKAGES = {"chromium": "chromium", "firefox": "firefox-esr"}
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


def install(kind: str) -> None:
    """Install Debian's browser of this kind, if this user may; otherwise do nothing."""
    prefix = _as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    say(f"Installing Debian's {PACKAGES[kind]} ...")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NOWARNINGS": "yes"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", PACKAGES[kind]]):
        command = [*prefix, "apt-get", "-qq", *step]
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=False)


def _as_root() -> list[str] | None:
    """What to put before a command to run it as root; None when root is out of reach without a password."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def say(line: str) -> None:
    """Tell the person, and leave stdout to the path."""
    print(line, file=sys.stderr, flush=True)


def main() -> None:
    """See the module's first line."""
    kind = next((word for word in sys.argv[1:] if word in NAMES), "chromium")
    path = find(kind)
    if path is None and "--install" in sys.argv[1:]:
        install(kind)
        path = find(kind)
    if path is None:
        sys.exit(MISSING[kind])
    print(path)


if __name__ == "__main__":
    main()
