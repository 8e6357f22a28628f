"""SARIF 2.1.0, for code scanning: one run, each rule once, places that the platforms can show.

What lies inside a zip can't be shown by them, so such a finding's place is the zip; the file inside is its logical
location, and a related location (a nested artifact, SARIF 3.24.4) with line and column.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from kurspakke import __version__
from kurspakke.findings import Finding, Location, Rule, Severity
from kurspakke.fingerprint import fingerprint
from kurspakke.reporters.target import TargetReport, worst_first
from kurspakke.reporters.text import printable
from kurspakke.wcag import criteria_of, spec_of

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MOST_BYTES = 10_000_000
"""Code scanning takes no larger file."""
MOST_RESULTS = 25_000
"""Code scanning takes no more results of one run."""
_MESSAGE = 4_000
_ROOM = 100_000
"""Bytes kept for what stands around results, rules and artifacts."""

Node = dict[str, Any]


def render(targets: Sequence[TargetReport], *, colour: bool = False) -> str:
    """The findings of all targets as one run, the gravest first; what has no room is counted, not shown."""
    del colour
    run = _Run()
    for target, finding, mark in _worst_first(targets):
        run.add(target, finding, mark)
    return json.dumps(run.document(), ensure_ascii=False, separators=(",", ":")) + "\n"


def _worst_first(targets: Sequence[TargetReport]) -> list[tuple[TargetReport, Finding, str]]:
    found: list[tuple[TargetReport, Finding, str]] = []
    for target in targets:
        # Equal ones in one file are told apart by their order, so that one that is mended takes away one.
        seen: Counter[str] = Counter()
        for finding in worst_first(target.findings):
            mark = fingerprint(finding, target.path)
            seen[mark] += 1
            found.append((target, finding, f"{mark}:{seen[mark]}"))
    return sorted(found, key=lambda one: one[1].severity.rank)


class _Run:
    """A run that grows until it is full."""

    def __init__(self) -> None:
        self.rules: dict[str, int] = {}
        self.artifacts: dict[tuple[str, str], int] = {}
        self._rule_nodes: list[Node] = []
        self._artifact_nodes: list[Node] = []
        self._results: list[Node] = []
        self._left_out = 0
        self._bytes = _ROOM

    def add(self, target: TargetReport, finding: Finding, mark: str) -> None:
        """One more result, if there is room."""
        if self._left_out:  # the rest is milder or equal: a gap in the middle would only puzzle
            self._left_out += 1
            return
        result = _result(finding, mark, self._rule(finding.rule))
        result.update(self._places(target, finding))
        size = _size(result)
        if self._bytes + size > MOST_BYTES or len(self._results) >= MOST_RESULTS:
            self._left_out += 1
            return
        self._bytes += size
        self._results.append(result)

    def _rule(self, rule: Rule) -> int:
        if rule.id not in self.rules:
            self.rules[rule.id] = len(self._rule_nodes)
            self._rule_nodes.append(_rule(rule))
            self._bytes += _size(self._rule_nodes[-1])
        return self.rules[rule.id]

    def _artifact(self, key: tuple[str, str], node: Node) -> int:
        if key not in self.artifacts:
            self.artifacts[key] = len(self._artifact_nodes)
            self._artifact_nodes.append(node)
            self._bytes += _size(node)
        return self.artifacts[key]

    def _places(self, target: TargetReport, finding: Finding) -> Node:
        inside = target.inside(finding) if target.is_file else ""
        if not inside:
            return {"locations": [{"physicalLocation": self._physical(finding.location)}]}
        whole = self._physical(Location(target.path))
        parent = whole["artifactLocation"]["index"]
        uri = "/" + quote(inside, errors="replace")
        index = self._artifact(
            (target.path, inside), {"location": {"uri": uri}, "parentIndex": parent, "roles": ["resultFile"]}
        )
        nested = {"artifactLocation": {"uri": uri, "index": index}, **_region(finding.location)}
        name = printable(inside)
        logical = {"name": name, "fullyQualifiedName": printable(str(finding.location)), "kind": "resource"}
        return {
            "locations": [{"physicalLocation": whole, "logicalLocations": [logical]}],
            "relatedLocations": [{"id": 1, "physicalLocation": nested, "message": {"text": name}}],
        }

    def _physical(self, location: Location) -> Node:
        artifact = _artifact_location(location.path)
        index = self._artifact((location.path, ""), {"location": artifact, "roles": ["analysisTarget"]})
        return {"artifactLocation": {**artifact, "index": index}, **_region(location)}

    def document(self) -> Node:
        """The whole log."""
        driver = {
            "name": "kurspakke",
            "version": __version__,
            "semanticVersion": __version__,
            "rules": self._rule_nodes,
        }
        return {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "columnKind": "unicodeCodePoints",
                    "originalUriBaseIds": {
                        "%SRCROOT%": {"description": {"text": "where the validator was started"}}
                    },
                    "invocations": [{"executionSuccessful": True, **self._cut()}],
                    "artifacts": self._artifact_nodes,
                    "results": self._results,
                }
            ],
        }

    def _cut(self) -> Node:
        if not self._left_out:
            return {}
        text = (
            f"{self._left_out} findings have no room in this file and are left out, the mildest first; "
            "the JSON report has all of them"
        )
        return {"toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}]}


def _result(finding: Finding, mark: str, index: int) -> Node:
    text = printable(f"{finding.message}: {finding.hint}" if finding.hint else finding.message)
    return {
        "ruleId": finding.rule.id,
        "ruleIndex": index,
        "level": finding.severity.value,
        "message": {"text": text if len(text) <= _MESSAGE else f"{text[:_MESSAGE]} …"},
        "partialFingerprints": {"kurspakke/v1": mark},
    }


def _rule(rule: Rule) -> Node:
    first, _, rest = rule.explanation.partition("\n")
    spec = spec_of(rule)
    tags = [rule.id.split("-")[0], *(f"WCAG {criterion.number}" for criterion in criteria_of(rule))]
    help_text = "\n\n".join(filter(None, (rest.strip() or first, spec)))
    return {
        "id": rule.id,
        "name": "".join(part.capitalize() for part in rule.name.split("-")),
        "shortDescription": {"text": first},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": help_text, "markdown": help_text},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"tags": tags, "precision": "high", "problem.severity": _PROBLEM[rule.severity]},
    }


_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}


def _artifact_location(path: str) -> Node:
    """The file from where the validator was started; one that lies elsewhere by its whole address."""
    whole = os.path.abspath(path)  # noqa: PTH100 - Path.resolve would follow links
    try:
        below = Path(whole).relative_to(Path.cwd())
    except ValueError:
        return {"uri": Path(whole).as_uri()}
    return {"uri": quote(below.as_posix(), errors="replace"), "uriBaseId": "%SRCROOT%"}


def _region(location: Location) -> Node:
    numbers = dict(_numbers(location))
    return {"region": numbers} if numbers else {}


def _numbers(location: Location) -> Iterator[tuple[str, int]]:
    if location.line:
        yield "startLine", location.line
        if location.column:
            yield "startColumn", location.column


def _size(node: Node) -> int:
    return len(json.dumps(node, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")) + 1
