"""A course's source: a package for each module, language, audience and format, in memory, as a build would make it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from kurspakke.findings import Finding, KurspakkeError
from kurspakke.limits import DEFAULT_LIMITS, Clock
from kurspakke.package import Package
from kurspakke.preview.coursereading import CourseReading, Kept, read_course
from kurspakke.preview.coursestamp import course_stamp
from kurspakke.preview.offer import Offer
from kurspakke.preview.parts import Version
from kurspakke.preview.recipes import Naming
from kurspakke.preview.refusal import refusal, unreadable
from kurspakke.preview.supply import Change, differing, versions_of
from kurspakke.rules.validate import validate_package

_FIRST = 2
"""So many packages are made anew before anybody is told: more than one is seldom looked at."""


@dataclass(eq=False, slots=True)
class _Made:
    """A package that was asked for, what its files were when it was made, and what the validator says of it."""

    package: Package
    versions: Mapping[str, Version]
    findings: tuple[Finding, ...] | None = None


@dataclass(eq=False, slots=True)
class _Shown:
    """The last reading of which packages could be made, and those that were."""

    reading: CourseReading
    made: dict[str, _Made] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


class CourseSupply:
    """The packages of the course in the folder `origin`. While its source has errors, the last good ones stay."""

    def __init__(self, origin: Path, key: bytes) -> None:
        self._origin = origin
        self._naming = Naming(str(origin.resolve()), key)
        self._kept = Kept()
        self._lock = RLock()
        self._asked: dict[str, None] = {}
        self._stamp: object = None
        self._latest: CourseReading | None = None
        self._shown: _Shown | None = None
        self._told: tuple[Finding, ...] = ()

    @property
    def origin(self) -> Path:
        """The course's folder."""
        return self._origin

    @property
    def is_file(self) -> bool:
        """A course is a folder."""
        return False

    @property
    def is_course(self) -> bool:
        """Packages are made of it."""
        return True

    def has(self, offer_id: str) -> bool:
        """Whether it is one of its packages."""
        return offer_id in self._now().reading.ids

    def offers(self) -> Sequence[Offer]:
        """Every package that there is, in the order of languages, audiences, modules and formats."""
        shown = self._now()
        if not shown.failed:
            return shown.reading.offers
        return [
            replace(offer, error=shown.failed.get(offer.id, offer.error)) for offer in shown.reading.offers
        ]

    def package(self, offer_id: str) -> Package | None:
        """The package, made when it is asked for first, and kept."""
        shown = self._now()
        self._asked.pop(offer_id, None)
        made = shown.made.get(offer_id)
        if made is None:
            with self._lock:
                made = self._make(self._now(), offer_id)
        if made is None:
            return None
        self._asked[offer_id] = None  # at the end: those looked at last are made anew first
        return made.package

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What is to be said of the source, as far as the package comes of it, and of the package."""
        with self._lock:
            shown = self._now()
            latest = self._latest or shown.reading
            made = self._make(shown, offer_id)
        found = latest.findings()
        if made is None:
            return found if self.has(offer_id) else ()
        if made.findings is None:
            package = Package(made.package.path, made.package.tree, clock=Clock(DEFAULT_LIMITS.seconds))
            made.findings = validate_package(package)
        module = shown.reading.recipes[offer_id].unit.modules
        others = [
            f"{(self._origin / 'modules' / name).as_posix()}/"
            for name in self._modules()
            if name not in {one.id for one in module}
        ]
        own = (one for one in found if not one.location.path.startswith(tuple(others)))
        return (*own, *made.findings)

    def is_hindered(self) -> bool:
        """Whether the source has errors now."""
        return self._latest is not None and bool(self._told)

    def is_stale(self) -> bool:
        """Whether files of the source or templates have come, gone or other stamps."""
        return self._latest is not None and course_stamp(self._origin) != self._stamp

    def look(self) -> Iterator[Change]:
        """Reads what has changed; packages that were asked for are made anew, the last ones first."""
        with self._lock:
            if self._shown is None:
                self._now()
                return
            before, told = self._shown, self._told
            offers = list(self.offers())
            self._latest = latest = self._read()
            errors = latest.errors
            shown = _Shown(latest) if latest.is_sound or not before.reading.is_sound else before
            asked = [offer_id for offer_id in reversed(list(self._asked)) if offer_id in before.made]
            files: dict[str, frozenset[str]] = {}
            if shown is not before:
                try:
                    for offer_id in asked[:_FIRST]:
                        files[offer_id] = self._compared(before, shown, offer_id)
                except KurspakkeError as error:
                    errors, shown = (refusal(error, self._origin),), before
            self._shown, self._told = shown, errors
            listed = offers != list(self.offers())
        first = Change.of(self._origin, files, errors, listed=listed)
        if first.offers or listed or errors != told:
            yield first
        if shown is not before and (rest := asked[_FIRST:]):
            yield from self._others(before, shown, rest)

    def _others(self, before: _Shown, shown: _Shown, rest: Sequence[str]) -> Iterator[Change]:
        files: dict[str, frozenset[str]] = {}
        errors = self._told
        for offer_id in rest:
            with self._lock:
                try:
                    files[offer_id] = self._compared(before, shown, offer_id)
                except KurspakkeError as error:
                    shown.failed[offer_id] = error.message
                    self._told = errors = (refusal(error, self._origin),)
        change = Change.of(self._origin, files, errors, listed=bool(shown.failed))
        if change.offers or change.listed:
            yield change

    def _compared(self, before: _Shown, shown: _Shown, offer_id: str) -> frozenset[str]:
        """The paths at which the package is another one now; none when there is no such package any more."""
        if offer_id not in shown.reading.recipes:
            return frozenset()
        made = shown.made.get(offer_id) or self._made(shown, offer_id)
        return differing(before.made[offer_id].versions, made.versions)

    def _make(self, shown: _Shown, offer_id: str) -> _Made | None:
        if offer_id in shown.made:
            return shown.made[offer_id]
        recipe = shown.reading.recipes.get(offer_id)
        if recipe is None or recipe.error:
            return None
        try:
            return self._made(shown, offer_id)
        except KurspakkeError as error:
            shown.failed[offer_id] = error.message
            self._told = (refusal(error, self._origin),)
            return None

    def _made(self, shown: _Shown, offer_id: str) -> _Made:
        recipe = shown.reading.recipes[offer_id]
        try:
            tree = recipe.tree()
            made = _Made(Package(recipe.file_name, tree), versions_of(tree))
        except OSError as error:
            raise unreadable(error) from error
        shown.made[offer_id] = made
        shown.failed.pop(offer_id, None)
        return made

    def _now(self) -> _Shown:
        if self._shown is not None:
            return self._shown
        with self._lock:
            if self._shown is None:
                self._latest = self._read()
                self._told = self._latest.errors
                self._shown = _Shown(self._latest)
            return self._shown

    def _read(self) -> CourseReading:
        # Taken first: what changes while it is being read will be seen as changed.
        self._stamp = course_stamp(self._origin)
        return read_course(self._origin, self._kept, self._naming)

    def _modules(self) -> Sequence[str]:
        source = self._latest.source if self._latest else None
        return source.course.head.modules if source and source.course else ()
