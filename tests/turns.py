"""Which tests stay together when several processes share them, and which of them begin.

Most tests are given out one by one. Those that share something dear, such as a played story or a course of their own,
stay in one process, so that it is made once.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
FIRST = ("packaging", "lms", "conformance", "privacy", "states", "browser", "unit", "rules")
"""Folders, those first whose groups take longest: what takes long and begins late is waited for by everybody."""
STORY = "_story"
EVERYWHERE = frozenset({"judged"})
"""Fixtures of a module that its tests can have several of."""


def keep_together(items: Sequence[pytest.Item]) -> None:
    """Name the group of each test that has one."""
    for item in items:
        if isinstance(item, pytest.Function) and (group := _group(item)):
            item.add_marker(pytest.mark.xdist_group(group))


def kept_together(items: Sequence[pytest.Item]) -> bool:
    """Whether the groups have come into the ids of the tests: the controlling process sees nothing else of them."""
    return all("@" in item.nodeid for item in items if item.get_closest_marker("xdist_group"))


def in_turn(items: list[pytest.Item]) -> None:
    """Groups before single tests, slow ones before quick ones; else in their order."""
    items.sort(key=_turn)


def _group(item: pytest.Function) -> str | None:
    if item.get_closest_marker("xdist_group"):
        return None
    if lms := _lms(item):
        return lms
    # pytest has no open way to ask for the scope of a fixture.
    fixtures = item._fixtureinfo.name2fixturedefs
    shares = any(known[-1].scope == "module" for name, known in fixtures.items() if name not in EVERYWHERE)
    quick = not item.get_closest_marker("slow")
    return item.path.relative_to(TESTS).as_posix() if shares or quick else None


def _lms(item: pytest.Function) -> str | None:
    """The LMS (or the launch of our own) whose story a test looks at; Open edX is one server for two stories."""
    asked = [*item.fixturenames, *(item.callspec.params.values() if hasattr(item, "callspec") else ())]
    stories = [str(name) for name in asked if str(name).endswith(STORY)]
    return stories[-1].removesuffix(STORY).removesuffix("_cmi5") if stories else None


def _turn(item: pytest.Item) -> tuple[bool, bool, int]:
    folder = item.path.relative_to(TESTS).parts[0]
    return (
        not item.get_closest_marker("slow"),
        not item.get_closest_marker("xdist_group"),
        FIRST.index(folder) if folder in FIRST else len(FIRST),
    )
