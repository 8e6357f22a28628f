"""Which packages of a course are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from kurspakke.findings import UsageError
from kurspakke.locality.edition import NO_EDITIONS, Editions
from kurspakke.rules.suggest import did_you_mean
from kurspakke.shard import EVERYTHING, Shard
from kurspakke.variant import Variant

if TYPE_CHECKING:
    from kurspakke.course import Course, Module


@dataclass(frozen=True, slots=True)
class Selection:
    """Empty means: all that the course has (for audiences: the first one)."""

    formats: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    combined: bool = False
    editions: tuple[str, ...] = ()
    all_editions: bool = False
    shard: Shard = EVERYTHING

    @property
    def is_everything(self) -> bool:
        """True if nothing was left out, so that what a build does not make any more is not wanted any more."""
        parts = (self.formats, self.modules, self.languages, self.audiences, self.editions)
        return self.shard.is_all and not any(parts)

    @property
    def is_local(self) -> bool:
        """True if local editions are asked for."""
        return bool(self.editions or self.all_editions)

    def options(self) -> dict[str, object]:
        """As plain values, for comparing one build with another."""
        return asdict(self)

    def formats_of(self, course: Course) -> tuple[str, ...]:
        """The formats to build, in the order asked for."""
        return self.formats or course.head.formats

    def variants_of(self, course: Course, editions: Editions = NO_EDITIONS) -> Iterator[Variant]:
        """The combinations of edition, language and audience in the shard; editions come after the national one.

        An edition has its own language and audiences unless others are asked for. Raises UsageError for what the
        course does not have.
        """
        for place, variant in enumerate(self._every_variant(course, editions)):
            if self.shard.holds(place):
                yield variant

    def _every_variant(self, course: Course, editions: Editions) -> Iterator[Variant]:
        known = [audience.id for audience in course.head.audiences]
        _check("language", self.languages, course.languages)
        _check("audience", self.audiences, known)
        _check("edition", self.editions, editions.known)
        if not self.editions:
            for language in self.languages or course.languages:
                for audience in _named(self.audiences, known):
                    yield Variant(language, audience)
        for name in self.editions or (editions.whole if self.all_editions else ()):
            edition = editions.known[name]
            for language in self.languages or (edition.language,):
                for audience in _named(self.audiences or edition.audiences, known):
                    yield Variant(language, audience, name)

    def modules_of(self, course: Course, whole: Course) -> tuple[Module, ...]:
        """The chosen ones among the modules of a localised `course`; `whole` tells which there are at all."""
        _check("module", self.modules, whole.head.modules)
        return tuple(module for module in course.modules if not self.modules or module.id in self.modules)


def _named(audiences: Iterable[str], known: Sequence[str]) -> list[str | None]:
    """The audiences as variants name them: the course's first one has no name, and is meant where none is asked for."""
    return [None if name == known[0] else name for name in audiences] or [None]


def _check(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    known = tuple(known)
    for name in asked:
        if name not in known:
            hint = did_you_mean(name, known, f"the course has: {', '.join(known) or 'none'}")
            raise UsageError(f"the course has no {kind} «{name}»", hint)
