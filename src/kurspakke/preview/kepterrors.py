"""The errors that hinder packages, kept while nothing that the rules read is another than before: a template is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kurspakke.coursefiles import Entry
from kurspakke.findings import Finding
from kurspakke.preview.keptfindings import KeptFindings
from kurspakke.rules.source import hindrances
from kurspakke.source import Source

_TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class _Judged:
    source: Source
    today: date
    errors: tuple[Finding, ...]


class KeptErrors:
    """For sources whose documents a `KeptReader` read."""

    def __init__(self) -> None:
        self._findings = KeptFindings()
        self._last: _Judged | None = None

    def of(self, source: Source, today: date) -> tuple[Finding, ...]:
        """See `rules.source.hindrances`."""
        last = self._last
        if last is None or last.today != today or not _reads_the_same(last.source, source):
            self._last = last = _Judged(source, today, hindrances(source, today, self._findings))
        return last.errors


def _reads_the_same(before: Source, now: Source) -> bool:
    """Whether every document is the very same, and every other file as it was."""
    return (
        _same(before.shaped, now.shaped)
        and _same(before.catalogs, now.catalogs)
        and _files(before) == _files(now)
        and before.files.links == now.files.links
    )


def _same(before: Mapping[str, object], now: Mapping[str, object]) -> bool:
    return before.keys() == now.keys() and all(now[name] is known for name, known in before.items())


def _files(source: Source) -> Mapping[str, Entry]:
    return {name: entry for name, entry in source.files.files.items() if not name.startswith(_TEMPLATES)}
