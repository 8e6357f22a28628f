"""The films of the modules: story files, captions, and the files the command made of them."""

import os
import re
import struct
import subprocess
import sys
from array import array
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from kurspakke.catalog import read_catalog
from kurspakke.media import version
from kurspakke.sourcereader import read_source
from kurspakke.texts import texts

ROOT = Path(__file__).resolve().parents[2]
COURSE = ROOT / "course_source"
HEAD = yaml.safe_load((COURSE / "course.yaml").read_text(encoding="utf-8"))
MODULES: list[str] = HEAD["modules"]
LANGUAGES: list[str] = HEAD["languages"]
FILM = COURSE / "modules/strategi/film"
sys.path.insert(0, str(ROOT / "scripts"))

from film.captions import two_lines, web_vtt  # noqa: E402
from film.story import FilmError, Story, read_story  # noqa: E402
from film.timeline import lay_out  # noqa: E402


@dataclass(frozen=True)
class Film:
    """A film as a module has it: where its files lie, its story, and its component."""

    media: Path
    story: Story
    video: dict[str, Any]

    def captions(self, language: str) -> list[tuple[float, float, str]]:
        """Each caption: when it comes, when it goes, what it says."""
        return captions((self.media / self.video["captions"][language]).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def story() -> Story:
    return read_story(FILM)


@pytest.fixture(scope="module", params=MODULES)
def film(request: pytest.FixtureRequest) -> Film:
    """The film of each module."""
    folder = ROOT / "course_source/modules" / request.param
    pages = [yaml.safe_load(page.read_text(encoding="utf-8")) for page in (folder / "pages").iterdir()]
    (video,) = [one for page in pages for one in page["components"] if one["type"] == "video"]
    return Film(folder / "media", read_story(folder / "film"), video)


@pytest.fixture(scope="module")
def transcripts() -> dict[str, str]:
    """What the course says as the transcripts of its films, by the texts' ids."""
    course = read_source(COURSE).course
    assert course
    return {text.id: text.text for text in texts(course) if text.id.endswith(".transcript")}


def captions(text: str) -> list[tuple[float, float, str]]:
    pattern = r"\d\d:(\d\d):([\d.]+) --> \d\d:(\d\d):([\d.]+)\n((?:.+\n)+)"
    found = re.findall(pattern, text)
    return [(60 * int(a) + float(b), 60 * int(c) + float(d), text.rstrip()) for a, b, c, d, text in found]


def test_a_film_has_captions_in_every_language_of_the_course_and_says_what_it_is(film: Film) -> None:
    assert list(film.video["captions"]) == LANGUAGES
    assert film.video["sources"] == [f"{film.story.name}.mp4"]
    assert film.video["audio_description"]["reason"]
    assert film.video["draft"]
    assert (film.media / film.video["poster"]).is_file()


def test_a_film_has_a_poster_in_every_language_of_the_course(film: Film) -> None:
    """Each shows the title of the film in its language."""
    assert [film.story.language, *film.story.drawn] == LANGUAGES
    poster = film.video["poster"]
    posters = [(film.media / name).read_bytes() for name in (poster, version(poster, "nn"))]
    assert all(data.startswith(b"\xff\xd8\xff") for data in posters)
    assert len(set(posters)) == 2
    shown = film.story.drawing(film.story.scenes[0].drawing, "nn").read_text(encoding="utf-8")
    words = " ".join(re.findall(r">([^<>]*\w[^<>]*)</text>", shown))
    assert words.replace(".", "") in film.story.scenes[0].cues[0].captions["nn"].replace(".", "")


def test_captions_say_what_the_story_says(film: Film) -> None:
    cues = [cue for scene in film.story.scenes for cue in scene.cues]
    said = {LANGUAGES[0]: [cue.text for cue in cues]}
    said |= {language: [cue.captions[language] for cue in cues] for language in LANGUAGES[1:]}
    for language, spoken in said.items():
        assert [text.replace("\n", " ") for _, _, text in film.captions(language)] == spoken


def test_captions_can_be_read_and_come_when_it_is_said(film: Film) -> None:
    spoken = film.captions(LANGUAGES[0])
    for language in LANGUAGES:
        before = 0.0
        shown = film.captions(language)
        assert [(start, end) for start, end, _ in shown] == [(start, end) for start, end, _ in spoken]
        for start, end, text in shown:
            assert start >= before
            assert end - start >= 1
            lines = text.split("\n")
            assert len(lines) <= 2
            assert max(map(len, lines)) <= 42
            before = end


def test_a_film_starts_at_once_is_small_and_as_long_as_it_says(film: Film) -> None:
    data = (film.media / film.video["sources"][0]).read_bytes()
    assert len(data) <= 3_000_000
    # Fast start: the index (moov) lies before the pictures (mdat).
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert b"avc1" in data
    assert b"mp4a" in data
    # ISO 14496-12, 8.2.2: version, flags, two times, then ticks in a second and the length in ticks.
    scale, length = struct.unpack_from(">II", data, data.index(b"mvhd") + 16)
    assert 60 <= length / scale <= 120
    assert film.video["seconds"] == pytest.approx(length / scale, abs=1)


def test_a_scene_starts_when_the_one_before_has_ended(story: Story) -> None:
    takes = lay_out(story, [[array("h", bytes(2 * 22050)) for _ in scene.cues] for scene in story.scenes])
    assert takes[0].start == 0
    for before, take in pairwise(takes):
        assert take.start == before.end
        assert take.spoken[0].start == pytest.approx(take.start + take.scene.lead)
        assert take.moment(0, 0.5) == take.start + 0.5


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Kort setning.", "Kort setning."),
        (
            "Da spør Amina i kommunen: Hva er det familien trenger?",
            "Da spør Amina i kommunen:\nHva er det familien trenger?",
        ),
    ],
)
def test_lines_break_where_a_reader_pauses(text: str, lines: str) -> None:
    assert two_lines(text) == lines


def test_a_sentence_too_long_for_a_caption_is_refused() -> None:
    with pytest.raises(FilmError, match="two lines"):
        two_lines("langt ord " * 12)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('target = "sun"', 'target = "moon"', "id 'moon'"),
        ('property = "y"', 'property = "colour"', "'colour' is none of"),
        ('drawing = "tittel"', 'drawing = "borte"', "drawing of a scene is missing"),
        ("poster_at = 3.2\n", "", "poster_at"),
        ("[voice]", "[voice", "film.toml"),
        ("captions.nn = ", "captions.se = ", "in other languages than the first cue's"),
    ],
)
def test_a_mistake_in_the_story_file_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    (tmp_path / "drawings").symlink_to(FILM / "drawings")
    source = (FILM / "film.toml").read_text(encoding="utf-8")
    (tmp_path / "film.toml").write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FilmError, match=re.escape(message)):
        read_story(tmp_path)


def test_the_captions_are_those_that_the_command_writes_but_for_their_times(film: Film) -> None:
    story = film.story
    takes = lay_out(story, [[array("h", bytes(2 * 22050)) for _ in scene.cues] for scene in story.scenes])
    made = {story.language: web_vtt(takes)} | {name: web_vtt(takes, name) for name in story.translations}
    assert list(made) == LANGUAGES
    for language, text in made.items():
        kept = (film.media / f"{story.name}.{language}.vtt").read_text(encoding="utf-8")
        assert re.sub(r".+ --> .+", "", kept) == re.sub(r".+ --> .+", "", text)


def test_the_transcripts_hold_every_sentence(film: Film, transcripts: dict[str, str]) -> None:
    nn = read_catalog((COURSE / "locale/nn.po").read_bytes(), "nn.po").translations
    module = film.media.parent.name
    (name,) = (name for name in transcripts if name.startswith(f"{module}/"))
    spoken, translated = (" ".join(text.split()) for text in (transcripts[name], nn[name].text))
    for cue in (cue for scene in film.story.scenes for cue in scene.cues):
        assert cue.text in spoken
        assert cue.captions["nn"] in translated


def test_a_missing_program_is_named() -> None:
    command = [sys.executable, str(ROOT / "scripts/make_film.py"), "--transcript"]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": "/nowhere"}
    )
    assert answer.returncode == 1
    assert answer.stderr == "make_film: espeak-ng is missing; Debian and Ubuntu: apt install espeak-ng\n"
