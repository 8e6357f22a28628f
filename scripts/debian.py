"""Gets Debian's packages, where this is Debian and the user may install them without a password."""

import os
import shutil
import subprocess
import sys


def install(*packages: str) -> None:
    """Install these packages, if this user may; otherwise do nothing."""
    prefix = _as_root()
    if prefix is None or not shutil.which("apt-get"):
        return
    # For the person; stdout is left to the result of the script that asks.
    print(f"Installing Debian's {', '.join(packages)} ...", file=sys.stderr, flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "DEBCONF_NOWARNINGS": "yes"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
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
