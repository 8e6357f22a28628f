"""The pages that a course's source becomes, built in memory and looked at: the accessibility report judges pages."""

from __future__ import annotations

from dataclasses import dataclass

from kurspakke.assemble import packages
from kurspakke.contents import Contents, contents_of, together
from kurspakke.findings import Finding, KurspakkeError, ordered
from kurspakke.package import Package
from kurspakke.rules.validate import validate_package
from kurspakke.selection import Selection
from kurspakke.source import Source


@dataclass(frozen=True, slots=True)
class BuiltPages:
    """What is in all the packages of a course together, and what the rules about packages find in them.

    `title` is what the course calls itself, `packages` the number of its packages, `has_editions` whether there are
    local editions, which are none of them.
    """

    title: str
    contents: Contents
    findings: tuple[Finding, ...]
    packages: int
    has_editions: bool


def built_pages(source: Source) -> BuiltPages | None:
    """Each module in each language and for each audience, in the course's first format: the pages are alike in all.

    For a source without errors; None where a build would refuse all the same.
    """
    course = source.course
    if course is None:
        return None
    audiences = tuple(audience.id for audience in course.head.audiences)
    selection = Selection(formats=course.head.formats[:1], audiences=audiences)
    found: list[Finding] = []
    contents: list[Contents] = []
    try:
        for each in packages(source, course, selection):
            package = Package(each.file_name, each.tree)
            found += validate_package(package)
            contents.append(contents_of(package))
    except KurspakkeError:
        return None
    if not contents:
        return None
    whole, has_editions = together(contents), bool(source.editions.known)
    return BuiltPages(course.head.title, whole, ordered(found), len(contents), has_editions)
