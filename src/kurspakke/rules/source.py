"""SRC-020 and on: whether what the source says hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kurspakke import webvtt
from kurspakke.findings import Finding, Location, Severity, ordered
from kurspakke.keys import key_of
from kurspakke.leaves import Leaf, leaves
from kurspakke.markdown import headings, oddities
from kurspakke.media import ENDINGS, MAX_FILE, MediaUse, media_uses
from kurspakke.model import Kind
from kurspakke.project import COURSE_FILE
from kurspakke.rules.components import COMPONENTS
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.reading import READING
from kurspakke.rules.suggest import did_you_mean
from kurspakke.rules.translations import TRANSLATIONS
from kurspakke.source import Source, module_file, page_file
from kurspakke.spot import Spot
from kurspakke.state import ROOM, longest_state_of
from kurspakke.yamltree import Keys

SOURCE: Family[Source] = Family("SRC", first=20)


def validate_source(source: Source) -> tuple[Finding, ...]:
    """All findings in a course source, in the order of its files."""
    found = [finding for shaped in source.shaped.values() for finding in READING.findings(shaped)]
    found += SOURCE.findings(source)
    found += TRANSLATIONS.findings(source)
    found += (finding for spot in source.spots for finding in COMPONENTS.findings(spot))
    return ordered(found)


@SOURCE.rule(0, "missing-file", Severity.ERROR)
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


@SOURCE.rule(1, "path-leaves-the-course", Severity.ERROR)
def path_leaves(source: Source) -> Iterator[Problem]:
    """A media file lies in the module's own media/ folder and is named from there.

    `..`, absolute paths, drive letters and backslashes lead out of the course or work on one machine only.
    """
    for use in media_uses(source):
        if not _inside(use.name) or "\\" in use.name or use.name.count("/media//"):
            yield Problem(
                use.location,
                f"«{use.written}» is not a name below media/",
                "put the file in media/ and write its name",
            )


@SOURCE.rule(2, "link-out-of-the-course", Severity.ERROR)
def link_out(source: Source) -> Iterator[Problem]:
    """A symbolic link in the course leads to a file inside the course.

    A link that leads out would put files into the package that nobody meant to publish, and breaks in the next clone.
    """
    for name, target in source.files.links.items():
        yield Problem(Location(name), f"the link leads to {target}", "put a copy of the file in its place")


@SOURCE.rule(3, "media-type", Severity.ERROR)
def media_type(source: Source) -> Iterator[Problem]:
    """Media are of the few types that every LMS's web server knows and every browser shows."""
    for use in media_uses(source):
        known = ENDINGS[use.kind]
        if not use.name.lower().endswith(known):
            yield Problem(
                use.location, f"«{use.written}» can't be a {use.kind.value}", f"use one of {', '.join(known)}"
            )


@SOURCE.rule(4, "media-too-large", Severity.ERROR)
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


@SOURCE.rule(5, "duplicate-id", Severity.ERROR)
def duplicate_id(source: Source) -> Iterator[Problem]:
    """An id stands once in its module, for pages and components alike; goals and tips have theirs to themselves.

    Results, bookmarks and links hang on the id, so two things of the same id can't be told apart.
    """
    for ids in _id_groups(source):
        seen: dict[str, Location] = {}
        for name, place in ids:
            if name in seen:
                yield Problem(
                    place, f"the id «{name}» is used before, at {seen[name]}", "give one of them another id"
                )
            seen.setdefault(name, place)


def _id_groups(source: Source) -> Iterator[list[tuple[str, Location]]]:
    """Groups of ids that must differ from each other, each id with its place."""
    if source.course is None:
        return
    head = source.course.head
    yield [(name, source.locate(COURSE_FILE, "modules", index)) for index, name in enumerate(head.modules)]
    yield [
        (item.id, source.locate(COURSE_FILE, "audiences", index)) for index, item in enumerate(head.audiences)
    ]
    for module in source.course.modules:
        file = module_file(module.id)
        if file not in source.shaped:
            continue
        listed = [(name, source.locate(file, "pages", index)) for index, name in enumerate(module.head.pages)]
        yield listed + [
            (spot.component.id, spot.location("id")) for spot in source.spots if spot.module == module.id
        ]
        yield [(goal.id, source.locate(file, "goals", index)) for index, goal in enumerate(module.head.goals)]
    for spot in source.spots:
        items = getattr(spot.component, "items", ())
        yield [(item.id, spot.location("items", index, "id")) for index, item in enumerate(items)]


@SOURCE.rule(6, "id-is-not-the-name", Severity.ERROR)
def id_is_not_the_name(source: Source) -> Iterator[Problem]:
    """A page's id is its file's name, a module's id its folder's name.

    The id stands in the file, since it must never change; the name is how it is found. They say the same.
    """
    for name, shaped in source.shaped.items():
        written = getattr(shaped.value, "id", None)
        parts = name.split("/")
        expected = (
            None
            if name == COURSE_FILE
            else parts[1]
            if name.endswith("/module.yaml")
            else parts[-1].removesuffix(".yaml")
        )
        if written and expected and written != expected:
            yield Problem(
                shaped.document.locate(("id",)),
                f"the id is «{written}», but the name is «{expected}»",
                "let them say the same",
            )


@SOURCE.rule(7, "unknown-audience", Severity.ERROR)
def unknown_audience(source: Source) -> Iterator[Problem]:
    """An audience in show_for is one of the course's audiences."""
    if source.course is None:
        return
    known = [audience.id for audience in source.course.head.audiences]
    for place, names in _shown_for(source):
        for index, name in enumerate(names):
            if name not in known:
                hint = did_you_mean(name, known, "add it under `audiences:` in course.yaml")
                yield Problem(
                    source.locate(place[0], *place[1], index), f"there is no audience «{name}»", hint
                )


def _shown_for(source: Source) -> Iterator[tuple[tuple[str, Keys], tuple[str, ...]]]:
    for module in source.course.modules if source.course else ():
        for page in module.pages:
            yield (page_file(module.id, page.id), ("show_for",)), page.show_for
    for spot in source.spots:
        yield (spot.document.path, (*spot.keys, "show_for")), spot.component.show_for


@SOURCE.rule(8, "unused-file", Severity.WARNING)
def unused_file(source: Source) -> Iterator[Problem]:
    """A page or media file that nothing names is left out of every package.

    Often a page is missing in its module's list, or a picture has been replaced.
    """
    used = {reference.name for reference in source.references} | {use.name for use in media_uses(source)}
    if not source.whole:
        return
    for name in source.files.files:
        parts = name.split("/")
        if parts[0] == "modules" and len(parts) > 3 and parts[2] in {"pages", "media"} and name not in used:
            yield Problem(Location(name), "nothing uses this file", "name it where it belongs, or remove it")


@SOURCE.rule(9, "heading-level", Severity.ERROR, spec="WCAG 2.1 1.3.1")
def heading_level(source: Source) -> Iterator[Problem]:
    """Headings in a text begin at ### and go down one step at a time.

    The module's title is the first level and the page's the second, so that those who hear the page can find
    their way by its headings.
    """
    for spot, leaf in _texts(source, Kind.MARKDOWN):
        above = 2
        for line, level, words in (
            headings(leaf.text) if "#" in leaf.text or "==" in leaf.text or "--" in leaf.text else ()
        ):
            if not 2 < level <= above + 1:
                wanted = "#" * min(max(level, 3), above + 1)
                yield Problem(
                    spot.line(line, *leaf.keys),
                    f"«{words}» is a heading of level {level}, under one of level {above}",
                    f"write {wanted} {words}",
                )
            above = max(level, 2)


@SOURCE.rule(10, "not-in-markdown", Severity.ERROR)
def not_in_markdown(source: Source) -> Iterator[Problem]:
    """A text holds no HTML and no pictures.

    HTML would be shown as it is written; a picture needs a text alternative and is a component of its own (figure).
    """
    for kind in (Kind.MARKDOWN, Kind.INLINE):
        for spot, leaf in _texts(source, kind):
            for line, words in oddities(leaf.text):
                yield Problem(spot.line(line, *leaf.keys), *words)


def _texts(source: Source, kind: Kind) -> Iterator[tuple[Spot, Leaf]]:
    for spot in source.spots:
        for leaf in leaves(spot.component):
            if leaf.kind is kind:
                yield spot, leaf


@SOURCE.rule(11, "completion-never", Severity.ERROR)
def completion_never(source: Source) -> Iterator[Problem]:
    """What a module requires can be reached.

    `questions` and `mastery` need questions, and `mastery` needs a `mastery_score`; otherwise nobody ever completes it.
    """
    for module in source.course.modules if source.course else ():
        require = module.head.completion.require
        questions = any(component.interaction() for component in module.components())
        place = source.locate(module_file(module.id), "completion", "require")
        if {"questions", "mastery"} & set(require) and not questions and module.whole:
            yield Problem(
                place, "the module has no questions to answer", "require pages only, or add questions"
            )
        elif "mastery" in require and module.head.mastery_score is None:
            yield Problem(
                place, "mastery is required, but there is no mastery_score", "add `mastery_score:` (percent)"
            )


@SOURCE.rule(12, "captions", Severity.ERROR, spec="WebVTT 4.1")
def captions(source: Source) -> Iterator[Problem]:
    """A captions file is WebVTT with times that rise and texts that are not empty.

    Browsers drop what they can't read without a word, and those who need the captions miss it.
    """
    for use in media_uses(source):
        entry = source.files.files.get(use.name)
        if use.kind is Kind.CAPTIONS and entry and entry.size <= 1 << 20:
            for error in webvtt.read(entry.path.read_bytes()).errors:
                yield Problem(
                    Location(use.name, error.line),
                    error.message,
                    "correct the line; see `kurspakke explain captions`",
                )


@SOURCE.rule(13, "keys-collide", Severity.ERROR)
def keys_collide(source: Source) -> Iterator[Problem]:
    """No two ids in a course have the same short key.

    Learners' progress is kept by a three-character key made from each id. With a few hundred ids two may meet by
    chance; the newer one then takes another id, before it is published.
    """
    seen: dict[str, str] = defaultdict(str)
    for module in source.course.modules if source.course else ():
        tracked = [page.id for page in module.pages] + [
            item.id for item in module.components() if item.interaction()
        ]
        for name in dict.fromkeys(f"{module.id}.{item}" for item in tracked):
            other = seen[key_of(name)]
            if other:
                place = source.locate(module_file(module.id))
                yield Problem(
                    place,
                    f"the ids «{name}» and «{other}» have the same short key",
                    "change the newer one a little",
                )
            seen[key_of(name)] = name


@SOURCE.rule(14, "state-too-large", Severity.ERROR, spec="SCORM 1.2 RTE 3.4.4, cmi.suspend_data")
def state_too_large(source: Source) -> Iterator[Problem]:
    """What the LMS keeps of a learner's progress has room for the whole module.

    SCORM 1.2 gives 4,096 characters. What does not fit is cut or refused, and the learner starts all over again. A page
    takes three characters, a question four and one for each option; divide a module that needs more.
    """
    for module in source.course.modules if source.course else ():
        longest = longest_state_of([module])
        if longest > ROOM:
            message = (
                f"a learner's progress could take {longest:,} characters; SCORM 1.2 has room for {ROOM:,}"
            )
            yield Problem(source.locate(module_file(module.id), "pages"), message, "divide the module in two")


def _inside(name: str) -> bool:
    return ".." not in name.split("/") and "//" not in name and ":" not in name


__all__ = ["MediaUse", "validate_source"]
