"""An independent judge of xAPI statements, in an environment of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence

from tests.lms.environments import python_of
from tests.lms.process import SERVERS
from tests.lrs import Document


def complaints(statements: Sequence[Document]) -> list[str]:
    """What Ralph's models object to, one line each."""
    assert statements
    command = [python_of("ralph"), SERVERS / "judge_statements.py"]
    text = json.dumps(list(statements))
    answer = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.splitlines()
