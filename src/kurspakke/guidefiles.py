"""Where import guides stand, in a course as in the program: in bokmål in `guides/`, in nynorsk in `guides/nn/`."""

from __future__ import annotations

from pathlib import PurePosixPath

from kurspakke.release.words import LANGUAGES

FOLDER = "guides"
"""All of them lie below it, one file for each profile and language."""


def guide_file(name: str, language: str = LANGUAGES[0]) -> str:
    """The file of the guide for a profile."""
    folder = FOLDER if language == LANGUAGES[0] else f"{FOLDER}/{language}"
    return f"{folder}/{name}.yaml"


def guide_language(file: str) -> str | None:
    """The language of the guide in a file, told by its folder; None where a guide would not stand there."""
    name = PurePosixPath(file).stem
    return next((language for language in LANGUAGES if file == guide_file(name, language)), None)
