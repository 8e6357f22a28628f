"""What an LMS page sends when content commits, read with care: the content itself could have sent it."""

from __future__ import annotations

import json
from collections.abc import Set as AbstractSet
from typing import Any

from kurspakke.preview.attempts import Commit, Whose
from kurspakke.preview.launchisland import MODES


class NotACommitError(ValueError):
    """It is not what an LMS page sends."""


def commit_of(body: bytes, package: str, learners: AbstractSet[str]) -> tuple[str, Whose, str, Commit]:
    """The session, whose it is, its mode and what is to be kept, for `Attempts.keep`.

    Raises:
        NotACommitError: it is something else, or of nobody among `learners`.
    """
    try:
        said: dict[str, Any] = json.loads(body)
        whose = Whose(package, str(said["learner"]), str(said["sco"]))
        mode = said.get("mode", MODES[0])
        commit = Commit(
            int(said["serial"]),
            {str(name): str(value) for name, value in said["values"].items()},
            list(said.get("calls", ())),
            int(said.get("from", 0)),
            bool(said.get("finished")),
        )
        session = str(said["session"])
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NotACommitError("not what an LMS page sends") from error
    if mode not in MODES or whose.learner not in learners:
        raise NotACommitError("there is no such learner or mode")
    return session, whose, mode, commit
