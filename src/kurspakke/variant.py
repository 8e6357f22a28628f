"""Which version of a course is meant: its language, its audience, its edition."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Variant:
    """What is asked for. No audience means the course's first one; no edition means the national one."""

    language: str
    audience: str | None = None
    edition: str | None = None

    @property
    def suffixes(self) -> tuple[str, ...]:
        """What a variant's file names and identifiers have besides the ids of course and module."""
        return tuple(part for part in (self.edition, self.audience) if part)
