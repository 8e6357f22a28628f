"""CM5-019 to CM5-029: the form of cmi5 course structures, as their schema has it."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.formats.cmi5_manifest import CMI5
from kurspakke.formats.scorm12_manifest import XSI
from kurspakke.rules.cmi5 import Cmi5Package
from kurspakke.rules.cmi5_grammar import COURSE_STRUCTURE
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.grammar import Fault, Flaw, faults

CMI5_FORM: Family[Cmi5Package] = Family("CM5")


@CMI5_FORM.rule(19, "misplaced-cmi5-element", Severity.ERROR, spec="cmi5 13.2.0.0-1; 13.1.5.0-2")
def misplaced_cmi5_element(subject: Cmi5Package) -> Iterator[Problem]:
    """The parts of the course structure are known and stand in their order.

    LMSs that validate by the schema refuse the package; others overlook what stands in the wrong place.
    Elements in other namespaces are extensions, and come last.
    """
    for fault in _faults(subject):
        if fault.flaw in {Flaw.UNKNOWN_CHILD, Flaw.LATE_CHILD}:
            yield _problem(subject, fault)


def _faults(subject: Cmi5Package) -> Iterator[Fault]:
    return faults(subject.course.root, {CMI5: COURSE_STRUCTURE})


def _problem(subject: Cmi5Package, fault: Fault) -> Problem:
    return Problem(subject.at(fault.element.place), fault.message, fault.hint)


@CMI5_FORM.rule(20, "repeated-cmi5-element", Severity.ERROR, spec="cmi5 13.2.0.0-1")
def repeated_cmi5_element(subject: Cmi5Package) -> Iterator[Problem]:
    """Titles, descriptions, lists of objectives and the like stand once in their element.

    The schema refuses a second one; LMSs that do not validate take the first or the last. Several languages
    are several `langstring` elements in one `title`.
    """
    for fault in _faults(subject):
        # CM5-002 counts courses, CM5-008 urls.
        if fault.flaw is Flaw.REPEATED_CHILD and fault.element.name not in {"course", "url"}:
            yield _problem(subject, fault)


@CMI5_FORM.rule(21, "unknown-cmi5-attribute", Severity.ERROR, spec="cmi5 13.2.0.0-1; 13.1.5.0-2")
def unknown_cmi5_attribute(subject: Cmi5Package) -> Iterator[Problem]:
    """The attributes are those of the standard, written with its capitals; others have a namespace of their own.

    `masteryscore` or `moveon` mean nothing, and the AU is then satisfied otherwise than intended. LMSs that
    validate by the schema refuse the package.
    """
    for fault in _faults(subject):
        if fault.flaw is Flaw.UNKNOWN_ATTRIBUTE:
            yield _problem(subject, fault)


@CMI5_FORM.rule(22, "empty-cmi5-objectives", Severity.ERROR, spec="cmi5 13.2.0.0-1; 13.1.3")
def empty_cmi5_objectives(subject: Cmi5Package) -> Iterator[Problem]:
    """A list of objectives has at least one, with texts where it is declared and without where it is referred to.

    Leave `objectives` out where there are none. Declared, each has one `title` and one `description`.
    """
    for parent in subject.course.root.walk():
        if parent.name != "objectives" or parent.namespace != CMI5:
            continue
        if parent.first("objective") is None:
            yield Problem(subject.at(parent.place), "<objectives> is empty", "leave it out")
        for objective in parent.named("objective"):
            for name in ("title", "description"):
                found = list(objective.named(name))
                if "idref" in objective.attributes and found:
                    message = f"a reference to an objective holds a {name}"
                    yield Problem(subject.at(found[0].place), message, "take it out; the objective has it")
                elif len(found) > 1:
                    yield Problem(subject.at(found[1].place), f"a second {name}", "keep one")


@CMI5_FORM.rule(23, "cmi5-text-without-langstring", Severity.ERROR, spec="cmi5 13.2.0.0-1; 13.1.1")
def cmi5_text_without_langstring(subject: Cmi5Package) -> Iterator[Problem]:
    """A title or description holds `langstring` elements, and no bare text beside them.

    The schema refuses the text; LMSs that do not validate leave it out.
    """
    for element in subject.course.root.walk():
        named = element.name in {"title", "description"} and element.namespace == CMI5
        if named and element.text.strip() and element.first("langstring"):
            message = f"there is text beside the langstring: {element.text.strip()[:40]!r}"
            yield Problem(subject.at(element.place), message, 'put it into a <langstring lang="nb">')


@CMI5_FORM.rule(24, "cmi5-extension-without-schema", Severity.NOTE, spec="cmi5 13.1.5.0-1")
def extension_without_schema(subject: Cmi5Package) -> Iterator[Problem]:
    """Elements in namespaces of one's own come with a schema: `xsi:schemaLocation` says where it is.

    The standard lets LMSs reject the course structure otherwise; ADL's own player does not look.
    """
    root = subject.course.root
    told = " ".join(part.get("schemaLocation", XSI) or "" for part in root.walk()).split()
    seen: set[str] = set()
    for element in root.walk():
        if element.namespace != root.namespace and element.namespace not in {*told, *seen}:
            seen.add(element.namespace)
            message = f"there is no schema for {element.namespace or 'elements without a namespace'}"
            yield Problem(subject.at(element.place), message, "name it in xsi:schemaLocation")
