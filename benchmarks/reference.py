"""The reference course of the peers' figures, in this project's source format, of any size.

4 modules, 30 pages, 10 questions, 12 pictures, Norwegian text. `python -m benchmarks.reference DIR` writes one.
"""

from __future__ import annotations

import os
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.prose import heading, paragraph, sentence

PAGES = (8, 8, 7, 7)
QUESTIONS = (3, 3, 2, 2)
PICTURES = 3
CHUNK = 1 << 20


@dataclass(frozen=True)
class Size:
    """How large a course: so many times the four modules, with so many megabytes of film in all."""

    times: int = 1
    film_megabytes: int = 0

    @property
    def modules(self) -> int:
        """The number of modules."""
        return 4 * self.times


def write_course(folder: Path, size: Size) -> Path:
    """Write the course into `folder`, the same bytes every time except for the film; the folder."""
    modules = [f"del-{number + 1}" for number in range(size.modules)]
    _write(folder / "course.yaml", _course(modules))
    for number, module in enumerate(modules):
        _write_module(folder / "modules" / module, number, size)
    return folder


def _course(modules: list[str]) -> str:
    return f"""\
id: referansekurs
version: 1.0.0
title: Referansekurset – æøå & målinger
description: Et kurs som bare er til for å måles.
keywords: [måling, referanse]
languages: [nb]
activity_base: https://kurs.example/
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
publisher: Eksempel kommune
modules: [{", ".join(modules)}]
formats: [scorm12, xapi, cmi5]
"""


def _write_module(folder: Path, number: int, size: Size) -> None:
    dice = Random(number)
    pages, questions = PAGES[number % 4], QUESTIONS[number % 4]
    names = [f"side-{page + 1}" for page in range(pages)]
    goals = "".join(f"  - {{id: maal-{goal}, text: {sentence(dice)!r}}}\n" for goal in range(2))
    _write(
        folder / "module.yaml",
        f"""\
id: {folder.name}
title: Modul {number + 1}
theme: strategi
description: {sentence(dice)}
keywords: [måling]
minutes: 30
goals:
{goals}pages: [{", ".join(names)}]
completion: {{require: [pages, questions]}}
""",
    )
    for page, name in enumerate(names):
        components = list(_page(dice, page))
        if page < questions:
            components.append(_question(dice, page))
        if page < PICTURES:
            components.append(_figure(dice, page))
        if page == 0 and size.film_megabytes:
            components.append(_film(dice))
        text = f"id: {name}\ntitle: {heading(dice)!r}\nminutes: 4\ncomponents:\n{''.join(components)}"
        _write(folder / "pages" / f"{name}.yaml", text)
    _write_media(folder / "media", dice, size)


def _page(dice: Random, page: int) -> Iterator[str]:
    for part in range(2):
        text = "\n\n".join(_indented(paragraph(dice)) for _ in range(2))
        yield f"  - type: text\n    id: tekst-{page}-{part}\n    title: {heading(dice)!r}\n    text: |\n{text}\n"
    kind = page % 3
    if kind == 0:
        yield f"  - {{type: reflection, id: tenk-{page}, prompt: {sentence(dice)!r}, form: both}}\n"
    elif kind == 1:
        items = "".join(f"      - {{id: raad-{item}, text: {sentence(dice)!r}}}\n" for item in range(3))
        yield f"  - type: tips\n    id: tips-{page}\n    title: Gjør dette\n    items:\n{items}"
    else:
        text = _indented(paragraph(dice, 3))
        yield f"  - type: callout\n    id: merk-{page}\n    kind: note\n    title: Merk\n    text: |\n{text}\n"


def _question(dice: Random, page: int) -> str:
    if page == 2:
        return f"  - {{type: true-false, id: sjekk-{page}, statement: {sentence(dice)!r}, answer: true}}\n"
    correct = dice.randrange(4)
    options = "".join(
        f"      - {{id: {'abcd'[number]}, text: {sentence(dice)!r}, feedback: {sentence(dice)!r}"
        f"{', correct: true' if number == correct else ''}}}\n"
        for number in range(4)
    )
    return f"  - type: choice\n    id: sjekk-{page}\n    prompt: {sentence(dice)!r}\n    options:\n{options}"


def _figure(dice: Random, page: int) -> str:
    name = f"bilde-{page}"
    return (
        f"  - type: figure\n    id: {name}\n    src: {name}.png\n    alt: {sentence(dice)!r}\n"
        f"    caption: {sentence(dice)!r}\n"
    )


def _film(dice: Random) -> str:
    return (
        "  - type: video\n    id: film\n    title: En film\n    sources: [film.mp4]\n    captions: {nb: film.nb.vtt}\n"
        f"    seconds: 90\n    transcript: |\n{_indented(paragraph(dice))}\n"
        "    audio_description: {kind: not-needed, reason: Alt som vises blir sagt.}\n"
    )


def _write_media(folder: Path, dice: Random, size: Size) -> None:
    folder.mkdir(parents=True)
    for picture in range(PICTURES):
        (folder / f"bilde-{picture}.png").write_bytes(_png(dice, 240, 160))
    if size.film_megabytes:
        cues = "".join(
            f"00:{second:02}.000 --> 00:{second + 5:02}.000\n{sentence(dice)}\n\n"
            for second in range(0, 50, 5)
        )
        _write(folder / "film.nb.vtt", f"WEBVTT\n\n{cues}")
        _write_film(folder / "film.mp4", size.film_megabytes * CHUNK // size.modules)


def _write_film(path: Path, size: int) -> None:
    """As incompressible as a film and as large; no player would take it for one."""
    with path.open("wb") as stream:
        stream.write(
            struct.pack(">L4s4sL4s", 20, b"ftyp", b"isom", 512, b"mp42")
            + struct.pack(">L4s", size - 20, b"mdat")
        )
        left = size - 28
        while left > 0:
            stream.write(os.urandom(min(CHUNK, left)))
            left -= CHUNK


def _png(dice: Random, width: int, height: int) -> bytes:
    """A picture of coloured noise: some 60 kB, as a photograph of that size would have."""
    rows = b"".join(b"\0" + bytes(byte & 0xF0 for byte in dice.randbytes(width * 3)) for _ in range(height))
    head = struct.pack(">2L5B", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _indented(text: str) -> str:
    return f"      {text}"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    write_course(folder, Size(*map(int, sys.argv[2:])))
    print(folder)
