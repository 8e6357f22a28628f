"""A request to the LRS and what came of it, for whoever looks on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kurspakke.lrs.asking import Asked
from kurspakke.lrs.delivery import unpacked
from kurspakke.lrs.grant import Grant
from kurspakke.lrs.refusal import RefusalError
from kurspakke.lrs.reply import Reply
from kurspakke.xapi.problem import Problem


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request, unwrapped, and its answer.

    `grant` is None if the credentials were refused. `at` is when it came, in seconds since 1970, `ms` how long it took.
    `error` says why it was refused ("" if it was not), `problems` what is wrong with the statements in it.
    """

    at: float
    ms: float
    grant: Grant | None
    asked: Asked
    reply: Reply
    error: str = ""
    problems: tuple[Problem, ...] = ()

    @property
    def query(self) -> Mapping[str, str]:
        """The parameters of the request."""
        return self.asked.query

    def statements(self) -> list[Any]:
        """The statements that were sent, valid or not; none, if it was no such request or can't be read."""
        if self.asked.resource != "statements" or self.asked.method not in {"PUT", "POST"}:
            return []
        try:
            return unpacked(self.asked).statements
        except RefusalError:
            return []
