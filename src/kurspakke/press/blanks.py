"""Documents of no locality, with blanks where a locality's names go: filled in, they are that locality's documents.

So a document is rendered once for all localities that differ in their names only, and what the validator has nothing
against in one of them, it has nothing against in the others: names are plain words of usual length that mean nothing
to HTML, XML or a path.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace

from markupsafe import escape

from kurspakke.course import Stamp
from kurspakke.filetree import File, FileTree
from kurspakke.finished import Finished
from kurspakke.unit import Unit

NOWHERE = Stamp(id="zqx-ingensteds-qzx", title="Zqxingenstedsqzx")
"""A locality that no course speaks of."""

_TITLE = re.compile(r"\w[\w .,/()–-]{0,59}")
_LONGEST_ID = 40
TEXTS = (".html", ".xml")
"""How the names of files end that a locality's names stand in."""

Names = tuple[tuple[bytes, bytes], ...]


def names(unit: Unit, words: Mapping[str, str]) -> Names:
    """The names of a unit's locality as its files spell them, each with its blank; none where they are not plain.

    They are the sentence that names it, the package's identifier, and the beginning of all its activities' addresses.
    """
    stamp = unit.course.edition
    if stamp is None or len(stamp.id) > _LONGEST_ID or not _TITLE.fullmatch(stamp.title):
        return ()
    version = unit.course.head.version
    sentence = words["edition_builds_on"].replace("{title}", stamp.title).replace("{version}", version)
    return (
        (str(escape(sentence)).encode(), b"\0edition\0"),
        (unit.identifier.encode(), b"\0identifier\0"),
        (unit.activity_of(None).encode(), b"\0activity\0"),
    )


def of_nowhere(unit: Unit) -> Unit:
    """The unit as it would be of no locality."""
    course = unit.course.model_copy(update={"edition": NOWHERE})
    return Unit(course, unit.modules, replace(unit.variant, edition=NOWHERE.id), combined=unit.combined)


def blanked(data: bytes, named: Names) -> bytes | None:
    """The file with blanks for these names; None where it has blanks already, or tells of nowhere all the same."""
    if b"\0" in data:
        return None
    for name, blank in named:
        data = data.replace(name, blank)
    return None if NOWHERE.id.encode() in data or NOWHERE.title.encode() in data else data


def filled(data: bytes, named: Names) -> bytes:
    """The file with these names in its blanks."""
    for name, blank in named:
        data = data.replace(blank, name)
    return data


def tree_likeness(tree: FileTree, first: tuple[str, ...], named: Names) -> str:
    """A sum over a package that is the same in every locality; empty where one of its files is not so plain."""
    lines = [repr(first)]
    for path, file in tree.items():
        alike = _likeness(path, file, named)
        if not alike:
            return ""
        lines.append(f"{alike}  {path}\n")
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _likeness(path: str, file: File, named: Names) -> str:
    if isinstance(file, Finished):
        return file.likeness
    if file.path is None and path.endswith(TEXTS):
        data = blanked(file.read(), named) if named else None
        return "" if data is None else hashlib.sha256(data).hexdigest()
    return file.sha256
