"""A request that is not done, and why."""

from __future__ import annotations

from collections.abc import Sequence

from kurspakke.xapi.problem import Problem


class RefusalError(Exception):
    """The request is answered with `status`; `problems` are those of the statements in it."""

    def __init__(self, status: int, why: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(why)
        self.status = status
        self.problems = tuple(problems)
