"""What one package holds: a module, or the whole course, in one variant."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cached_property

from kurspakke.course import Course, Module
from kurspakke.variant import Variant

COMBINED = "all"


def identifier_of(course: str, unit: str, suffixes: tuple[str, ...], language: str) -> str:
    """A SCORM manifest's identifier: stable, without version, and unique in its first 15 characters.

    SuccessFactors tells packages apart by those 15. Languages and audiences are packages of their own there.
    """
    name = "-".join([course, unit, *suffixes, language])
    digest = base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()
    return f"{unit[:6].rstrip('-')}-{digest[:8]}-{name}"


@dataclass(frozen=True)
class Unit:
    """The modules of a package, all of them already localised. `combined` units hold the whole course."""

    course: Course
    modules: tuple[Module, ...]
    variant: Variant
    combined: bool

    @property
    def id(self) -> str:
        """The module's id, or `all`."""
        return COMBINED if self.combined else self.modules[0].id

    @property
    def title(self) -> str:
        """What an LMS calls the package."""
        return self.course.head.title if self.combined else self.modules[0].title

    @property
    def description(self) -> str:
        """A sentence or two about it."""
        return self.course.head.description if self.combined else self.modules[0].head.description

    @property
    def keywords(self) -> tuple[str, ...]:
        """Words to find it by, each once."""
        words = self.course.head.keywords + (() if self.combined else self.modules[0].head.keywords)
        return tuple(dict.fromkeys(words))

    @property
    def minutes(self) -> int:
        """How long it takes alone."""
        return sum(module.head.minutes for module in self.modules)

    @cached_property
    def activity(self) -> str:
        """The xAPI activity id of the package. The same in every language, so that results can be compared."""
        return self.activity_of(None if self.combined else self.modules[0])

    def activity_of(self, module: Module | None) -> str:
        """The xAPI activity id of a module, or of the course."""
        parts = [self.course.id, *self.variant.suffixes, *([module.id] if module else [])]
        return self.course.head.activity_base + "/".join(parts)

    @cached_property
    def identifier(self) -> str:
        """The SCORM manifest's identifier."""
        return identifier_of(self.course.id, self.id, self.variant.suffixes, self.variant.language)

    def file_name(self, format_name: str) -> str:
        """The zip's name: stable, without version."""
        parts = [self.course.id, self.id, *self.variant.suffixes, self.variant.language, format_name]
        return "-".join(parts) + ".zip"
