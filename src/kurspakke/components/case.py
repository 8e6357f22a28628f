"""A case from practice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.components.picture import Illustration
from kurspakke.findings import Severity
from kurspakke.model import Inline, Markdown, Model, PlainText, Title, Truth, WebAddress
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class CaseSource(Model):
    """Where the case is told."""

    text: PlainText = Field(description="Who told it where and when.")
    url: WebAddress | None = Field(None, description="Its http(s) address.")


class Case(Component):
    """What an organisation did and what the inhabitants got out of it; an invented case says so."""

    type: Literal["case"]
    title: Title = Field(description="The case in a few words.")
    sector: Literal["public", "private"] = Field(description="Where it comes from.")
    organisation: Title = Field(description="Whose case it is.")
    text: Markdown = Field(description="What they did: Markdown.")
    benefit: Inline = Field(description="What the inhabitants (or customers) got out of it.")
    source: CaseSource | None = Field(None, description="Where the case is told.")
    fictional: Truth = Field(False, description="true for an invented case; the learner is told.")
    figure: Illustration | None = Field(None, description="A picture of it.")


@COMPONENTS.rule(14, "case-without-source", Severity.ERROR)
def without_source(spot: Spot) -> Iterator[Problem]:
    """A case has a source, or says that it is invented; never both.

    Learners must be able to tell what has happened from what might, and those who want to know more must find it.
    Give the `source`, or write `fictional: true`, so that the learner is told.
    """
    case = spot.component
    if not isinstance(case, Case):
        return
    if not case.source and not case.fictional:
        yield spot.problem(
            f"nothing says where the case «{case.title}» comes from",
            "add `source: {text: …, url: …}`, or `fictional: true`",
            "title",
        )
    elif case.source and case.fictional:
        yield spot.problem(
            f"the case «{case.title}» is invented and yet has a source",
            "remove `fictional: true` or `source:`; what inspired it can be told in the text",
            "fictional",
        )
