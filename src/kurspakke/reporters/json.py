"""The report for machines; its form is numbered, and changes only with its number."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from kurspakke import __version__
from kurspakke.coverage import Covered
from kurspakke.findings import Finding, count
from kurspakke.minding import minding
from kurspakke.reporters.target import TargetReport
from kurspakke.wcag import spec_of

VERSION = 1


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """The findings of all targets as one JSON object."""
    del colour  # JSON has none
    return json.dumps(document(targets), ensure_ascii=False, indent=2) + "\n"


def document(targets: Sequence[TargetReport]) -> dict[str, Any]:
    """The report as plain values."""
    everything = [finding for target in targets for finding in target.findings]
    return {
        "version": VERSION,
        "tool": f"kurspakke {__version__}",
        "targets": [
            {
                "path": target.path,
                "kind": target.kind,
                "findings": [finding_json(finding) for finding in target.findings],
                **({"goals": [_goal(goal) for goal in target.goals]} if target.goals else {}),
                **({"modules": modules} if (modules := _modules(target)) else {}),
                **({"baseline": asdict(target.compared)} if target.compared else {}),
            }
            for target in targets
        ],
        "summary": {severity.value: number for severity, number in count(everything).items()},
    }


def _modules(target: TargetReport) -> list[dict[str, Any]]:
    """What the modules ask of a reader; the coordinator's texts are none."""
    return [asdict(each) for each in target.readings if each.minutes is not None]


def _goal(goal: Covered) -> dict[str, Any]:
    return {"module": goal.module, "goal": goal.goal, "text": goal.text, "components": list(goal.components)}


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding as plain values."""
    rule, location = finding.rule, finding.location
    return {
        "rule": rule.id,
        "name": rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "location": {"path": location.path, "line": location.line, "column": location.column},
        "spec": spec_of(rule),
        "profiles": list(finding.profiles or minding(rule.id)),
    }
