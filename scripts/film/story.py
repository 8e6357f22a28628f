"""The story file of a film (`film.toml`): scenes, what is said in them, and what moves."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROPERTIES = ("opacity", "x", "y", "scale", "rotate", "draw")


class FilmError(Exception):
    """The film cannot be made; the message says what to mend or install."""


@dataclass(frozen=True)
class Camera:
    """Middle of the picture (x, y) and zoom, at one end of a scene."""

    x: float
    y: float
    zoom: float


@dataclass(frozen=True)
class Move:
    """One change of one property; `after` counts seconds from cue number `cue` (0 = the scene's start)."""

    target: str
    property: str
    start: float
    end: float
    cue: int
    after: float
    seconds: float


@dataclass(frozen=True)
class Sway:
    """A property going back and forth by `amount`, once every `period` seconds."""

    target: str
    property: str
    amount: float
    period: float
    pivot: str


@dataclass(frozen=True)
class Cue:
    """One sentence: what is said, and what the captions of other languages say meanwhile."""

    text: str
    captions: Mapping[str, str]


@dataclass(frozen=True)
class Scene:
    """One drawing, the sentences said over it, silence before (`lead`) and after (`tail`), in seconds."""

    drawing: str
    first: Camera
    last: Camera
    lead: float
    tail: float
    cues: tuple[Cue, ...]
    moves: tuple[Move, ...]
    sways: tuple[Sway, ...]


@dataclass(frozen=True)
class Voice:
    """The speaking program and how it speaks: words per minute and pitch (0-99)."""

    program: str
    name: str
    speed: int
    pitch: int


@dataclass(frozen=True)
class Story:
    """The whole film; `folder` holds the story file, `name` is the base name of what is written."""

    folder: Path
    name: str
    language: str
    poster_at: float
    fade: float
    voice: Voice
    scenes: tuple[Scene, ...]

    @property
    def translations(self) -> tuple[str, ...]:
        """The languages that the captions are translated to."""
        return tuple(self.scenes[0].cues[0].captions)

    def drawing(self, name: str, language: str = "") -> Path:
        """Path of a drawing of this film: of its version in a language, where there is one."""
        drawings = self.folder / "drawings"
        path = drawings / f"{name}.{language}.svg"
        return path if language and path.is_file() else drawings / f"{name}.svg"

    @property
    def drawn(self) -> tuple[str, ...]:
        """The languages of `translations` in which some drawing has a version of its own."""
        names = [scene.drawing for scene in self.scenes]
        return tuple(
            language
            for language in self.translations
            if any(self.drawing(name, language) != self.drawing(name) for name in names)
        )


def read_story(folder: Path) -> Story:
    """Read `folder/film.toml`. Raises FilmError with the reason when something in it does not hold."""
    path = folder / "film.toml"
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        story = Story(
            folder=folder,
            name=data["name"],
            language=data["language"],
            poster_at=data["poster_at"],
            fade=data["fade"],
            voice=Voice(**data["voice"]),
            scenes=tuple(_scene(scene) for scene in data["scene"]),
        )
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise FilmError(f"{path}: {error}") from error
    except (KeyError, TypeError, ValueError) as error:
        raise FilmError(f"{path}: missing or wrong value: {error}") from error
    _check(story)
    return story


def _scene(data: Mapping[str, Any]) -> Scene:
    return Scene(
        drawing=data["drawing"],
        first=Camera(*data["camera"]["from"]),
        last=Camera(*data["camera"]["to"]),
        lead=data.get("lead", 0.7),
        tail=data.get("tail", 0.6),
        cues=tuple(Cue(cue["text"], cue.get("captions", {})) for cue in data["cue"]),
        moves=tuple(_move(move) for move in data.get("move", ())),
        sways=tuple(_sway(sway) for sway in data.get("sway", ())),
    )


def _move(data: Mapping[str, Any]) -> Move:
    return Move(
        target=data["target"],
        property=data["property"],
        start=data["from"],
        end=data["to"],
        cue=data.get("cue", 0),
        after=data.get("after", 0.0),
        seconds=data["seconds"],
    )


def _sway(data: Mapping[str, Any]) -> Sway:
    return Sway(data["target"], data["property"], data["amount"], data["period"], data.get("pivot", ""))


def _check(story: Story) -> None:
    for scene in story.scenes:
        path = story.drawing(scene.drawing)
        if not path.is_file():
            raise FilmError(f"{path}: the drawing of a scene is missing")
        things: list[Move | Sway] = [*scene.moves, *scene.sways]
        for thing in things:
            if thing.property not in PROPERTIES:
                raise FilmError(
                    f"{scene.drawing}: property {thing.property!r} is none of {', '.join(PROPERTIES)}"
                )
        for language in ("", *story.translations):
            _check_targets(story.drawing(scene.drawing, language), things)
        if any(not 0 <= move.cue <= len(scene.cues) for move in scene.moves):
            raise FilmError(f"{scene.drawing}: a move names a cue the scene does not have")
        for cue in scene.cues:
            if set(cue.captions) != set(story.translations):
                raise FilmError(
                    f"{scene.drawing}: the captions of {cue.text!r} are in other languages than the first cue's"
                )


def _check_targets(path: Path, things: Sequence[Move | Sway]) -> None:
    source = path.read_text(encoding="utf-8")
    for thing in things:
        if f'id="{thing.target}"' not in source:
            raise FilmError(f"{path}: nothing in the drawing has id {thing.target!r}")
