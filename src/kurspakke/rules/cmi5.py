"""CM5-001 to CM5-018: cmi5 course structures. The clauses are those of ADL CATAPULT's list of requirements."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qs

from kurspakke.findings import Location, Severity
from kurspakke.formats.cmi5_manifest import CMI5, CourseStructure, Part
from kurspakke.formats.xapi_manifest import LangText
from kurspakke.hrefs import Reach, is_absolute_iri, is_language_tag, resolve
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.suggest import did_you_mean, listing
from kurspakke.xmltree import Place

NAME = "cmi5.xml"


@dataclass(frozen=True, slots=True)
class Cmi5Package:
    """A package together with its course structure, which can be read."""

    package: Package
    course: CourseStructure

    def at(self, place: Place) -> Location:
        """A place in the course structure."""
        return self.package.at(self.package.name_of(NAME), place)


CMI5_RULES: Family[Cmi5Package] = Family("CM5")


@CMI5_RULES.rule(1, "wrong-cmi5-namespace", Severity.ERROR, spec="cmi5 13.2.0.0-1")
def wrong_cmi5_namespace(subject: Cmi5Package) -> Iterator[Problem]:
    """The course structure is in cmi5's namespace.

    `https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd`, exactly so: LMSs find nothing under
    another one.
    """
    root = subject.course.root
    if root.namespace != CMI5:
        message = f"the namespace is {root.namespace or 'missing'}"
        yield Problem(subject.at(root.place), message, f'write xmlns="{CMI5}"')


@CMI5_RULES.rule(2, "course-not-once", Severity.ERROR, spec="cmi5 13.1.1; 13.2.0.0-1")
def course_not_once(subject: Cmi5Package) -> Iterator[Problem]:
    """There is exactly one `course` element.

    It holds the course's id, title and description.
    """
    count = len(subject.course.courses)
    if count != 1:
        message = f"there are {count} <course> elements" if count else "there is no <course>"
        yield Problem(subject.at(subject.course.root.place), message, "have one, as the first element")


@CMI5_RULES.rule(3, "no-assignable-unit", Severity.ERROR, spec="cmi5 13.1.4; 13.2.0.0-1")
def no_assignable_unit(subject: Cmi5Package) -> Iterator[Problem]:
    """There is at least one AU, and no block is empty.

    The AU is what the LMS launches.
    """
    if not subject.course.parts:
        message = "there is neither an <au> nor a <block>"
        yield Problem(
            subject.at(subject.course.root.place), message, "add an <au> with the page to open as <url>"
        )
    for part in subject.course.every_part():
        if part.kind == "block" and not part.parts:
            yield Problem(
                subject.at(part.place), "this block is empty", "put an <au> into it, or take it out"
            )


@CMI5_RULES.rule(4, "missing-cmi5-text", Severity.ERROR, spec="cmi5 13.1.1 to 13.1.4; 13.2.0.0-1")
def missing_cmi5_text(subject: Cmi5Package) -> Iterator[Problem]:
    """Course, blocks, objectives and AUs each have a title and a description, in `langstring` elements.

    The title is what learners see.
    """
    for part in subject.course.every_part():
        for name, texts in (("title", part.titles), ("description", part.descriptions)):
            if not texts:
                message = f"this {part.kind} has no {name}"
                yield Problem(subject.at(part.place), message, f"add <{name}> with a <langstring>")
            elif not texts[0].strings or (
                name == "title" and not any(each.text for each in texts[0].strings)
            ):
                message = f"this {name} has no text in a <langstring>"
                yield Problem(
                    subject.at(texts[0].place), message, 'write <langstring lang="nb">…</langstring>'
                )


@CMI5_RULES.rule(5, "cmi5-id-not-an-iri", Severity.ERROR, spec="cmi5 3.0.0.0-1")
def cmi5_id_not_an_iri(subject: Cmi5Package) -> Iterator[Problem]:
    """The ids of course, blocks, objectives and AUs are absolute IRIs.

    They become activity ids in statements, which the LRS refuses otherwise. They must never change.
    """
    for part in subject.course.every_part():
        if not is_absolute_iri(part.id or ""):
            message = f"the id {part.id!r} is no absolute IRI" if part.id else f"this {part.kind} has no id"
            yield Problem(
                subject.at(part.place), message, "write an address such as https://example.org/course"
            )


@CMI5_RULES.rule(6, "duplicate-cmi5-id", Severity.ERROR, spec="cmi5 13.1.2.0-1, 13.1.3.0-1, 13.1.4.0-1")
def duplicate_cmi5_id(subject: Cmi5Package) -> Iterator[Problem]:
    """Every block, objective and AU has an id of its own.

    The LMS tells them apart by it. The course's id is a matter apart: the standard lets an AU have the same.
    """
    seen: dict[str, Part] = {}
    for part in (part for part in subject.course.every_part() if part.kind != "course"):
        other = seen.setdefault(part.id, part) if part.id else part
        if other is not part:
            message = f"the id {part.id} is already in line {other.place.line}"
            yield Problem(subject.at(part.place), message, "give each its own id")


@CMI5_RULES.rule(7, "unknown-objective", Severity.ERROR, spec="cmi5 13.1.3")
def unknown_objective(subject: Cmi5Package) -> Iterator[Problem]:
    """Every objective that a block or an AU refers to is declared.

    The LMS looks for it among `objectives`, and finds nothing there. Declare it, or take the reference out.
    """
    known = [objective.id or "" for objective in subject.course.objectives]
    for part in subject.course.every_part():
        for reference in part.objectives:
            if reference.text not in known:
                message = f"there is no objective {reference.text!r}"
                hint = did_you_mean(reference.text, known, "declare it in <objectives>")
                yield Problem(subject.at(reference.place), message, hint)


def _urls(subject: Cmi5Package) -> Iterator[LangText]:
    for unit in subject.course.aus():
        yield from unit.urls


@CMI5_RULES.rule(8, "wrong-au-url", Severity.ERROR, spec="cmi5 13.1.4.0-2")
def wrong_au_url(subject: Cmi5Package) -> Iterator[Problem]:
    """Every AU has one `url`, and it is a URL without blanks.

    It is what the LMS opens, with its own parameters appended.
    """
    for unit in subject.course.aus():
        if len(unit.urls) != 1:
            message = f"this AU has {len(unit.urls)} urls" if unit.urls else "this AU has no url"
            yield Problem(subject.at(unit.place), message, "have exactly one <url>")
        for url in unit.urls:
            if not url.text or re.search(r"\s", url.text):
                hint = "write the path of the page, blanks as %20"
                yield Problem(subject.at(url.place), f"{url.text!r} is no URL", hint)


_RESERVED = ("endpoint", "fetch", "actor", "registration", "activityId")


@CMI5_RULES.rule(9, "reserved-parameter", Severity.ERROR, spec="cmi5 8.1.0.0-6")
def reserved_parameter(subject: Cmi5Package) -> Iterator[Problem]:
    """An AU's url has none of the parameters that the LMS appends.

    `endpoint`, `fetch`, `actor`, `registration` and `activityId` are the LMS's.
    """
    for url in _urls(subject):
        used = [
            name for name in _RESERVED if name in parse_qs(url.text.partition("?")[2], keep_blank_values=True)
        ]
        if used:
            yield Problem(
                subject.at(url.place), f"{listing(used)} belongs to the LMS", "take it out of the url"
            )


@CMI5_RULES.rule(10, "query-in-au-url", Severity.WARNING, spec="cmi5 8.1; 13.1.4.0-3")
def query_in_au_url(subject: Cmi5Package) -> Iterator[Problem]:
    """An AU's url has no query of its own.

    Allowed, but at least one LMS appends a second `?` (adlnet/CATAPULT#26), and the AU then misses its
    parameters. Use `launchParameters`.
    """
    for url in _urls(subject):
        query = url.text.partition("?")[2]
        if query and not any(name in parse_qs(query, keep_blank_values=True) for name in _RESERVED):
            yield Problem(subject.at(url.place), f"{url.text} has a query", "use <launchParameters> for it")


_MOVE_ON = ("NotApplicable", "Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed")


@CMI5_RULES.rule(11, "wrong-move-on", Severity.ERROR, spec="cmi5 13.1.4; 13.2.0.0-1")
def wrong_move_on(subject: Cmi5Package) -> Iterator[Problem]:
    """`moveOn` is one of the five words of the standard, letter by letter.

    ADL's own player imports other words, and the AU can then never be satisfied.
    """
    for unit in subject.course.aus():
        if unit.move_on is not None and unit.move_on not in _MOVE_ON:
            hint = did_you_mean(unit.move_on, _MOVE_ON, f"write {listing(_MOVE_ON)}")
            yield Problem(subject.at(unit.place), f"moveOn is {unit.move_on!r}", hint)


@CMI5_RULES.rule(12, "no-move-on", Severity.WARNING, spec="cmi5 13.1.4")
def no_move_on(subject: Cmi5Package) -> Iterator[Problem]:
    """Every AU says by `moveOn` when it is done.

    Without it `NotApplicable` holds: the course counts as satisfied before anybody has opened it.
    """
    for unit in subject.course.aus():
        if unit.move_on is None:
            hint = 'add moveOn="Completed", or "CompletedAndPassed" if there is a test to pass'
            yield Problem(subject.at(unit.place), "this AU has no moveOn", hint)


@CMI5_RULES.rule(13, "wrong-mastery-score", Severity.ERROR, spec="cmi5 13.1.4; 13.2.0.0-1")
def wrong_mastery_score(subject: Cmi5Package) -> Iterator[Problem]:
    """`masteryScore` is a number from 0 to 1.

    `0.75`, not `75`, `75 %` or `0,75`.
    """
    for unit in subject.course.aus():
        score = unit.mastery_score
        if score is not None and not re.fullmatch(
            r"\+?(?:0*(?:0(?:\.\d*)?|\.\d+)|0*1(?:\.0*)?)", score.strip()
        ):
            yield Problem(
                subject.at(unit.place),
                f"masteryScore is {score!r}",
                "write a number from 0 to 1, such as 0.75",
            )


_LAUNCH_METHODS = ("AnyWindow", "OwnWindow")


@CMI5_RULES.rule(14, "wrong-launch-method", Severity.ERROR, spec="cmi5 13.1.4; 13.2.0.0-1")
def wrong_launch_method(subject: Cmi5Package) -> Iterator[Problem]:
    """`launchMethod` is `AnyWindow` or `OwnWindow`.

    Without it `AnyWindow` holds: the LMS may open the AU in a frame. The schema knows no other words.
    """
    for unit in subject.course.aus():
        if unit.launch_method is not None and unit.launch_method not in _LAUNCH_METHODS:
            hint = did_you_mean(unit.launch_method, _LAUNCH_METHODS, f"write {listing(_LAUNCH_METHODS)}")
            yield Problem(subject.at(unit.place), f"launchMethod is {unit.launch_method!r}", hint)


@CMI5_RULES.rule(15, "au-type-not-an-iri", Severity.WARNING, spec="cmi5 13.1.4 (activityType)")
def au_type_not_an_iri(subject: Cmi5Package) -> Iterator[Problem]:
    """An AU's `activityType` is an absolute IRI.

    The LMS copies it into statements, which the LRS refuses otherwise.
    """
    for unit in subject.course.aus():
        if unit.activity_type is not None and not is_absolute_iri(unit.activity_type):
            hint = "write an IRI such as http://adlnet.gov/expapi/activities/module"
            yield Problem(subject.at(unit.place), f"activityType is {unit.activity_type!r}", hint)


def _strings(subject: Cmi5Package) -> Iterator[LangText]:
    for part in subject.course.every_part():
        for texts in (*part.titles, *part.descriptions):
            yield from texts.strings


@CMI5_RULES.rule(16, "wrong-langstring-language", Severity.ERROR, spec="cmi5 13.1.1 (langstring); RFC 5646")
def wrong_langstring_language(subject: Cmi5Package) -> Iterator[Problem]:
    """Languages are language tags: `nb`, `nn`, `se`, `en`.

    They become the keys of language maps in statements, which the LRS refuses otherwise.
    """
    for text in _strings(subject):
        if text.lang is not None and not is_language_tag(text.lang):
            yield Problem(
                subject.at(text.place), f"{text.lang!r} is no language tag", "write nb, nn, se or en"
            )


@CMI5_RULES.rule(17, "langstring-without-language", Severity.WARNING, spec="cmi5 13.1.1 (langstring)")
def langstring_without_language(subject: Cmi5Package) -> Iterator[Problem]:
    """Every `langstring` says its language.

    Without it the LMS has to guess which text to show.
    """
    for text in _strings(subject):
        if text.lang is None:
            yield Problem(
                subject.at(text.place), "this langstring has no lang", 'add lang="nb" or what it is in'
            )


@CMI5_RULES.rule(18, "relative-url-without-zip", Severity.ERROR, spec="cmi5 14.2.0.0-1")
def relative_url_without_zip(subject: Cmi5Package) -> Iterator[Problem]:
    """In a course structure without a zip around it, every AU's url is a whole address.

    There are no files beside it that a path could lead to.
    """
    for url in _urls(subject):
        if subject.package.is_bare and resolve(url.text).reach is not Reach.HOST:
            message = f"{url.text} is a path, but there is no package around the course structure"
            yield Problem(
                subject.at(url.place), message, "write the whole address, or put it into a zip with its files"
            )
