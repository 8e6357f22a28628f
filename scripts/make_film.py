#!/usr/bin/env python3
"""Make the film of a module from its own drawings and text: MP4, captions (WebVTT) and posters.

    python scripts/make_film.py [FOLDER] [--preview DIR] [--captions] [--posters] [--transcript]

FOLDER holds film.toml and drawings/; it lies in the module's folder, and what is made goes to the media folder beside
it: the film, the poster, and captions in the language that is spoken and in those it is translated to. A drawing with
words may have a version for such a language beside it (`tittel.nn.svg` beside `tittel.svg`): then there is a poster
in it, too. The same
sources give the same bytes on the same machine; another version of a font, of Chromium, ffmpeg or espeak-ng may
change them. Needs only Python's own library and three programs from Debian or Ubuntu:

    apt install chromium ffmpeg espeak-ng
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from film.captions import web_vtt
from film.chromium import Stage
from film.encode import FRAMES_PER_SECOND, encode
from film.page import page
from film.story import FilmError, Story, read_story
from film.timeline import Take, lay_out
from film.voice import sentences, write_sound

DEFAULT = Path(__file__).resolve().parent.parent / "course_source/modules/strategi/film"


def main() -> int:
    """Run the command; the exit status is 1 when the film could not be made."""
    parser = argparse.ArgumentParser(description="Make the film of a module: MP4, captions and posters.")
    parser.add_argument(
        "folder", nargs="?", type=Path, default=DEFAULT, help="folder with film.toml and drawings/"
    )
    parser.add_argument(
        "--preview", type=Path, metavar="DIR", help="only write a picture of every second to DIR"
    )
    parser.add_argument(
        "--captions", action="store_true", help="only write the captions: the film stays as it is"
    )
    parser.add_argument(
        "--posters", action="store_true", help="only write the posters: the film stays as it is"
    )
    parser.add_argument("--transcript", action="store_true", help="only print what is said and when")
    options = parser.parse_args()
    try:
        story = read_story(options.folder)
        takes = lay_out(story, sentences(story))
        if options.transcript:
            print(web_vtt(takes))
        elif options.preview:
            preview(story, takes, options.preview)
        elif options.captions:
            write_captions(story, takes, story.folder.parent / "media")
        elif options.posters:
            write_posters(story, takes, story.folder.parent / "media")
        else:
            make(story, takes, story.folder.parent / "media")
    except FilmError as error:
        print(f"make_film: {error}", file=sys.stderr)
        return 1
    return 0


def make(story: Story, takes: tuple[Take, ...], media: Path) -> None:
    """Write the film, its captions and its posters to the module's media folder."""
    media.mkdir(exist_ok=True)
    seconds = takes[-1].end
    film = media / f"{story.name}.mp4"
    write_captions(story, takes, media)
    write_posters(story, takes, media)
    with tempfile.TemporaryDirectory() as folder, Stage(page(story, takes)) as stage:
        sound, draft = Path(folder) / "sound.wav", Path(folder) / film.name
        spoken = [sentence for take in takes for sentence in take.spoken]
        write_sound(sound, [(sentence.start, sentence.samples) for sentence in spoken], seconds)
        encode(_pictures(stage, seconds), sound, draft)
        film.write_bytes(draft.read_bytes())
    print(f"{film}: {film.stat().st_size:,} bytes")
    print(f"length: {seconds:.1f} s")


def write_captions(story: Story, takes: tuple[Take, ...], media: Path) -> None:
    """Write the captions in every language the film has them in, with the same times."""
    media.mkdir(exist_ok=True)
    written = {story.language: web_vtt(takes)} | {name: web_vtt(takes, name) for name in story.translations}
    for language, captions in written.items():
        path = media / f"{story.name}.{language}.vtt"
        path.write_text(captions, encoding="utf-8", newline="\n")
        print(path)


def write_posters(story: Story, takes: tuple[Take, ...], media: Path) -> None:
    """Write the poster, and one in each language that drawings have versions for."""
    media.mkdir(exist_ok=True)
    for language in ("", *story.drawn):
        path = media / (f"{story.name}.{language}.jpg" if language else f"{story.name}.jpg")
        with Stage(page(story, takes, language)) as stage:
            path.write_bytes(stage.picture(story.poster_at, "jpeg"))
        print(f"{path}: {path.stat().st_size:,} bytes")


def preview(story: Story, takes: tuple[Take, ...], folder: Path) -> None:
    """Write one picture of every second of the film."""
    folder.mkdir(parents=True, exist_ok=True)
    with Stage(page(story, takes)) as stage:
        for second in range(round(takes[-1].end)):
            (folder / f"{second:03}.jpg").write_bytes(stage.picture(float(second), "jpeg"))


def _pictures(stage: Stage, seconds: float) -> Iterator[bytes]:
    total = round(seconds * FRAMES_PER_SECOND)
    for number in range(total):
        if number % (10 * FRAMES_PER_SECOND) == 0:
            print(f"picture {number} of {total}", file=sys.stderr)
        yield stage.picture(number / FRAMES_PER_SECOND)


if __name__ == "__main__":
    sys.exit(main())
