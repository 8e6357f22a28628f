"""The privacy tables of a release: what its packages send, read and keep, format by format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kurspakke.privacy import Ledger, Row, ledger
from kurspakke.release.version import Version


@dataclass(frozen=True, slots=True)
class PrivacyTable:
    """What the packages of these modules do in one format; texts are keys of the interface's words."""

    format: str
    modules: tuple[str, ...]
    ledger: Ledger


def privacy_tables(version: Version, activity: str) -> tuple[PrivacyTable, ...]:
    """The tables of a version, modules that do the same together; `activity` stands for each module's own id."""
    return tuple(_tables(version, activity))


def _tables(version: Version, activity: str) -> Iterator[PrivacyTable]:
    formats = dict.fromkeys(package.label.format for package in version.packages)
    for name in sorted(formats, key=("scorm12", "xapi", "cmi5", "web").index):
        together: dict[Ledger, list[str]] = {}
        for unit in version.units:
            if not unit.combined or len(version.units) == 1:
                told = _without(ledger(unit, unit.modules, name), unit.activity, f"<{activity}>")
                together.setdefault(told, []).append(unit.title)
        for told, modules in together.items():
            yield PrivacyTable(name, tuple(modules), told)


def _without(told: Ledger, activity: str, stand_in: str) -> Ledger:
    return replace(told, rows=tuple(_row(row, activity, stand_in) for row in told.rows))


def _row(row: Row, activity: str, stand_in: str) -> Row:
    return replace(row, names=tuple(name.replace(activity, stand_in) for name in row.names))
