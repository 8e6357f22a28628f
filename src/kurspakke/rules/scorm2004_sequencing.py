"""S24-060 to S24-079: the sequencing of a SCORM 2004 manifest: its form and its references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from kurspakke.findings import Severity
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.grammar import MISPLACED, MISSING, WRONG, Fault
from kurspakke.rules.scorm2004 import Scorm2004, problem
from kurspakke.rules.scorm2004_grammar import ADLSEQ, IMSSS
from kurspakke.rules.suggest import did_you_mean
from kurspakke.xmltree import Element

SEQUENCING_2004: Family[Scorm2004] = Family("S24")


def _faults(scorm: Scorm2004) -> Iterator[Fault]:
    return scorm.faults_in(IMSSS, ADLSEQ)


@SEQUENCING_2004.rule(
    60, "misplaced-sequencing-element", Severity.ERROR, spec="SCORM 2004 CAM 5.1; IMS SS 1.0"
)
def misplaced_element(scorm: Scorm2004) -> Iterator[Problem]:
    """The parts of a sequencing are known, stand in their order, and as often as they may.

    Control mode, sequencing rules, limit conditions, rollup rules, objectives, randomization, delivery
    controls, then ADL's own. LMSs refuse the package, or overlook what stands in the wrong place.
    """
    yield from (problem(scorm, fault) for fault in _faults(scorm) if fault.flaw in MISPLACED)


@SEQUENCING_2004.rule(61, "incomplete-sequencing", Severity.ERROR, spec="SCORM 2004 CAM 5.1; IMS SS 1.0")
def incomplete(scorm: Scorm2004) -> Iterator[Problem]:
    """Nothing is missing that a sequencing can't do without.

    A rule has its action, conditions their condition, `objectives` a `primaryObjective` first, `mapInfo` the
    global objective it maps to.
    """
    yield from (problem(scorm, fault) for fault in _faults(scorm) if fault.flaw in MISSING)


@SEQUENCING_2004.rule(62, "wrong-sequencing-value", Severity.ERROR, spec="SCORM 2004 CAM 5.1; IMS SS 1.0")
def wrong_value(scorm: Scorm2004) -> Iterator[Problem]:
    """The attributes and texts of a sequencing are of the standard's words and numbers.

    `true` or `false`, measures from -1 to 1, conditions and actions letter by letter. An LMS that takes the
    package all the same leaves the rule out, and learners go another way than intended.
    """
    yield from (problem(scorm, fault) for fault in _faults(scorm) if fault.flaw in WRONG)


def _name(element: Element, attribute: str) -> str:
    """An id or a reference to one, empty where there is none; more blanks than one and `%`-codes do not count."""
    return " ".join(unquote(element.attributes.get(attribute, "")).split())


@dataclass(frozen=True, slots=True)
class Activity:
    """An organization or item with the sequencing that counts for it: its own first, then the shared one."""

    element: Element
    sequencings: tuple[Element, ...]

    def all(self, name: str) -> Iterator[Element]:
        """The elements of sequencing of that name, those of the shared one last."""
        for sequencing in self.sequencings:
            yield from (part for part in sequencing.walk() if (part.name, part.namespace) == (name, IMSSS))

    def objectives(self) -> list[Element]:
        """The local objectives; those of its own hide all of the shared ones (CAM 5.1.1)."""
        for sequencing in self.sequencings:
            groups = list(sequencing.named("objectives"))
            if groups:
                names = {"primaryObjective", "objective"}
                return [part for group in groups for part in group.children if part.name in names]
        return []


def _shared(scorm: Scorm2004) -> Mapping[str, Element]:
    """The sequencings of the collection by their IDs."""
    collections = (part for part in scorm.manifest.root.walk() if part.name == "sequencingCollection")
    found = (part for collection in collections for part in collection.named("sequencing", IMSSS))
    return {_name(part, "ID"): part for part in found if _name(part, "ID")}


def _activities(scorm: Scorm2004) -> Iterator[Activity]:
    shared = _shared(scorm)
    for element in scorm.manifest.root.walk():
        if element.name in {"organization", "item"} and element.namespace == scorm.manifest.root.namespace:
            own = element.first("sequencing", IMSSS)
            if own is not None:
                other = shared.get(_name(own, "IDRef"))
                yield Activity(element, (own,) if other is None else (own, other))


@SEQUENCING_2004.rule(63, "unknown-sequencing", Severity.ERROR, spec="SCORM 2004 CAM 5.1.1 (IDRef)")
def unknown_sequencing(scorm: Scorm2004) -> Iterator[Problem]:
    """The sequencing that an item refers to by `IDRef` stands in the `sequencingCollection`.

    It holds the rules that several items share. Where it is missing, the item has none of them.
    """
    shared = _shared(scorm)
    for activity in _activities(scorm):
        own = activity.sequencings[0]
        reference = _name(own, "IDRef")
        if reference and reference not in shared:
            hint = did_you_mean(reference, shared, "put it into <imsss:sequencingCollection> under that ID")
            yield Problem(scorm.at(own.place), f"there is no sequencing {reference!r}", hint)


@SEQUENCING_2004.rule(64, "duplicate-objective", Severity.ERROR, spec="SCORM 2004 CAM 5.1.7 (objectiveID)")
def duplicate_objective(scorm: Scorm2004) -> Iterator[Problem]:
    """The objectives of one item have different ids.

    The content finds its objectives by them; two of one name share one result.
    """
    for activity in _activities(scorm):
        seen: set[str] = set()
        for objective in activity.objectives():
            name = _name(objective, "objectiveID")
            if name and name in seen:
                message = f"the objective {name!r} is already in this {activity.element.name}"
                yield Problem(scorm.at(objective.place), message, "give each its own objectiveID")
            seen.add(name)


@SEQUENCING_2004.rule(65, "unknown-referenced-objective", Severity.ERROR, spec="SCORM 2004 CAM 5.1.3")
def unknown_referenced_objective(scorm: Scorm2004) -> Iterator[Problem]:
    """A rule's condition refers to an objective of the same item.

    Otherwise its status is never known, and the rule never comes true. Global objectives can't be named
    here: map one to a local objective by `mapInfo`, and name that. Names are compared as addresses are, with
    `%20` read as a blank and several blanks as one, as ADL's own test courses demand.
    """
    for activity in _activities(scorm):
        known = {_name(part, "objectiveID") for part in activity.objectives()}
        for condition in activity.all("ruleCondition"):
            name = _name(condition, "referencedObjective")
            if name and name not in known:
                hint = did_you_mean(name, known, "name an objective of this item")
                yield Problem(scorm.at(condition.place), f"the item has no objective {name!r}", hint)


@SEQUENCING_2004.rule(66, "mapped-objective-without-id", Severity.WARNING, spec="SCORM 2004 CAM 5.1.7.1")
def mapped_objective_without_id(scorm: Scorm2004) -> Iterator[Problem]:
    """A primary objective that is mapped to a global one has an `objectiveID`.

    The standard demands it, and without it the content does not find the objective among its own.
    """
    for activity in _activities(scorm):
        for objective in activity.objectives():
            mapped = objective.first("mapInfo") is not None
            if mapped and objective.name == "primaryObjective" and not _name(objective, "objectiveID"):
                message = "this primaryObjective is mapped, but has no objectiveID"
                yield Problem(scorm.at(objective.place), message, "add the attribute objectiveID")


_WRITES = ("writeSatisfiedStatus", "writeNormalizedMeasure")


@SEQUENCING_2004.rule(
    67, "objectives-write-the-same", Severity.WARNING, spec="SCORM 2004 CAM 5.1.7.3 (mapInfo)"
)
def objectives_write_the_same(scorm: Scorm2004) -> Iterator[Problem]:
    """Of one item, only one objective writes the same global objective.

    Which result it has in the end is undefined otherwise.
    """
    for activity in _activities(scorm):
        seen: dict[tuple[str, str], Element] = {}
        for objective in activity.objectives():
            for mapped in objective.named("mapInfo"):
                target = _name(mapped, "targetObjectiveID")
                for what in _WRITES:
                    writes = mapped.attributes.get(what) in {"true", "1"}
                    if writes and seen.setdefault((target, what), objective) is not objective:
                        message = f"another objective of this item writes {target!r} already"
                        yield Problem(scorm.at(mapped.place), message, f"take {what} out of one of them")


@SEQUENCING_2004.rule(68, "unreachable-items", Severity.WARNING, spec="SCORM 2004 SN 3.2 (controlMode); SB.2")
def unreachable_items(scorm: Scorm2004) -> Iterator[Problem]:
    """Items can be come to: by choice, by flow, or both.

    Where both are off, the LMS neither shows them in its menu nor leads on to them, and only content that
    asks for a jump (4th edition) opens them. Without a control mode, choice is on and flow is off.
    """
    for activity in _activities(scorm):
        modes = list(activity.all("controlMode"))
        items = list(activity.element.named("item"))
        if not modes or not items or all(item.first("item") for item in items):
            continue
        choice, flow = (modes[0].attributes.get(name) for name in ("choice", "flow"))
        if choice in {"false", "0"} and flow in {None, "false", "0"}:
            message = "neither choice nor flow leads to the items here"
            yield Problem(scorm.at(modes[0].place), message, 'write flow="true" or choice="true"')
