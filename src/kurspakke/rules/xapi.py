"""XAP-001 to XAP-029: Tin Can packages (tincan.xml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from kurspakke.findings import Location, Severity
from kurspakke.formats.xapi_manifest import TINCAN, Activity, Tincan
from kurspakke.hrefs import is_absolute_iri, is_language_tag
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.grammar import ANY, MISPLACED, Fault, Flaw, Grammar, faults, shape
from kurspakke.rules.names import is_junk
from kurspakke.xmltree import Place

NAME = "tincan.xml"


@dataclass(frozen=True, slots=True)
class TincanPackage:
    """A package together with its Tin Can description, which can be read."""

    package: Package
    tincan: Tincan

    def at(self, place: Place) -> Location:
        """A place in the description."""
        return self.package.at(self.package.name_of(NAME), place)


XAPI: Family[TincanPackage] = Family("XAP")


@XAPI.rule(1, "nested-tincan", Severity.WARNING, spec="Tin Can packaging (launch: lms_lrs), package root")
def nested_tincan(subject: TincanPackage) -> Iterator[Problem]:
    """`tincan.xml` lies at the root of the zip.

    The standard also allows it in a folder that is alone at the root, and some LMSs follow; Moodle's plugin
    does not. Zip what is inside the folder, not the folder.
    """
    home = subject.package.home
    if home and not _beside(subject):
        hint = f"zip what is inside {home.rstrip('/')}, not the folder itself"
        yield Problem(subject.at(Place()), "tincan.xml is not at the root of the package", hint)


@XAPI.rule(
    2, "files-beside-the-folder", Severity.ERROR, spec="Tin Can packaging (launch: lms_lrs), package root"
)
def files_beside_the_folder(subject: TincanPackage) -> Iterator[Problem]:
    """If `tincan.xml` lies in a folder, that folder is alone at the root.

    Otherwise no LMS can tell which of the folders is the course.
    """
    home, beside = subject.package.home, _beside(subject)
    if home and beside:
        location = Location(f"{subject.package.path}/{beside[0]}")
        message = f"{beside[0]} lies beside the folder {home.rstrip('/')}"
        yield Problem(
            location, message, "move everything of the course into one place, with tincan.xml at the root"
        )


def _beside(subject: TincanPackage) -> list[str]:
    home = subject.package.home
    return [path for path in subject.package.tree if not path.startswith(home) and not is_junk(path)]


@XAPI.rule(3, "several-tincan-files", Severity.ERROR, spec="Tin Can packaging (launch: lms_lrs)")
def several_tincan_files(subject: TincanPackage) -> Iterator[Problem]:
    """There is one `tincan.xml` in the package.

    Which of several counts is undefined.
    """
    found = [
        path for path in subject.package.tree if path.rpartition("/")[2].lower() == NAME and not is_junk(path)
    ]
    for path in found:
        if path != subject.package.manifests[NAME]:
            location = Location(f"{subject.package.path}/{path}")
            yield Problem(location, f"{path} is a second tincan.xml", "keep one, at the root")


@XAPI.rule(4, "wrong-tincan-namespace", Severity.ERROR, spec="tincan.xsd")
def wrong_tincan_namespace(subject: TincanPackage) -> Iterator[Problem]:
    """The description is in the namespace `http://projecttincan.com/tincan.xsd`.

    LMSs that read namespaces find nothing under another one.
    """
    root = subject.tincan.root
    if root.namespace != TINCAN:
        message = f"the namespace is {root.namespace or 'missing'}"
        yield Problem(subject.at(root.place), message, f'write xmlns="{TINCAN}"')


@XAPI.rule(5, "no-activity", Severity.ERROR, spec="tincan.xsd, activities")
def no_activity(subject: TincanPackage) -> Iterator[Problem]:
    """There is at least one activity.

    The course itself is an activity: its id is what statements and reports are about.
    """
    if not subject.tincan.activities:
        hint = "add <activities> with an <activity> that has a <launch>"
        yield Problem(subject.at(subject.tincan.root.place), "there is no activity", hint)


@XAPI.rule(6, "activity-id-not-an-iri", Severity.ERROR, spec="xAPI 1.0.3, 2.4.4.1 (activity id)")
def activity_id_not_an_iri(subject: TincanPackage) -> Iterator[Problem]:
    """Every activity has an id, and it is an absolute IRI.

    Statements about anything else are refused by the LRS. Use an address under a domain of your own;
    nothing need lie there, but it must never change.
    """
    for activity in subject.tincan.activities:
        if not is_absolute_iri(activity.id or ""):
            message = (
                f"the activity's id {activity.id!r} is no absolute IRI" if activity.id else "no activity id"
            )
            yield Problem(
                subject.at(activity.place), message, "write an address such as https://example.org/course"
            )


@XAPI.rule(7, "missing-activity-text", Severity.ERROR, spec="tincan.xsd, activity/name and description")
def missing_activity_text(subject: TincanPackage) -> Iterator[Problem]:
    """Every activity has a name and a description.

    The name is what learners and reports see. An empty description is allowed, a missing one is not.
    """
    for activity in subject.tincan.activities:
        if not any(name.text for name in activity.names):
            yield Problem(
                subject.at(activity.place), "this activity has no name", "add <name> as its first element"
            )
        if not activity.descriptions:
            hint = "add <description> after <name>"
            yield Problem(subject.at(activity.place), "this activity has no description", hint)


def _launchable(subject: TincanPackage) -> list[Activity]:
    return [activity for activity in subject.tincan.activities if activity.launches]


@XAPI.rule(8, "nothing-to-start", Severity.ERROR, spec="Tin Can packaging (launch: lms_lrs), launch")
def nothing_to_start(subject: TincanPackage) -> Iterator[Problem]:
    """One activity has a `launch` with an address, or a `resource`.

    It is what the LMS opens.
    """
    activities = subject.tincan.activities
    links = [link for activity in activities for link in (*activity.launches, *activity.resources)]
    if activities and not any(link.text for link in links):
        hint = "add <launch> with the page to open to the course's activity"
        yield Problem(subject.at(activities[0].place), "no activity has a launch", hint)


@XAPI.rule(9, "several-launches", Severity.ERROR, spec="Tin Can packaging (launch: lms_lrs), launch")
def several_launches(subject: TincanPackage) -> Iterator[Problem]:
    """Only one activity has a `launch`.

    LMSs start one; which, is undefined. Several `launch` elements in that one activity, for several
    languages, are fine.
    """
    for activity in _launchable(subject)[1:]:
        hint = "keep the launch of the course's own activity"
        yield Problem(subject.at(activity.place), "a second activity has a launch", hint)


@XAPI.rule(10, "launch-not-first", Severity.WARNING)
def launch_not_first(subject: TincanPackage) -> Iterator[Problem]:
    """The activity to launch is the first one.

    Moodle's plugin (mod_tincanlaunch) does not search: it takes the first element of the file for
    `activities` and the first in that for the course.
    """
    activities, launchable = subject.tincan.activities, _launchable(subject)
    if launchable and launchable[0] is not activities[0]:
        hint = "put the activity with the launch first"
        yield Problem(subject.at(launchable[0].place), "the activity to launch is not the first one", hint)


@XAPI.rule(11, "query-in-tincan-launch", Severity.WARNING)
def query_in_tincan_launch(subject: TincanPackage) -> Iterator[Problem]:
    """The address to launch has no `?` or `#`.

    Moodle's plugin appends its own `?endpoint=…`, so that the content is handed two queries and finds no
    LRS.
    """
    for activity in subject.tincan.activities:
        for launch in activity.launches:
            if "?" in launch.text or "#" in launch.text:
                message = f"{launch.text} holds a query or a fragment"
                yield Problem(subject.at(launch.place), message, "name the page alone")


@XAPI.rule(12, "wrong-language-tag", Severity.ERROR, spec="tincan.xsd, @lang; RFC 5646")
def wrong_language_tag(subject: TincanPackage) -> Iterator[Problem]:
    """Languages are language tags: `nb`, `nn`, `se`, `en`.

    LRSs refuse statements whose language maps have other keys.
    """
    for text in subject.tincan.every_text():
        if text.lang is not None and not is_language_tag(text.lang):
            yield Problem(
                subject.at(text.place), f"{text.lang!r} is no language tag", "write nb, nn, se or en"
            )


@XAPI.rule(13, "missing-language-tag", Severity.NOTE, spec="Tin Can packaging (launch: lms_lrs), lang")
def missing_language_tag(subject: TincanPackage) -> Iterator[Problem]:
    """Names and descriptions say their language.

    xAPI keeps them as maps from language to text; without the tag the LMS has to guess.
    """
    for activity in subject.tincan.activities:
        for text in (*activity.names, *activity.descriptions):
            if text.lang is None and text.text:
                yield Problem(
                    subject.at(text.place), "this text has no language", 'add lang="nb" or what it is in'
                )


@XAPI.rule(14, "activity-type-not-an-iri", Severity.WARNING, spec="xAPI 1.0.3, 2.4.4.1 (activity type)")
def activity_type_not_an_iri(subject: TincanPackage) -> Iterator[Problem]:
    """An activity's type is an absolute IRI.

    For a course: `http://adlnet.gov/expapi/activities/course`.
    """
    for activity in subject.tincan.activities:
        if activity.type is not None and not is_absolute_iri(activity.type):
            hint = "write an IRI such as http://adlnet.gov/expapi/activities/course"
            yield Problem(subject.at(activity.place), f"the type {activity.type!r} is no absolute IRI", hint)


@XAPI.rule(15, "duplicate-activity-id", Severity.ERROR, spec="xAPI 1.0.3, 2.4.4.1 (activity id)")
def duplicate_activity_id(subject: TincanPackage) -> Iterator[Problem]:
    """Every activity has an id of its own.

    The LRS takes two activities of one id for the same thing, and their results for one.
    """
    seen: Counter[str] = Counter()
    for activity in subject.tincan.activities:
        if activity.id:
            seen[activity.id] += 1
            if seen[activity.id] > 1:
                message = f"the id {activity.id} is used twice"
                yield Problem(subject.at(activity.place), message, "give each activity its own id")


@XAPI.rule(16, "misplaced-tincan-element", Severity.WARNING, spec="tincan.xsd, activity")
def misplaced_tincan_element(subject: TincanPackage) -> Iterator[Problem]:
    """The parts of an interaction's description stand in their order, after everything else.

    LMSs that validate may refuse the package; others overlook what stands in the wrong place. The rest of an
    activity is XAP-017's.
    """
    for fault in _faults(subject):
        if fault.flaw in MISPLACED and fault.element.name in _INTERACTION:
            yield _problem(subject, fault)


_INTERACTION = frozenset({"choices", "scale", "source", "target", "steps", "extensions"})
"""What only the description of interactions has: no official schema of that part is to be had."""

_TEXTS = {"lang": ANY}
_DESCRIPTION: Grammar = {
    "tincan": shape("activities+"),
    "activities": shape("provider? activity+"),
    "activity": shape(
        "name+ description+ launch* resource* interactionType? correctResponsePatterns?"
        " choices? scale? source? target? steps? extensions?",
        {"id": ANY, "type": ANY},
    ),
    **dict.fromkeys(("activity/name", "activity/description", "launch", "resource"), shape("", _TEXTS)),
    "interactionType": shape(),
}


def _faults(subject: TincanPackage) -> Iterator[Fault]:
    return faults(subject.tincan.root, {TINCAN: _DESCRIPTION})


def _problem(subject: TincanPackage, fault: Fault) -> Problem:
    return Problem(subject.at(fault.element.place), fault.message, fault.hint)


@XAPI.rule(17, "misplaced-tincan-text", Severity.ERROR, spec="tincan.xsd, activity (order)")
def misplaced_tincan_text(subject: TincanPackage) -> Iterator[Problem]:
    """In an activity stand name, description, launch and resource, in this order, and nothing unknown.

    The official schema refuses the rest; readers that go by position, such as Moodle's plugin, take one for
    the other.
    """
    for fault in _faults(subject):
        if fault.flaw in MISPLACED and fault.element.name not in _INTERACTION:
            yield _problem(subject, fault)


@XAPI.rule(18, "unknown-tincan-attribute", Severity.ERROR, spec="tincan.xsd (attributes)")
def unknown_tincan_attribute(subject: TincanPackage) -> Iterator[Problem]:
    """The attributes are `id` and `type` of an activity and `lang` of a text.

    Others are refused by the schema, and say nothing to anybody.
    """
    for fault in _faults(subject):
        if fault.flaw is Flaw.UNKNOWN_ATTRIBUTE:
            yield _problem(subject, fault)


@XAPI.rule(19, "tincan-address-with-blanks", Severity.WARNING, spec="tincan.xsd, launch; RFC 3986")
def address_with_blanks(subject: TincanPackage) -> Iterator[Problem]:
    """The address to launch holds no blanks.

    It is what the LMS opens, with its own parameters appended. Browsers mend blanks, other programs cut the
    address off there. Write them as `%20`.
    """
    for activity in subject.tincan.activities:
        for launch in activity.launches:
            if any(sign.isspace() for sign in launch.text):
                yield Problem(
                    subject.at(launch.place), f"{launch.text!r} is no address", "write blanks as %20"
                )
