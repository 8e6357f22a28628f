"""Which packages of a course are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import product
from typing import TYPE_CHECKING

from kurspakke.findings import UsageError
from kurspakke.rules.suggest import did_you_mean
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

    @property
    def is_everything(self) -> bool:
        """True if nothing was left out, so that what a build does not make any more is not wanted any more."""
        return not (self.formats or self.modules or self.languages or self.audiences)

    def options(self) -> dict[str, object]:
        """As plain values, for comparing one build with another."""
        return asdict(self)

    def formats_of(self, course: Course) -> tuple[str, ...]:
        """The formats to build, in the order asked for."""
        return self.formats or course.head.formats

    def variants_of(self, course: Course) -> Iterator[Variant]:
        """Every combination of language and audience. Raises UsageError for one that the course does not have."""
        known = [audience.id for audience in course.head.audiences]
        _check("language", self.languages, course.languages)
        _check("audience", self.audiences, known)
        chosen = [None if name == known[0] else name for name in self.audiences] or [None]
        for language, audience in product(self.languages or course.languages, chosen):
            yield Variant(language, audience)

    def modules_of(self, course: Course, whole: Course) -> tuple[Module, ...]:
        """The chosen ones among the modules of a localised `course`; `whole` tells which there are at all."""
        _check("module", self.modules, whole.head.modules)
        return tuple(module for module in course.modules if not self.modules or module.id in self.modules)


def _check(kind: str, asked: Iterable[str], known: Iterable[str]) -> None:
    known = tuple(known)
    for name in asked:
        if name not in known:
            hint = did_you_mean(name, known, f"the course has: {', '.join(known) or 'none'}")
            raise UsageError(f"the course has no {kind} «{name}»", hint)
