"""Plays the package at the path given and prints what came of it as JSON: the process that can be ended from outside."""

import sys

from kurspakke.findings import KurspakkeError
from kurspakke.play.play import play
from kurspakke.targets import package_at

if __name__ == "__main__":
    try:
        sys.stdout.write(play(package_at(sys.argv[1])).model_dump_json())
    except KurspakkeError as error:
        sys.stderr.write(f"{error.message}\n{error.hint}")
        sys.exit(3)
