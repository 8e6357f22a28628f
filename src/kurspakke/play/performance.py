"""What came of playing a package: every call, statement, request, message and barrier, as values.

They cross from the process that plays to the one that judges as JSON, so that a package that never ends can be ended.
"""

from __future__ import annotations

from typing import Any, Literal

from kurspakke.model import Model
from kurspakke.play.dialect import GET, SET

Ending = Literal["left", "hung", "not-launched"]


class Call(Model):
    """A call of the SCORM API: `at` milliseconds after the LMS's page began, in the learner's action number `step`."""

    at: float
    step: int
    name: str
    given: tuple[Any, ...]
    answer: str
    error: str
    diagnostic: str = ""
    before: str | None = None

    @property
    def element(self) -> str:
        """The data model element of a get or set; "" for other calls."""
        return str(self.given[0]) if self.given and self.name.endswith((GET, SET)) else ""

    @property
    def value(self) -> str:
        """What a set wanted to store."""
        return str(self.given[1]) if self.name.endswith(SET) and len(self.given) > 1 else ""


class Message(Model):
    """Something that the browser said: an uncaught error or a line of its console; `file` is a path in the package."""

    kind: Literal["error", "exception", "dialog", "popup"]
    text: str
    file: str = ""
    line: int = 0


class Request(Model):
    """A request that found nothing in the package (`outside` False), or went to another host (`outside` True)."""

    url: str
    kind: str
    outside: bool


class Barrier(Model):
    """A breach that axe found: its rule, the WCAG criteria, the page, and how often; `example` is the first element."""

    rule: str
    criteria: tuple[str, ...]
    help: str
    page: str
    count: int
    example: str


class Exchange(Model):
    """A request to the LRS and its answer; `body` is the statement or document that was sent."""

    step: int
    method: str
    resource: str
    query: dict[str, str]
    status: int
    problem: str = ""
    body: Any = None


class Sitting(Model):
    """One launch: from opening to leaving."""

    purpose: Literal["first", "return", "review"]
    ending: Ending
    steps: int
    pages: tuple[str, ...]
    words: int
    calls: tuple[Call, ...] = ()
    exchanges: tuple[Exchange, ...] = ()
    messages: tuple[Message, ...] = ()
    requests: tuple[Request, ...] = ()
    barriers: tuple[Barrier, ...] = ()


class Performance(Model):
    """All sittings of the first SCO or AU; `skipped` says why there are none.

    `parts` is how many there are that begin at an address of their own.
    """

    kind: str
    launched: str
    sittings: tuple[Sitting, ...]
    parts: int = 1
    skipped: str = ""

    def sitting(self, purpose: str) -> Sitting | None:
        """The sitting of that purpose."""
        return next((sitting for sitting in self.sittings if sitting.purpose == purpose), None)
