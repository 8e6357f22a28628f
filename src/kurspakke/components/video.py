"""A film with captions, transcript and a statement on audio description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.findings import Severity
from kurspakke.model import (
    CaptionsFile,
    Film,
    Language,
    Markdown,
    Model,
    Picture,
    PlainText,
    Title,
    WholeNumber,
)
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Problem
from kurspakke.spot import Spot

LONG_FILM = 240


class AudioDescription(Model):
    """How those who don't see the film get what it shows (WCAG 1.2.5, in force in Norway for new films)."""

    kind: Literal["in-sound", "described-version", "not-needed"] = Field(
        description="in-sound: all that matters is said; described-version: `src` has it; not-needed: with a reason."
    )
    reason: PlainText = Field(description="Why that is so; the learner can read it.")
    src: Film | None = Field(None, description="The film with audio description, for described-version.")


class Video(Component):
    """A film. Captions per language, a transcript and an audio-description statement always belong to it."""

    type: Literal["video"]
    title: Title = Field(description="What the film is called.")
    sources: tuple[Film, ...] = Field(
        min_length=1, description="The film as .mp4 (H.264) and, if wanted, .webm."
    )
    poster: Picture | None = Field(None, description="The picture that is shown before the film starts.")
    captions: dict[Language, CaptionsFile] = Field(
        default_factory=dict, description="A WebVTT file per language."
    )
    transcript: Markdown | None = Field(None, description="All that is said and shown, as text.")
    audio_description: AudioDescription | None = Field(
        None, description="How those who don't see it follow along."
    )
    seconds: WholeNumber = Field(ge=1, le=36_000, description="How long it lasts.")
    draft: PlainText | None = Field(None, description="A line for the learner when the film is not final.")


@COMPONENTS.rule(3, "film-without-captions", Severity.ERROR, spec="WCAG 2.1, 1.2.2")
def without_captions(spot: Spot) -> Iterator[Problem]:
    """A film needs captions in the language of the package.

    Many can't hear the film, or sit where they can't have sound. Add a WebVTT file under `captions:` for each
    language that the course has. Required by the Norwegian universal design rules.
    """
    film = spot.component
    if isinstance(film, Video):
        for language in spot.languages if film.captions else spot.languages[:1]:
            if language not in film.captions:
                yield spot.problem(
                    f"the film «{film.title}» has no captions in {language}",
                    f"add a WebVTT file: `captions: {{{language}: {film.sources[0].rsplit('.', 1)[0]}.{language}.vtt}}`",
                    "captions",
                )


@COMPONENTS.rule(4, "film-without-transcript", Severity.ERROR, spec="WCAG 2.1, 1.2.1")
def without_transcript(spot: Spot) -> Iterator[Problem]:
    """A film needs a transcript.

    It serves those who read faster than they watch, print the page, search it, or can't play films in their LMS.
    """
    film = spot.component
    if isinstance(film, Video) and not film.transcript:
        yield spot.problem(
            f"the film «{film.title}» has no transcript",
            "add `transcript: |` with all that is said and shown",
            "title",
        )


@COMPONENTS.rule(5, "film-without-audio-description-statement", Severity.ERROR, spec="WCAG 2.1, 1.2.5")
def without_audio_description(spot: Spot) -> Iterator[Problem]:
    """A film needs a word on audio description.

    Norwegian public bodies must offer audio description of films published after 1 February 2024 (WCAG 1.2.5);
    a transcript does not count. Either all that matters is said in the sound (`in-sound`), or there is a version
    with description (`described-version` and `src`), or the pictures carry nothing (`not-needed`): say which, and why.
    """
    film = spot.component
    if not isinstance(film, Video):
        return
    statement = film.audio_description
    if statement is None:
        yield spot.problem(
            f"the film «{film.title}» does not say how its pictures are described to those who don't see them",
            "add `audio_description:` with `kind:` and `reason:`",
            "title",
        )
    elif (statement.kind == "described-version") != (statement.src is not None):
        yield spot.problem(
            "`described-version` and `src` belong together",
            "give the described film as `src:`, or choose another `kind:`",
            "audio_description",
        )


@COMPONENTS.rule(6, "long-film", Severity.WARNING)
def long_film(spot: Spot) -> Iterator[Problem]:
    """A film longer than four minutes is seldom seen to its end.

    The study package promises short films. Split it, and let a page stand between the parts.
    """
    film = spot.component
    if isinstance(film, Video) and film.seconds > LONG_FILM:
        yield spot.problem(
            f"the film «{film.title}» lasts {film.seconds} seconds",
            f"split it at {LONG_FILM} seconds or less",
            "seconds",
        )
