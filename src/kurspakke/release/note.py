"""A note beside each package that must not be uploaded over the one before: `<package>-les-dette.txt`.

It lies beside the package, not in it: which package is replaced, and so whether that is safe, is not known when a
package is built, and its bytes are what build.json and everybody's sums promise. The note says which bytes it is about.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import fill

from kurspakke.record import PackageRecord
from kurspakke.release.offer import note_of
from kurspakke.release.pages import change_words
from kurspakke.release.publication import Publication
from kurspakke.release.replacement import Answer, Noticed, Replacement
from kurspakke.release.words import release_words

_WIDTH = 78


def notes(publication: Publication) -> Iterator[tuple[str, bytes]]:
    """The notes by their names, in the package's own language where that is nynorsk."""
    packages = {package.path: package for package in publication.record.packages}
    for replacement in publication.unsafe():
        name = note_of(replacement)
        if name:
            text = _note(publication, replacement, packages.get(replacement.path))
            yield name, text.encode()


def _note(publication: Publication, replacement: Replacement, package: PackageRecord | None) -> str:
    t = release_words(package.label.lang if package else "nb")
    version = publication.earlier.version if publication.earlier else ""
    head = publication.course.head
    gone = replacement.answer is Answer.GONE
    lines = [
        f"{head.title} {head.version}",
        replacement.path,
        *([f"SHA-256 {package.sha256}"] if package else []),
        "",
        t["answer_gone" if gone else "answer_unsafe"].upper(),
        "",
        fill(t["why_gone" if gone else "why_unsafe"].replace("{version}", version), _WIDTH),
    ]
    if replacement.changes:
        lines += ["", t["why_details"]]
        lines += [f"* {change_words(one.kind, t)}{_subjects(one)}" for one in replacement.changes]
    return "\n".join((*lines, ""))


def _subjects(change: Noticed) -> str:
    return f": {', '.join(change.subjects)}" if any(change.subjects) else ""
