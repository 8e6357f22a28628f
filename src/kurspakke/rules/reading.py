"""SRC-001 to SRC-019: whether the text can be read, and whether it has the keys and values of a course."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import BaseModel

from kurspakke.findings import Location, Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import closest, did_you_mean, listing
from kurspakke.shape import Mismatch, MismatchKind, Shaped
from kurspakke.yamltree import MAX_BYTES, MAX_DEPTH, MAX_LINE, FaultKind

READING: Family[Shaped[BaseModel]] = Family("SRC")

Subject = Shaped[BaseModel]


def _faults(shaped: Subject, kind: FaultKind) -> Iterator[tuple[Location, str]]:
    """The place and the detail of each fault of a kind."""
    for fault in shaped.document.faults:
        if fault.kind is kind:
            yield Location(shaped.document.path, fault.line, fault.column), fault.detail


def _mismatches(shaped: Subject, kind: MismatchKind) -> Iterator[Mismatch]:
    return (mismatch for mismatch in shaped.mismatches if mismatch.kind is kind)


@READING.rule(1, "not-utf-8", Severity.ERROR, spec="YAML 1.2.2, 5.2")
def not_utf_8(shaped: Subject) -> Iterator[Problem]:
    """A source file is UTF-8.

    Other encodings turn æ, ø and å into something else. Save the file as UTF-8 in your editor.
    """
    for place, detail in _faults(shaped, FaultKind.ENCODING):
        yield Problem(place, f"the byte {detail} is not UTF-8", "save the file as UTF-8")


@READING.rule(2, "not-yaml", Severity.ERROR, spec="YAML 1.2.2")
def not_yaml(shaped: Subject) -> Iterator[Problem]:
    """A source file is well-formed YAML.

    The place is where the reader lost its way; the mistake is there or just above. Texts that hold `: ` or begin with
    a quote, `[`, `{`, `*`, `&`, `!`, `%`, `@` or a backtick go in quotes or in a block after `|`. What begins with `#`,
    a colour for instance, goes in quotes too: to YAML it is a comment, and between brackets it takes their end with it.
    """
    for place, detail in _faults(shaped, FaultKind.SYNTAX):
        yield Problem(
            place,
            f"this is not YAML: {detail}",
            "look at this line and the one above: indentation, quotes, colons",
        )
    for place, value in _faults(shaped, FaultKind.COMMENT):
        yield Problem(
            place,
            f"this is not YAML: {value} begins a comment here, and the rest of the line is lost",
            f'put what begins with # in quotes, as every colour: "{value}"',
        )


@READING.rule(3, "tab-as-indentation", Severity.ERROR, spec="YAML 1.2.2, 6.1")
def tab_as_indentation(shaped: Subject) -> Iterator[Problem]:
    """YAML is indented with spaces.

    A tab is as wide as each editor likes, so YAML does not allow it. Let your editor write spaces for tabs.
    """
    for place, _ in _faults(shaped, FaultKind.TAB):
        yield Problem(place, "the line is indented with a tab", "use spaces (two for each step)")


@READING.rule(4, "file-too-large", Severity.ERROR)
def file_too_large(shaped: Subject) -> Iterator[Problem]:
    """A source file is at most 2 MiB.

    A page of that size can't be read by a learner either. Most often something else was pasted into the file.
    """
    for place, _ in _faults(shaped, FaultKind.SIZE):
        yield Problem(
            place,
            f"the file is larger than {MAX_BYTES >> 20} MiB",
            "divide it; pictures and films go in media/",
        )


@READING.rule(5, "line-too-long", Severity.ERROR)
def line_too_long(shaped: Subject) -> Iterator[Problem]:
    """A line is at most 20,000 characters.

    Longer ones are pasted data rather than text, and no place in them can be pointed at.
    """
    for place, detail in _faults(shaped, FaultKind.LINE):
        yield Problem(
            place,
            f"the line is {detail} characters long (at most {MAX_LINE})",
            "break it; data belongs in media/",
        )


@READING.rule(6, "too-deep", Severity.ERROR)
def too_deep(shaped: Subject) -> Iterator[Problem]:
    """Lists and keys are nested at most 40 deep.

    No course is deeper than eight; deeper text is a mistake or an attack.
    """
    for place, _ in _faults(shaped, FaultKind.DEPTH):
        yield Problem(place, f"nested more than {MAX_DEPTH} deep", "remove the nesting")


@READING.rule(7, "alias", Severity.ERROR, spec="YAML 1.2.2, 7.1")
def alias(shaped: Subject) -> Iterator[Problem]:
    """YAML aliases (`*name`) are not used.

    They let a few lines grow into gigabytes, and a text that starts with `*` is usually meant as emphasis.
    """
    for place, detail in _faults(shaped, FaultKind.ALIAS):
        yield Problem(
            place, f"«*{detail}» is a YAML alias", "write the text out, or put it in quotes if it is emphasis"
        )


@READING.rule(8, "tag", Severity.ERROR, spec="YAML 1.2.2, 6.9")
def tag(shaped: Subject) -> Iterator[Problem]:
    """YAML tags (`!name`) are not used.

    In other programs they can run code. A text that starts with `!` goes in quotes.
    """
    for place, detail in _faults(shaped, FaultKind.TAG):
        yield Problem(place, f"«{detail}» is a YAML tag", "remove it, or put the text in quotes")


@READING.rule(9, "duplicate-key", Severity.ERROR, spec="YAML 1.2.2, 3.2.1.1")
def duplicate_key(shaped: Subject) -> Iterator[Problem]:
    """A key stands once.

    Most YAML readers keep the last one silently, and a text is lost.
    """
    for place, detail in _faults(shaped, FaultKind.DUPLICATE):
        yield Problem(place, f"the key «{detail}» stands twice", "keep one of them")


@READING.rule(10, "key-is-no-text", Severity.ERROR)
def key_is_no_text(shaped: Subject) -> Iterator[Problem]:
    """A key is a word.

    A list, a mapping or nothing can't name a value; most often a `-`, a `?` or a `:` stands where it should not.
    """
    for place, _ in _faults(shaped, FaultKind.KEY):
        yield Problem(place, "this can't be a key", "look for a stray `?`, `-` or `:`")


@READING.rule(15, "control-character", Severity.ERROR, spec="XML 1.0, 2.2")
def control_character(shaped: Subject) -> Iterator[Problem]:
    """A text holds no control characters, however they are written.

    They can't stand in a manifest, no learner can see them, and they come from a broken copy.
    """
    for place, detail in _faults(shaped, FaultKind.CHARACTER):
        yield Problem(place, f"the text holds the character {detail}", "remove the escape (\\x…, \\u…, \\0)")


@READING.rule(11, "unknown-key", Severity.ERROR)
def unknown_key(shaped: Subject) -> Iterator[Problem]:
    """Every key is one that the program knows.

    An unknown key is a misspelt one, and what it holds would be left out without a word.
    """
    for mismatch in _mismatches(shaped, MismatchKind.UNKNOWN_KEY):
        hint = did_you_mean(mismatch.found, mismatch.expected, f"known here: {listing(mismatch.expected)}")
        yield Problem(shaped.document.locate_key(mismatch.keys), f"unknown key «{mismatch.found}»", hint)


@READING.rule(12, "missing-key", Severity.ERROR)
def missing_key(shaped: Subject) -> Iterator[Problem]:
    """The keys that a thing can't be without are there."""
    misspelt = {mismatch.keys[:-1]: mismatch for mismatch in _mismatches(shaped, MismatchKind.UNKNOWN_KEY)}
    for mismatch in _mismatches(shaped, MismatchKind.MISSING_KEY):
        near = misspelt.get(mismatch.keys)
        if near and closest(near.found, [mismatch.found]):  # said once, by unknown-key
            continue
        yield Problem(
            shaped.document.locate(mismatch.keys),
            f"«{mismatch.found}» is missing here",
            f"add `{mismatch.found}:`",
        )


@READING.rule(13, "unknown-component", Severity.ERROR)
def unknown_component(shaped: Subject) -> Iterator[Problem]:
    """A component's type is one of those there are."""
    for mismatch in _mismatches(shaped, MismatchKind.UNKNOWN_TYPE):
        hint = did_you_mean(mismatch.found, mismatch.expected, f"there are {listing(mismatch.expected)}")
        yield Problem(
            shaped.document.locate(mismatch.keys), f"there is no component «{mismatch.found}»", hint
        )


@READING.rule(14, "wrong-value", Severity.ERROR)
def wrong_value(shaped: Subject) -> Iterator[Problem]:
    """A value is of the kind that its key wants: text, a whole number, true or false, an id, one of a few words."""
    for mismatch in _mismatches(shaped, MismatchKind.WRONG_VALUE):
        expected = listing(mismatch.expected)
        name = next((f"«{key}»" for key in reversed(mismatch.keys) if isinstance(key, str)), "the file")
        near = closest(mismatch.found.strip("«»"), mismatch.expected) if len(mismatch.expected) > 1 else None
        yield Problem(
            shaped.document.locate(mismatch.keys),
            f"{name} is {mismatch.found}; expected {expected}",
            f"did you mean «{near}»?" if near else f"write {expected}",
        )
