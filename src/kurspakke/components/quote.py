"""Somebody's words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import Date, Inline, Model, PlainText, Title, Truth
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Consent(Model):
    """That the person quoted has agreed, and when."""

    given: Truth = Field(description="true when the person has agreed to be quoted.")
    date: Date = Field(description="The day they agreed, as YYYY-MM-DD.")


class Quote(Component):
    """What a named person said, with their consent; an invented quote says so."""

    type: Literal["quote"]
    text: Inline = Field(description="The words.")
    by: Title = Field(description="Who said it.")
    role: PlainText | None = Field(None, description="What they are.")
    source: PlainText | None = Field(None, description="Where it was said or printed.")
    consent: Consent | None = Field(None, description="The person's consent.")
    fictional: Truth = Field(False, description="true for an invented quote; the learner is told.")


@COMPONENTS.rule(7, "quote-without-consent", Severity.ERROR)
def without_consent(spot: Spot) -> Iterator[Problem]:
    """A named person is quoted only with their consent.

    Say when they agreed (`consent: {given: true, date: 2026-05-04}`), name the printed `source`, or, for a quote that
    nobody said, write `fictional: true`, so that the learner is told.
    """
    quote = spot.component
    if (
        isinstance(quote, Quote)
        and not quote.fictional
        and not quote.source
        and not (quote.consent and quote.consent.given)
    ):
        yield spot.problem(
            f"{quote.by} is quoted without consent or source",
            "add `consent: {given: true, date: …}`, a printed `source:`, or `fictional: true`",
            "by",
        )
