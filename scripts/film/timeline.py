"""When everything happens: the sentences' lengths decide, and all times become seconds from the film's start."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from film.story import Cue, Scene, Story
from film.voice import RATE

PAUSE = 0.35
"""Seconds of silence between two sentences of a scene."""


@dataclass(frozen=True)
class Spoken:
    """One sentence, from `start` to `end` in the film."""

    start: float
    end: float
    cue: Cue
    samples: array[int]


@dataclass(frozen=True)
class Take:
    """One scene's place in the film and its sentences."""

    scene: Scene
    start: float
    end: float
    spoken: tuple[Spoken, ...]

    def moment(self, cue: int, after: float) -> float:
        """Seconds from the film's start of `after` seconds into a cue (0 = the scene itself)."""
        return (self.spoken[cue - 1].start if cue else self.start) + after


def lay_out(story: Story, sentences: list[list[array[int]]]) -> tuple[Take, ...]:
    """Place all scenes one after another."""
    takes: list[Take] = []
    clock = 0.0
    for scene, voices in zip(story.scenes, sentences, strict=True):
        start, clock = clock, clock + scene.lead
        spoken: list[Spoken] = []
        for cue, samples in zip(scene.cues, voices, strict=True):
            end = clock + len(samples) / RATE
            spoken.append(Spoken(clock, end, cue, samples))
            clock = end + PAUSE
        clock += scene.tail - PAUSE
        takes.append(Take(scene, start, clock, tuple(spoken)))
    return tuple(takes)
