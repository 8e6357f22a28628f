"""Findings in the forms that people and machines want: one module each, all in the table below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from kurspakke.reporters import json, text
from kurspakke.reporters.target import TargetReport

__all__ = ["REPORTERS", "Reporter", "TargetReport"]


class Reporter(Protocol):
    """A form of report."""

    def render(self, targets: Sequence[TargetReport], *, colour: bool = False) -> str:
        """The whole report, ending in a line feed; `colour` is for terminals, where a form has any."""


REPORTERS: Mapping[str, Reporter] = {"text": text, "json": json}
"""Every form of report by the word that the command line knows it by."""
