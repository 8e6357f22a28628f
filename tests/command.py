"""The command `kurspakke`, run as a user runs it, in this process or in one of its own."""

from __future__ import annotations

import contextlib
import io
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from kurspakke.cli import commands, main


@dataclass(frozen=True, slots=True)
class Answer:
    """What the command said, and the code it ended with."""

    code: int
    out: str
    err: str


def run(*words: str | Path) -> Answer:
    """Run the command in this process. What would be a traceback is an exception here."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(lambda: commands([str(word) for word in words]))
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 1
    return Answer(code, out.getvalue(), err.getvalue())


def run_alone(*words: str | Path, wrapper: tuple[str, ...] = ()) -> Answer:
    """Run the command in a process of its own, inside of the command line `wrapper` if there is one."""
    line = [*wrapper, sys.executable, "-m", "kurspakke", *(str(word) for word in words)]
    ended = subprocess.run(line, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return Answer(ended.returncode, ended.stdout, ended.stderr)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, hidden ones too, byte for byte."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
