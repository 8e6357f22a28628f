"""Rules about a course's own import guides in `guides/`: that no slot stays open, and that each is for an LMS."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Finding, Severity
from kurspakke.guidefiles import guide_language
from kurspakke.profiles import profile_ids
from kurspakke.release.guide import NEEDED, SLOTS, Guide, OpenSlotError, slots
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.shape import Shaped
from kurspakke.source import Source, profile_file
from kurspakke.yamltree import Keys

GUIDES: Family[Source] = Family("SRC", first=190)

_PARTS = ("before", "upload", "completion", "replace", "trial")


@GUIDES.rule(0, "open-guide-slot", Severity.ERROR)
def open_slot(source: Source) -> Iterator[Problem]:
    """A slot in an import guide has a name that is known, and something to fill it.

    An administrator would read `{format}` as it stands. Known are `{course}`, `{version}`, `{format}`, `{example}` (a
    file's name), `{first_module}`, `{number}` (of modules), `{minutes}`, `{largest}` (a file's size), `{limit}`
    (for uploads), `{session}` (minutes until it expires), `{contact}` and `{web}` (a file's name in the web edition).
    The last four are not known everywhere: a line with one of them says so, `needs: [contact]`, and is left out where
    it can't be filled.
    """
    for _, shaped, guide in course_guides(source):
        for keys, text, needs in _texts(guide):
            for slot in slots(text):
                if slot not in SLOTS:
                    known = f"write {listing(f'{{{name}}}' for name in SLOTS)}"
                    place = shaped.document.locate(keys)
                    yield Problem(place, f"there is no slot {{{slot}}}", did_you_mean(slot, SLOTS, known))
                elif slot in NEEDED and slot not in needs:
                    yield _problem(shaped, keys, slot)


@GUIDES.rule(1, "guide-for-nobody", Severity.ERROR)
def for_nobody(source: Source) -> Iterator[Problem]:
    """An import guide is for an LMS that there is a profile of: one of the program's, or of the course's own.

    Its file is called as the profile is, in `guides/` or, in nynorsk, in `guides/nn/`.
    """
    for _, shaped, guide in course_guides(source):
        name = guide.id
        if name not in profile_ids() and profile_file(name) not in source.files.files:
            hint = did_you_mean(name, profile_ids(), "make a profile with `kurspakke profile new`")
            yield Problem(shaped.document.locate(("id",)), f"there is no LMS profile «{name}»", hint)


def open_slot_finding(error: OpenSlotError) -> Finding:
    """What is said of a slot that was open when guides were filled."""
    problem = _problem(error.shaped, error.keys, error.slot)
    return Finding(GUIDES.checks[0].rule, problem.message, problem.hint, problem.location)


def _problem(shaped: Shaped[Guide], keys: Keys, slot: str) -> Problem:
    hint = f"add `needs: [{slot}]` to the line, which is then left out where it is not known, or take it out"
    return Problem(shaped.document.locate(keys), f"nothing fills {{{slot}}} everywhere", hint)


def course_guides(source: Source) -> Iterator[tuple[str, Shaped[Guide], Guide]]:
    """The course's own guides that could be read, each with its language."""
    for name, shaped in source.shaped.items():
        language = guide_language(name)
        if language and isinstance(shaped.value, Guide):
            yield language, Shaped(shaped.document, shaped.value, shaped.mismatches), shaped.value


def _texts(guide: Guide) -> Iterator[tuple[Keys, str, tuple[str, ...]]]:
    yield ("lead",), guide.lead, ()
    for part in _PARTS:
        for index, line in enumerate(getattr(guide, part)):
            yield (part, index, "text"), line.text, line.needs
