"""A course's source: a package for each module, language, audience and format, in memory, as a build would make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import RLock

from kurspakke.assemble import Workshop, units
from kurspakke.clock import today
from kurspakke.course import Course
from kurspakke.findings import Finding, KurspakkeError, Severity, below
from kurspakke.package import Kind, Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import secret_id
from kurspakke.rules.source import validate_source
from kurspakke.source import Source, read_source
from kurspakke.unit import Unit
from kurspakke.variant import Variant


@dataclass(frozen=True, slots=True)
class _Recipe:
    """What makes a package: the workshop of its variant, what it holds, and in which format."""

    workshop: Workshop
    unit: Unit
    format: str


@dataclass(slots=True)
class _Version:
    """The course as it was read once: `findings` about it, and the packages that were asked for since."""

    findings: tuple[Finding, ...]
    offers: tuple[Offer, ...]
    recipes: Mapping[str, _Recipe] = field(default_factory=dict)
    made: dict[str, Package] = field(default_factory=dict)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What hinders a build."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


class CourseSupply:
    """The packages of the course in the folder `origin`."""

    def __init__(self, origin: Path, key: bytes) -> None:
        self.origin = origin
        self._key = key
        self._lock = RLock()
        self._version: _Version | None = None

    def offers(self) -> Sequence[Offer]:
        """Every package that there is, in the order of languages, audiences, modules and formats."""
        return self._now().offers

    def package(self, offer_id: str) -> Package | None:
        """The package, made when it is asked for first, and kept."""
        with self._lock:
            version = self._now()
            if offer_id not in version.made and offer_id in version.recipes:
                recipe = version.recipes[offer_id]
                try:
                    tree = recipe.workshop.package(recipe.unit, recipe.format)
                except (KurspakkeError, OSError):
                    return None
                version.made[offer_id] = Package(recipe.unit.file_name(recipe.format), tree)
            return version.made.get(offer_id)

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What is to be said of the source, and of the package."""
        from kurspakke.rules.validate import validate_package

        package = self.package(offer_id)
        return (*self._now().findings, *(validate_package(package) if package else ()))

    def _now(self) -> _Version:
        with self._lock:
            if self._version is None:
                self._version = self._read()
            return self._version

    def _read(self) -> _Version:
        try:
            source = read_source(self.origin)
        except KurspakkeError as error:
            return _Version((), (self._none(f"{error.message}: {error.hint}"),))
        findings = below(self.origin, validate_source(source, today()))
        course = source.course
        errors = sum(finding.severity is Severity.ERROR for finding in findings)
        if course is None or errors:
            return _Version(findings, (self._none(f"the source has {errors} errors; see its findings"),))
        recipes = {self._id(recipe): recipe for recipe in _recipes(source, course)}
        return _Version(findings, tuple(self._offer(recipe) for recipe in recipes.values()), recipes)

    def _offer(self, recipe: _Recipe) -> Offer:
        unit, variant = recipe.unit, recipe.unit.variant
        audiences = unit.course.head.audiences
        return Offer(
            self._id(recipe),
            self._name(recipe),
            unit.title,
            Kind(recipe.format),
            self.origin,
            unit.file_name(recipe.format),
            module=unit.id,
            language=variant.language,
            audience=variant.audience or (audiences[0].id if audiences else ""),
            edition=variant.edition or "",
        )

    def _none(self, error: str) -> Offer:
        name = str(self.origin.resolve())
        folder = self.origin.resolve().name
        return Offer(secret_id(self._key, name), name, folder, Kind.SOURCE, self.origin, folder, error=error)

    def _id(self, recipe: _Recipe) -> str:
        return secret_id(self._key, self._name(recipe))

    def _name(self, recipe: _Recipe) -> str:
        return f"{self.origin.resolve()}#{recipe.unit.file_name(recipe.format)}"


def _recipes(source: Source, course: Course) -> Iterator[_Recipe]:
    """Every package, and web editions also where dist/ has none."""
    formats = tuple(dict.fromkeys((*course.head.formats, "web")))
    others = [audience.id for audience in course.head.audiences[1:]]
    for language in course.languages:
        for audience in (None, *others):
            variant = Variant(language, audience)
            workshop = Workshop(source, course, variant)
            modules = workshop.course.modules
            for unit in units(workshop.course, modules, variant, combined=len(modules) > 1):
                for name in formats:
                    yield _Recipe(workshop, unit, name)
