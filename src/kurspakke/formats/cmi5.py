"""cmi5: cmi5.xml, the course structure with an assignable unit (AU) for each module (cmi5 1.0, sections 13 and 14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kurspakke.course import Module
from kurspakke.filetree import File, FileTree
from kurspakke.formats.cmi5_manifest import CMI5
from kurspakke.formats.xmlwriter import Element, element, to_bytes
from kurspakke.markdown import plain
from kurspakke.unit import Unit

NAME = "cmi5"
MANIFEST = "cmi5.xml"
_MODULE = "http://adlnet.gov/expapi/activities/module"


def documents(unit: Unit) -> Mapping[str, Sequence[Module]]:
    """A document for each AU; one base name is never used twice, since Open edX finds files by it."""
    if not unit.combined:
        return {"index.html": unit.modules}
    return {f"{module.id}.html": (module,) for module in unit.modules}


def control_files(unit: Unit, site: FileTree) -> FileTree:  # noqa: ARG001 - cmi5.xml lists no files
    """The course structure."""
    root = element(f"{{{CMI5}}}courseStructure", namespaces={None: CMI5})
    course = element(f"{{{CMI5}}}course", root, attributes={"id": _course_id(unit)})
    _text(course, "title", unit, unit.title)
    _text(course, "description", unit, unit.description)
    goals = [(module, goal) for module in unit.modules for goal in module.head.goals]
    if goals:
        objectives = element(f"{{{CMI5}}}objectives", root)
        for module, goal in goals:
            objective = element(
                f"{{{CMI5}}}objective", objectives, attributes={"id": _goal_id(unit, module, goal.id)}
            )
            _text(objective, "title", unit, plain(goal.text))
            _text(objective, "description", unit, plain(goal.text))
    for name, (module,) in documents(unit).items():
        _assignable_unit(root, unit, module, name)
    return FileTree({MANIFEST: File(to_bytes(root))})


def _assignable_unit(root: Element, unit: Unit, module: Module, name: str) -> None:
    mastery = module.head.mastery_score
    au = element(
        f"{{{CMI5}}}au",
        root,
        attributes={
            "id": unit.activity_of(module),
            "moveOn": "CompletedAndPassed" if "mastery" in module.head.completion.require else "Completed",
            **({"masteryScore": f"{mastery / 100:g}"} if mastery is not None else {}),
            "launchMethod": "AnyWindow",
            "activityType": _MODULE,
        },
    )
    _text(au, "title", unit, module.title)
    _text(au, "description", unit, module.head.description)
    if module.head.goals:
        references = element(f"{{{CMI5}}}objectives", au)
        for goal in module.head.goals:
            element(f"{{{CMI5}}}objective", references, attributes={"idref": _goal_id(unit, module, goal.id)})
    element(f"{{{CMI5}}}url", au, name)


def _text(parent: Element, name: str, unit: Unit, text: str) -> None:
    element(
        f"{{{CMI5}}}langstring",
        element(f"{{{CMI5}}}{name}", parent),
        text,
        attributes={"lang": unit.variant.language},
    )


def _course_id(unit: Unit) -> str:
    """The course's own id; a package of one module is a course of its own, and its id differs from its AU's."""
    return unit.activity if unit.combined else f"{unit.activity}/course"


def _goal_id(unit: Unit, module: Module, goal: str) -> str:
    return f"{unit.activity_of(module)}/goals/{goal}"
