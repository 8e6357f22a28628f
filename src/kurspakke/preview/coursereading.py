"""A course's source as it was read once: what can be made of it, or what hinders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from kurspakke.clock import today
from kurspakke.findings import Finding, KurspakkeError, below
from kurspakke.package import Kind
from kurspakke.preview.kepterrors import KeptErrors
from kurspakke.preview.keptmeans import KeptMeans
from kurspakke.preview.keptreader import KeptReader
from kurspakke.preview.offer import Offer
from kurspakke.preview.recipes import Naming, Recipe, recipes
from kurspakke.preview.refusal import refusal, unreadable
from kurspakke.rules.source import validate_source
from kurspakke.source import Source
from kurspakke.sourcereader import read_source


@dataclass(eq=False)
class CourseReading:
    """`errors` hinder packages from being made; then there are no `recipes`, and without a course no `source`."""

    source: Source | None
    errors: tuple[Finding, ...]
    offers: Sequence[Offer]
    recipes: Mapping[str, Recipe] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _findings: tuple[Finding, ...] | None = None

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of what is offered."""
        return frozenset(offer.id for offer in self.offers)

    @property
    def is_sound(self) -> bool:
        """Whether packages can be made."""
        return bool(self.recipes)

    def findings(self) -> tuple[Finding, ...]:
        """Everything that is to be said of the source; told when it is asked for."""
        with self._lock:
            if self._findings is None:
                found = validate_source(self.source, today()) if self.source else ()
                self._findings = below(self.source.files.root, found) if self.source else ()
            return self._findings

    def findings_about(self, modules: Collection[str]) -> Iterator[Finding]:
        """Those of them that do not lie in the folders of other modules than these."""
        source = self.source
        known = source.course.head.modules if source and source.course else ()
        root = source.files.root if source else Path()
        others = tuple(f"{(root / 'modules' / name).as_posix()}/" for name in known if name not in modules)
        return (one for one in self.findings() if not one.location.path.startswith(others))


@dataclass(frozen=True, slots=True)
class Kept:
    """What reading a course again and again keeps, and making packages of it."""

    reader: KeptReader = field(default_factory=KeptReader)
    means: KeptMeans = field(default_factory=KeptMeans)
    errors: KeptErrors = field(default_factory=KeptErrors)


def read_course(root: Path, kept: Kept, naming: Naming) -> CourseReading:
    """The course in the folder `root` as it is now; never raises for what an author can do."""
    try:
        source = read_source(root, kept.reader)
        errors = below(root, kept.errors.of(source, today()))
    except KurspakkeError as error:
        return _refused(root, naming, error)
    except OSError as error:
        return _refused(root, naming, unreadable(error))
    if source.course is None or errors:
        message = f"the source has {len(errors)} error{'' if len(errors) == 1 else 's'}: see the findings"
        return CourseReading(source, errors, [_nothing(root, naming, message)])
    found = {naming.id(recipe.file_name): recipe for recipe in recipes(source, source.course, kept.means)}
    return CourseReading(source, (), [recipe.offer(naming, source) for recipe in found.values()], found)


def _refused(root: Path, naming: Naming, error: KurspakkeError) -> CourseReading:
    return CourseReading(None, (refusal(error, root),), [_nothing(root, naming, error.message)])


def _nothing(root: Path, naming: Naming, error: str) -> Offer:
    """Stands in the list for a course of which nothing can be made yet."""
    folder = root.resolve().name
    return Offer(naming.id(""), naming.name(""), folder, Kind.SOURCE, root, folder, error=error)
