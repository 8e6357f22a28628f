"""What the manifest has an LMS of SCORM tell content: pass mark, launch data and the like.

Elements go by their local names, since packages write ADL's and IMS's namespaces in many ways.
"""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.formats.scorm12_manifest import Item, Manifest
from kurspakke.xmltree import Element


def told12(item: Item) -> dict[str, str]:
    """The elements of SCORM 1.2 that the item sets (RTE 3.4.4); an LMS tells the empty ones too."""
    return {
        "cmi.student_data.mastery_score": item.masteryscore[0].text if item.masteryscore else "",
        "cmi.launch_data": item.datafromlms[0].text if item.datafromlms else "",
    }


def told2004(manifest: Manifest, item: Item) -> dict[str, str]:
    """The elements of SCORM 2004 that the item sets (RTE 4.2), and no others: reading those is an error there."""
    element = next(each for each in manifest.root.walk() if each.place == item.place)
    told = {
        "cmi.launch_data": _text(element, "dataFromLMS"),
        "cmi.time_limit_action": _text(element, "timeLimitAction"),
        "cmi.completion_threshold": _threshold(element),
        "cmi.scaled_passing_score": _passing_score(manifest.root, element),
        **_objective_ids(manifest.root, element),
    }
    return {name: value for name, value in told.items() if value}


def _children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element.children if child.name == name)


def _text(element: Element, name: str) -> str:
    return next((child.text.strip() for child in _children(element, name)), "")


def _threshold(element: Element) -> str:
    """The least progress that completes it: a text until the 3rd edition, attributes in the 4th (CAM 3.4.1)."""
    for threshold in _children(element, "completionThreshold"):
        if threshold.attributes.get("completedByMeasure") == "true":
            return threshold.attributes.get("minProgressMeasure", "1.0")
        return threshold.text.strip()
    return ""


def _passing_score(root: Element, element: Element) -> str:
    """The least score that passes it, where a measure decides (CAM 5.1, minNormalizedMeasure)."""
    for objectives in _objectives(root, element):
        for primary in _children(objectives, "primaryObjective"):
            if primary.attributes.get("satisfiedByMeasure") == "true":
                return _text(primary, "minNormalizedMeasure") or "1.0"
        return ""
    return ""


def _objective_ids(root: Element, element: Element) -> dict[str, str]:
    """The objectives that an LMS lists before content does: those of the manifest that have an id (RTE 4.2.17)."""
    own = next(_objectives(root, element), None)
    ids = [each.attributes.get("objectiveID", "").strip() for each in own.children] if own else []
    return {f"cmi.objectives.{at}.id": each for at, each in enumerate(filter(None, ids))}


def _objectives(root: Element, element: Element) -> Iterator[Element]:
    """The item's own, and after them those of the sequencing that it refers to."""
    for own in _children(element, "sequencing"):
        yield from _children(own, "objectives")
        for collection in _children(root, "sequencingCollection"):
            for shared in _children(collection, "sequencing"):
                if shared.attributes.get("ID") == own.attributes.get("IDRef", ""):
                    yield from _children(shared, "objectives")
