"""Things that can be switched on and off for each package while it is previewed."""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock


class UnknownSwitchError(ValueError):
    """There is no switch of that name."""


class Switches:
    """Which of the things of these `names` are on for each package now, by the package's id; from any thread."""

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self._lock = Lock()
        self._on: dict[str, frozenset[str]] = {}

    def of(self, package: str) -> frozenset[str]:
        """What is on for the package."""
        with self._lock:
            return self._on.get(package, frozenset())

    def switch(self, package: str, on: Iterable[str]) -> frozenset[str]:
        """Have just these things on.

        Raises:
            UnknownSwitchError: there is none of that name.
        """
        chosen = frozenset(on)
        if unknown := sorted(chosen.difference(self.names)):
            raise UnknownSwitchError(f"there is no {', '.join(unknown)}, only {', '.join(self.names)}")
        with self._lock:
            self._on[package] = chosen
        return chosen

    def by_words(self, package: str, words: str) -> frozenset[str]:
        """Have on what a word of an address names, such as `slow,offline`; what is no name is nothing."""
        return self.switch(package, set(self.names).intersection(words.replace(" ", ",").split(",")))
