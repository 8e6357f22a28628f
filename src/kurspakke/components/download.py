"""A file to download."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import DownloadFile, Inline, Title, Truth, WholeNumber
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

FORMATS = {"docx": "Word", "xlsx": "Excel", "pptx": "PowerPoint"}
"""What learners call the formats that are better known by a name than by the file's ending."""
LAID_OUT = ("pdf", "pptx")
"""Laid out for sheets and screens: without care in making them, they can't be read aloud or enlarged."""


class Download(Component):
    """A file that the learner takes along, with its type and size told before it is fetched."""

    type: Literal["download"]
    title: Title = Field(description="What the file is.")
    src: DownloadFile = Field(
        description="File in media/: pdf, docx, xlsx, pptx, odt, ods, odp, csv, txt or vtt."
    )
    description: Inline | None = Field(None, description="What it is for.")
    pages: WholeNumber | None = Field(None, ge=1, le=10_000, description="How many pages it has.")
    accessible_alternative: Inline | None = Field(
        None, description="Where the same content is accessible, when the file itself is not."
    )
    is_accessible: Truth = Field(
        False, description="true when the file has been checked: tagged, in reading order, with alternatives."
    )

    @property
    def ending(self) -> str:
        """The file name's ending, in lower case and without its dot."""
        return self.src.rpartition(".")[2].lower()

    @property
    def format(self) -> str:
        """The file's format as people call it: PDF, Word, CSV."""
        return FORMATS.get(self.ending, self.ending.upper())


@COMPONENTS.rule(13, "download-not-accessible", Severity.ERROR, spec="EN 301 549 10")
def not_accessible(spot: Spot) -> Iterator[Problem]:
    """A PDF or a slide show is accessible itself, or says where its content is.

    Most of them are not: read aloud they fall apart, and on a phone nobody can read them. Documents on public
    bodies' web pages come under the Norwegian universal design rules. When the file has been made with care and
    checked, say `is_accessible: true`; otherwise say in `accessible_alternative` where the same content is found.
    """
    file = spot.component
    if (
        isinstance(file, Download)
        and file.ending in LAID_OUT
        and not file.is_accessible
        and not file.accessible_alternative
    ):
        yield spot.problem(
            f"nothing says that «{file.src}» is accessible",
            "add `accessible_alternative:` (where the same content is), or `is_accessible: true` once it is checked",
            "src",
        )
