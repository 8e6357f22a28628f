"""Captions as WebVTT: at most two lines of 42 characters, each long enough on the screen to be read."""

from __future__ import annotations

from film.story import FilmError
from film.timeline import Spoken, Take

WIDTH = 42
"""Characters in a line."""

SHORTEST = 1.2
"""Seconds a caption stays on the screen, at least."""

LINGER = 0.4
"""Seconds a caption stays after its sentence, when the next one leaves room."""


def web_vtt(takes: tuple[Take, ...], translation: str | None = None) -> str:
    """The caption file of a film, in the language that is spoken or in a language it is translated to."""
    spoken = [sentence for take in takes for sentence in take.spoken]
    ends = [sentence.start for sentence in spoken[1:]] + [takes[-1].end]
    cues = []
    for number, (sentence, limit) in enumerate(zip(spoken, ends, strict=True), 1):
        text = sentence.cue.captions[translation] if translation else sentence.cue.text
        times = f"{_clock(sentence.start)} --> {_clock(_end(sentence, limit))}"
        cues.append(f"{number}\n{times}\n{two_lines(text)}\n")
    return "\n".join(["WEBVTT\n", *cues])


def two_lines(text: str) -> str:
    """Break a sentence into at most two lines, as even as its words allow, rather after a stop than before."""
    if len(text) <= WIDTH:
        return text
    words = text.split(" ")
    pairs = [(" ".join(words[:cut]), " ".join(words[cut:])) for cut in range(1, len(words))]
    fitting = [pair for pair in pairs if max(map(len, pair)) <= WIDTH]
    if not fitting:
        raise FilmError(f"the caption does not fit in two lines of {WIDTH} characters: {text}")
    first, second = min(fitting, key=_unevenness)
    return f"{first}\n{second}"


def _unevenness(pair: tuple[str, str]) -> int:
    first, second = pair
    return abs(len(first) - len(second)) - (14 if first.endswith((".", ":", ",", "?")) else 0)


def _end(sentence: Spoken, limit: float) -> float:
    # A tenth of a second between captions lets the eye see that a new one came.
    return min(max(sentence.end + LINGER, sentence.start + SHORTEST), limit - 0.1)


def _clock(seconds: float) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"
