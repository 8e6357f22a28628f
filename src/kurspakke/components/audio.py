"""A sound recording with its transcript."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import Markdown, Sound, Title, WholeNumber
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot


class Audio(Component):
    """A recording to listen to. What is said in it always stands beside it as text."""

    type: Literal["audio"]
    title: Title = Field(description="What the recording is called.")
    sources: tuple[Sound, ...] = Field(
        min_length=1, description="The recording as .mp3 or .m4a; the first one a browser can play is played."
    )
    transcript: Markdown | None = Field(None, description="All that is said and heard, as text.")
    seconds: WholeNumber = Field(ge=1, le=36_000, description="How long it lasts.")


@COMPONENTS.rule(12, "recording-without-transcript", Severity.ERROR, spec="WCAG 2.1, 1.2.1")
def without_transcript(spot: Spot) -> Iterator[Problem]:
    """A sound recording needs a transcript.

    Many can't hear it, or sit where they can't have sound; for them the text is the recording. It also serves those
    who read, search or print the page. Required by the Norwegian universal design rules.
    """
    audio = spot.component
    if isinstance(audio, Audio) and not audio.transcript:
        yield spot.problem(
            f"the recording «{audio.title}» has no transcript",
            "add `transcript: |` with all that is said and heard",
            "title",
        )
