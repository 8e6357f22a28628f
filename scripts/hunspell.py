"""Sees to it that the tests can check spelling: `hunspell.py [--install]`.

Looks for hunspell with its dictionaries for bokmål, nynorsk and English; with `--install`, gets Debian's when one is
missing and this user may. Exit 1 with one line when one is missing still.
"""

import shutil
import subprocess
import sys

from debian import install

DICTIONARIES = {"nb_NO": "hunspell-no", "nn_NO": "hunspell-no", "en_GB": "hunspell-en-gb"}
"""The dictionaries, and Debian's packages of them."""


def missing() -> list[str]:
    """Debian's packages of what is not there."""
    if not shutil.which("hunspell"):
        return ["hunspell", *dict.fromkeys(DICTIONARIES.values())]
    gone = (package for name, package in DICTIONARIES.items() if not _knows(name))
    return list(dict.fromkeys(gone))


def _knows(dictionary: str) -> bool:
    command = ["hunspell", "-d", dictionary, "-l"]
    return subprocess.run(command, input=b"", capture_output=True, check=False).returncode == 0


def main() -> None:
    """See the module's first line."""
    if missing() and "--install" in sys.argv[1:]:
        install(*missing())
    if packages := missing():
        sys.exit(
            f"The tests check spelling, and {' '.join(packages)} is missing. "
            f"Debian and Ubuntu: sudo apt install {' '.join(packages)}."
        )


if __name__ == "__main__":
    main()
