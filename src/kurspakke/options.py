"""Kinds of values that options of several commands take."""

from __future__ import annotations

from collections.abc import Sequence

import click


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
