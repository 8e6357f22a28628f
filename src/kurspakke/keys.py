"""The short keys under which pages, questions and assessments stand in a learner's saved state."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kurspakke.course import Module


@cache
def key_of(name: str) -> str:
    """Three base64url characters made from `<module>.<id>` alone.

    Reordering, adding or removing pages in a later version therefore never mixes up what is saved. That two names of
    a module have the same key is a finding (keys-collide).
    """
    return base64.urlsafe_b64encode(hashlib.sha256(name.encode()).digest())[:3].decode()


def tracked_names(modules: Iterable[Module]) -> Iterator[str]:
    """The names of all pages, questions and assessments of the modules."""
    for module in modules:
        ids = [page.id for page in module.pages]
        for component in module.components():
            ids += (name for name, _ in component.interactions())
            if component.kept is not None:
                ids.append(component.id)
        yield from (f"{module.id}.{name}" for name in ids)


def collisions(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name whose key an earlier, other name has, after that other name."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(key_of(name), name)
        if first != name:
            yield first, name
