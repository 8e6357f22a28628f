"""Two independent judges of xAPI statements: Ralph's models and Learning Locker's rules."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.lms.environments import python_of
from tests.lms.process import SERVERS
from tests.lrs import Document

_NODE = Path(sys.executable).with_name("node")
_SCRIPT = Path(__file__).resolve().parents[1] / "node" / "judge_statements.mjs"


def complaints(statements: Sequence[Document]) -> list[str]:
    """What either of them objects to, one line each."""
    assert statements
    return [*ralph(statements), *learning_locker(statements)]


def ralph(statements: Sequence[Document]) -> list[str]:
    """What Ralph's models object to; films are held against its models of the video profile."""
    return _lines([str(python_of("ralph")), str(SERVERS / "judge_statements.py")], statements)


def learning_locker(statements: Sequence[Document]) -> list[str]:
    """What `@learninglocker/xapi-validation` objects to, which knows the patterns of the specification."""
    return _lines([str(_NODE), str(_SCRIPT)], statements)


def _lines(command: list[str], statements: Sequence[Document]) -> list[str]:
    text = json.dumps(list(statements))
    answer = subprocess.run(
        command, input=text, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()
