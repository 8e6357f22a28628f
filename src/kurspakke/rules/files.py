"""Rules about the files of a source: whether what it names is there, and of a kind that packages take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kurspakke import webvtt
from kurspakke.findings import Location, Severity
from kurspakke.media import ENDINGS, MAX_FILE, is_version, media_uses
from kurspakke.model import Kind
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean
from kurspakke.source import Source

MAX_CAPTIONS = 1 << 20

FILES: Family[Source] = Family("SRC", first=20)


@FILES.rule(0, "no-such-file", Severity.ERROR)
def missing_file(source: Source) -> Iterator[Problem]:
    """What the source names is there, by exactly that name.

    Capitals count: a course that builds on Windows or a Mac must build everywhere, and most LMSs run on Linux.
    """
    asked = [(reference.name, reference.location) for reference in source.references]
    asked += [(use.name, use.location) for use in media_uses(source)]
    for name, place in asked:
        if name in source.files.files or name in source.files.links or not _inside(name):
            continue
        similar = source.files.similar(name)
        folder = name.rpartition("/")[0]
        alike = [other for other in source.files.below(folder) if Path(other).suffix == Path(name).suffix]
        near = did_you_mean(name, alike, f"make the file, or correct the name: {name}")
        yield Problem(
            place,
            f"there is no file {name}",
            f"capitals count: the file is called {similar}" if similar else near,
        )


@FILES.rule(1, "path-leaves-the-course", Severity.ERROR)
def path_leaves(source: Source) -> Iterator[Problem]:
    """A media file lies in the module's own media/ folder and is named from there.

    `..`, absolute paths, drive letters and backslashes lead out of the course or work on one machine only.
    """
    for use in media_uses(source):
        if not _inside(use.name) or use.written.startswith("//"):
            yield Problem(
                use.location,
                f"«{use.written}» is not a name below media/",
                "put the file in media/ and write its name",
            )


@FILES.rule(2, "link-out-of-the-course", Severity.ERROR)
def link_out(source: Source) -> Iterator[Problem]:
    """A symbolic link in the course leads to a file inside the course.

    A link that leads out would put files into the package that nobody meant to publish, and breaks in the next clone.
    """
    for name, target in source.files.links.items():
        yield Problem(Location(name), f"the link leads to {target}", "put a copy of the file in its place")


@FILES.rule(3, "media-type", Severity.ERROR)
def media_type(source: Source) -> Iterator[Problem]:
    """Media are of the few types that every LMS's web server knows and every browser shows."""
    for use in media_uses(source):
        known = ENDINGS[use.kind]
        if not use.name.lower().endswith(known):
            yield Problem(
                use.location, f"«{use.written}» can't be a {use.kind.value}", f"use one of {', '.join(known)}"
            )


@FILES.rule(4, "media-too-large", Severity.ERROR)
def media_too_large(source: Source) -> Iterator[Problem]:
    """No file is larger than 4 GB.

    A zip without the zip64 extension can't hold it, and no LMS takes it.
    """
    for use in media_uses(source):
        entry = source.files.files.get(use.name)
        if entry and entry.size > MAX_FILE:
            yield Problem(
                use.location,
                f"«{use.written}» is {entry.size / 1e9:.1f} GB",
                "make it smaller: 4 GB is the limit of a zip",
            )


@FILES.rule(8, "unused-file", Severity.WARNING)
def unused_file(source: Source) -> Iterator[Problem]:
    """A page, logo or media file that nothing names is left out of every package.

    Often a page is missing in its module's list, or a picture has been replaced. The version of a picture in another
    language is used where the picture is. An instrument may lie ready for another
    day: it is checked and translated like those that are used.
    """
    if not source.whole:
        return
    named = [reference.name for reference in source.references] + [use.name for use in media_uses(source)]
    used = {name if name in source.files.files else source.files.similar(name) for name in named}
    for name in source.files.files:
        parts = name.split("/")
        mine = parts[0] == "modules" and len(parts) > 3 and parts[2] in {"pages", "media"}
        if (mine or parts[0] == "brand") and name not in used and not is_version(name):
            yield Problem(Location(name), "nothing uses this file", "name it where it belongs, or remove it")


@FILES.rule(12, "captions", Severity.ERROR, spec="WebVTT 4.1")
def captions(source: Source) -> Iterator[Problem]:
    """A captions file is WebVTT with times that rise and texts that are not empty.

    Browsers drop what they can't read without a word, and those who need the captions miss it.
    """
    for use in media_uses(source):
        entry = source.files.files.get(use.name)
        if use.kind is not Kind.CAPTIONS or not entry:
            continue
        if entry.size > MAX_CAPTIONS:
            message = f"the file is larger than {MAX_CAPTIONS >> 20} MiB"
            yield Problem(
                Location(use.name), message, "an hour of captions takes a tenth of it: is it the right file?"
            )
        else:
            for error in webvtt.read(entry.path.read_bytes()).errors:
                yield Problem(
                    Location(use.name, error.line),
                    error.message,
                    "correct the line; see `kurspakke explain captions`",
                )


def _inside(name: str) -> bool:
    return ".." not in name.split("/") and not any(sign in name for sign in ("//", ":", "\\"))
