"""Findings that were there before: those are known, and only new ones are news.

The file is JSON: `{"version": 1, "tool", "findings": [{"fingerprint", "target", "rule", "name", "path", "message",
"count"}]}`. `target` is the path from the file's folder; `path` is that of the file in the target. A finding is known
by `target` and `fingerprint`, as often as `count` says; the rest is for people.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kurspakke import __version__
from kurspakke.findings import Finding, KurspakkeError
from kurspakke.fingerprint import fingerprint, inside
from kurspakke.reporters.target import Compared, Entry, TargetReport

VERSION = 1


def _entry(plain: Mapping[str, Any]) -> Entry:
    """One finding as it stands in the file; TypeError where that is none."""
    kinds = {field: int if field == "count" else str for field in Entry.__match_args__}
    if any(type(plain[field]) is not kind for field, kind in kinds.items()):
        raise TypeError
    return Entry(**plain)


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a baseline file in the folder `folder` holds."""

    folder: Path
    entries: tuple[Entry, ...] = ()

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """The baseline in a file.

        Raises:
            KurspakkeError: it can't be read, or is no baseline.
        """
        try:
            value = json.loads(path.read_bytes())
            if value["version"] != VERSION:
                raise KurspakkeError(f"{path}: a baseline of version {value['version']}", "write it anew")
            return cls(path.parent, tuple(map(_entry, value["findings"])))
        except OSError as error:
            message = f"can't read {path}: {error.strerror or error}"
            raise KurspakkeError(message, "make it with --write-baseline") from error
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise KurspakkeError(f"{path} is no baseline", "make it with --write-baseline") from error

    def write(self, path: Path, reports: Iterable[TargetReport]) -> None:
        """Note every finding of the reports in a file of this baseline's folder."""
        entries = [entry for report in reports for entry in self._entries(report)]
        value = {
            "version": VERSION,
            "tool": f"kurspakke {__version__}",
            "findings": [asdict(entry) for entry in entries],
        }
        path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", "utf-8")

    def compare(self, report: TargetReport) -> TargetReport:
        """The report with what is new, and what was known and what is gone told apart."""
        target = self._name(report.path)
        mine = {entry.fingerprint: entry for entry in self.entries if entry.target == target}
        left = Counter({mark: entry.count for mark, entry in mine.items()})
        new: list[Finding] = []
        known: list[Finding] = []
        for finding in report.findings:
            mark = fingerprint(finding, report.path)
            if left[mark] > 0:
                left[mark] -= 1
                known.append(finding)
            else:
                new.append(finding)
        fixed = tuple(replace(entry, count=left[mark]) for mark, entry in mine.items() if left[mark] > 0)
        return replace(report, findings=tuple(new), known=tuple(known), compared=Compared(len(known), fixed))

    def _entries(self, report: TargetReport) -> Iterable[Entry]:
        found: dict[str, Entry] = {}
        for finding in report.findings:
            mark = fingerprint(finding, report.path)
            earlier = found.get(mark)
            count = earlier.count + 1 if earlier else 1
            path = inside(finding, report.path)
            rule = finding.rule
            found[mark] = Entry(
                mark, self._name(report.path), rule.id, rule.name, path, finding.message, count
            )
        return sorted(found.values(), key=lambda entry: (entry.path, entry.rule, entry.fingerprint))

    def _name(self, target: str) -> str:
        """The target's path as seen from the baseline's folder."""
        try:
            return Path(os.path.relpath(target, self.folder)).as_posix()
        except ValueError:  # on another drive
            return Path(target).absolute().as_posix()
