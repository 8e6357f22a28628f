"""Learning object metadata in a SCORM 1.2 manifest: IMS Learning Resource Meta-data 1.2.1.

All that SCORM 1.2 (CAM 2.2) demands of a content aggregation is there, in the order the schema wants.
"""

from __future__ import annotations

from kurspakke.formats.scorm12_manifest import IMSMD
from kurspakke.formats.xmlwriter import Element, element
from kurspakke.markdown import plain
from kurspakke.unit import Unit


def describe(metadata: Element, unit: Unit, launch: str) -> None:
    """Add the record of `unit` to a metadata element."""
    head = unit.course.head
    language = unit.variant.language
    lom = _add(metadata, "lom")

    general = _add(lom, "general")
    _strings(general, "title", language, unit.title)
    entry = _add(general, "catalogentry")
    _add(entry, "catalog", "URI")
    _strings(entry, "entry", "x-none", unit.activity)
    _add(general, "language", language)
    _strings(general, "description", language, unit.description)
    for keyword in unit.keywords or (unit.title,):
        _strings(general, "keyword", language, keyword)

    lifecycle = _add(lom, "lifecycle")
    _strings(lifecycle, "version", "x-none", head.version)
    _vocabulary(lifecycle, "status", "Final")
    contribute = _add(lifecycle, "contribute")
    _vocabulary(contribute, "role", "Publisher")
    _add(
        _add(contribute, "centity"),
        "vcard",
        f"BEGIN:VCARD\nVERSION:2.1\nFN:{head.publisher}\nORG:{head.publisher}\nEND:VCARD",
    )

    _add(_add(lom, "metametadata"), "metadatascheme", "ADL SCORM 1.2")

    technical = _add(lom, "technical")
    _add(technical, "format", "text/html")
    _add(technical, "location", launch, attributes={"type": "URI"})

    educational = _add(lom, "educational")
    _add(_add(educational, "typicallearningtime"), "datetime", f"PT{unit.minutes // 60}H{unit.minutes % 60}M")
    _add(educational, "language", language)

    rights = _add(lom, "rights")
    _vocabulary(rights, "cost", "no")
    _vocabulary(rights, "copyrightandotherrestrictions", "yes")
    _strings(rights, "description", language, f"{head.licence.name}: {head.licence.url}")

    classification = _add(lom, "classification")
    _vocabulary(classification, "purpose", "Educational Objective")
    goals = [plain(goal.text) for module in unit.modules for goal in module.head.goals]
    _strings(classification, "description", language, " ".join(goals) or unit.description)
    for keyword in unit.keywords or (unit.title,):
        _strings(classification, "keyword", language, keyword)


def _add(
    parent: Element, name: str, text: str | None = None, attributes: dict[str, str] | None = None
) -> Element:
    return element(f"{{{IMSMD}}}{name}", parent, text, attributes=attributes)


def _strings(parent: Element, name: str, language: str, text: str) -> None:
    """A text with its language."""
    made = _add(_add(parent, name), "langstring", text)
    made.set("{http://www.w3.org/XML/1998/namespace}lang", language)


def _vocabulary(parent: Element, name: str, value: str) -> None:
    """A word from LOM's own vocabulary."""
    made = _add(parent, name)
    _strings(made, "source", "x-none", "LOMv1.0")
    _strings(made, "value", "x-none", value)
