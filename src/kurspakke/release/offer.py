"""What a page offers: versions with their modules, and of each module the packages to download."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kurspakke.components.assessment import Assessment
from kurspakke.course import Module
from kurspakke.formats.table import FORMATS
from kurspakke.record import PackageRecord
from kurspakke.release.replacement import Replacement
from kurspakke.release.version import Version
from kurspakke.unit import Unit


@dataclass(frozen=True, slots=True)
class Rule:
    """When a module is done: the words of `completion.require` in module.yaml, and the pass mark in percent."""

    module: str
    require: tuple[str, ...]
    mastery: int | None
    has_questions: bool


@dataclass(frozen=True, slots=True)
class Download:
    """A package: its record, and whether it may replace the one before; `note`: a file to read first."""

    record: PackageRecord
    replacement: Replacement
    note: str | None

    @property
    def format(self) -> str:
        """scorm12, xapi, cmi5 or web."""
        return self.record.label.format


@dataclass(frozen=True, slots=True)
class ModuleOffer:
    """A module, or all of them together (`combined`), with its packages; `minutes` is what it takes alone."""

    id: str
    title: str
    description: str
    minutes: int
    combined: bool
    rules: tuple[Rule, ...]
    downloads: tuple[Download, ...]


@dataclass(frozen=True, slots=True)
class VersionOffer:
    """An edition in one language for one audience; `audience` is its title, "" where there is only one."""

    name: str
    edition: str | None
    language: str
    audience: str
    has_kit: bool
    modules: tuple[ModuleOffer, ...]


def offer(version: Version, replacements: Mapping[str, Replacement]) -> VersionOffer:
    """What there is of a version."""
    head = version.course.head
    audiences = {audience.id: audience.title for audience in head.audiences}
    own = version.variant.audience
    return VersionOffer(
        name=version.name,
        edition=version.variant.edition,
        language=version.variant.language,
        audience=audiences.get(own or next(iter(audiences), ""), ""),
        has_kit=version.course.coordinator is not None,
        modules=tuple(_module(version, unit, replacements) for unit in version.units),
    )


def by_language(offers: Iterable[VersionOffer], language: str) -> tuple[VersionOffer, ...]:
    """The versions in their order, those in a language first."""
    return tuple(sorted(offers, key=lambda offer: offer.language != language))


def note_of(replacement: Replacement) -> str | None:
    """The file that lies beside a package which must not be uploaded over the old one."""
    return f"{replacement.path.removesuffix('.zip')}-les-dette.txt" if replacement.is_unsafe else None


def _module(version: Version, unit: Unit, replacements: Mapping[str, Replacement]) -> ModuleOffer:
    order = list(FORMATS)
    packages = sorted(version.of(unit), key=lambda package: order.index(package.label.format))
    return ModuleOffer(
        id=unit.id,
        title=unit.title,
        description=unit.description,
        minutes=unit.minutes,
        combined=unit.combined,
        rules=tuple(_rule(module) for module in unit.modules),
        downloads=tuple(
            Download(package, replacements[package.path], note_of(replacements[package.path]))
            for package in packages
        ),
    )


def _rule(module: Module) -> Rule:
    head = module.head
    asks = any(True for component in module.components() for _ in component.interactions())
    tested = any(isinstance(component, Assessment) for component in module.components())
    return Rule(module.title, head.completion.require, head.mastery_score, asks or tested)
