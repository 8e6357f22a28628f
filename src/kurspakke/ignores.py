"""What a course says about its own findings, in course.yaml: which are accepted, why, and until when."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kurspakke.findings import Finding
from kurspakke.model import Date, Model

Words = Annotated[str, StringConstraints(min_length=1, max_length=500, strip_whitespace=True)]
"""A text for whoever keeps the course; no learner reads it, and it is not translated."""


class Ignore(Model):
    """Findings that are accepted for a while."""

    rule: Words = Field(
        description="The rule's id or name, or the beginning of ids: SRC-106, long-film, SRC-10."
    )
    where: Words = Field("*", description="The files, * for anything: modules/teknologi/*. All if left out.")
    reason: Words = Field(description="Why that is right for now; for whoever reads it next.")
    until: Date = Field(description="The last day it holds, as YYYY-MM-DD. Afterwards the findings are back.")

    def covers(self, rules: frozenset[str], finding: Finding) -> bool:
        """Whether the finding is one of these, where `rules` are the ids that `rule` stands for."""
        return finding.rule.id in rules and fnmatchcase(finding.location.path, self.where)


class Validation(Model):
    """How the course is checked."""

    ignore: tuple[Ignore, ...] = Field(
        (), description="Findings that are accepted, each with reason and last day."
    )
    severity: dict[Words, Literal["error", "warning", "note", "off"]] = Field(
        default_factory=dict, description="Rules that weigh something else in this course: {SRC-106: off}."
    )
