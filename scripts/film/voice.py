"""What is said: a recorded sentence when there is one, else a speaking program's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path

from film.story import FilmError, Story

RATE = 22050
"""Samples per second of the film's sound; what espeak-ng speaks at."""

PEAK = 0.65
"""Loudest sample of every sentence, as a share of full scale."""

SILENCE = 300
"""Samples (of 32767) weaker than this, at either end of a sentence, count as silence."""


def sentences(story: Story) -> list[list[array[int]]]:
    """Samples of every cue of every scene, cut at both ends and brought to the same loudness."""
    return [
        [_sentence(story, f"{scene.drawing}-{number}", cue.text) for number, cue in enumerate(scene.cues, 1)]
        for scene in story.scenes
    ]


def write_sound(path: Path, placed: list[tuple[float, array[int]]], seconds: float) -> None:
    """Write a WAV file of the given length with each sentence at its second."""
    track = array("h", bytes(2 * round(seconds * RATE)))
    for start, samples in placed:
        first = round(start * RATE)
        track[first : first + len(samples)] = samples
    if sys.byteorder == "big":
        track.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(track.tobytes())


def _sentence(story: Story, name: str, text: str) -> array[int]:
    recorded = story.folder / "voice" / f"{name}.wav"
    if recorded.is_file():
        return _level(_trim(_read(recorded)))
    with tempfile.TemporaryDirectory() as folder:
        spoken = Path(folder) / "spoken.wav"
        _speak(story, text, spoken)
        return _level(_trim(_read(spoken)))


def _speak(story: Story, text: str, path: Path) -> None:
    voice = story.voice
    program = shutil.which(voice.program)
    if program is None:
        raise FilmError(f"{voice.program} is missing; Debian and Ubuntu: apt install {voice.program}")
    settings = ["-v", voice.name, "-s", str(voice.speed), "-p", str(voice.pitch)]
    # Guillemets are quotation marks to a reader and nothing to a listener.
    plain = text.translate({ord("«"): None, ord("»"): None})
    subprocess.run([program, *settings, "-w", str(path), plain], check=True)


def _read(path: Path) -> array[int]:
    with wave.open(str(path), "rb") as file:
        if (file.getnchannels(), file.getsampwidth(), file.getframerate()) != (1, 2, RATE):
            raise FilmError(f"{path}: must be mono, 16 bits, {RATE} samples per second")
        samples = array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    return samples


def _trim(samples: array[int]) -> array[int]:
    loud = [index for index, value in enumerate(samples) if abs(value) > SILENCE]
    if not loud:
        raise FilmError("a sentence of the film came out silent")
    margin = RATE // 50
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def _level(samples: array[int]) -> array[int]:
    gain = PEAK * 32767 / max(abs(value) for value in samples)
    return array("h", (round(value * gain) for value in samples))
