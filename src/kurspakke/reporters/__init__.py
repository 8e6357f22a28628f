"""Findings in the forms that people and machines want: one module each, all in the table below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import Protocol, cast

from kurspakke.reporters.target import TargetReport

__all__ = ["REPORTERS", "Reporter", "TargetReport"]


class Reporter(Protocol):
    """A form of report."""

    def render(self, targets: Sequence[TargetReport], *, colour: bool = False) -> str:
        """The whole report, ending in a line feed; `colour` is for terminals, where a form has any."""


class _Table(Mapping[str, Reporter]):
    """Each form by its module's name; the module is read when it is asked for, since most runs want one."""

    _names = ("text", "json", "sarif", "junit", "github", "html")

    def __getitem__(self, name: str) -> Reporter:
        if name not in self._names:
            raise KeyError(name)
        return cast("Reporter", import_module(f"{__name__}.{name}"))

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


REPORTERS: Mapping[str, Reporter] = _Table()
"""Every form of report by the word that the command line knows it by."""
