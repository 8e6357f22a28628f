"""Kinds of values that options of several commands take."""

from __future__ import annotations

import os
from collections.abc import Sequence

import click


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class NameList(click.ParamType[tuple[str, ...]]):
    """Names separated by commas; with `known`, only those."""

    name = "names"

    def __init__(self, known: Sequence[str] = ()) -> None:
        self.known = known

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names in a value such as `nb,nn`."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        for name in names:
            if self.known and name not in self.known:
                self.fail(f"{name!r} is not one of {', '.join(self.known)}", param, ctx)
        return tuple(dict.fromkeys(names))


def is_url(value: str | None) -> bool:
    """Whether the value of `-o` names a place in a store; anything else is a folder, also `C://dist`."""
    scheme, mark, _ = (value or "").partition("://")
    return bool(mark) and len(scheme) > 1 and not {"/", "\\"} & set(scheme)
