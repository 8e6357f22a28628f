"""A package that lies on the disk: a zip, a folder, or a manifest by itself; of any origin and in any state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from kurspakke.contents import titles_of
from kurspakke.filetree import FileTree
from kurspakke.findings import Finding, KurspakkeError
from kurspakke.limits import OutOfTimeError
from kurspakke.package import Kind, Package
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import secret_id
from kurspakke.preview.parts import Version
from kurspakke.preview.supply import Change, differing, versions_of
from kurspakke.targets import Form, Target
from kurspakke.zipreader import read_zip

_NONE = Package("", FileTree({}))


@dataclass(frozen=True, slots=True)
class _Copy:
    """The package as it was when `stamp` was the file's."""

    stamp: tuple[int, ...]
    package: Package
    offers: tuple[Offer, ...]
    versions: Mapping[str, Version]


class PackageSupply:
    """What is offered of the package at `target`: once for each standard that it follows."""

    def __init__(self, target: Target, key: bytes) -> None:
        self._origin = Path(target.path)
        self._target = target
        self._key = key
        self._lock = Lock()
        self._copy: _Copy | None = None
        self._told: _Copy | None = None
        self._findings: tuple[_Copy, tuple[Finding, ...]] | None = None

    @property
    def origin(self) -> Path:
        """The zip, the folder or the manifest."""
        return self._origin

    @property
    def is_file(self) -> bool:
        """Whether it is one file."""
        return self._target.form is not Form.FOLDER

    @property
    def is_course(self) -> bool:
        """It is what it is."""
        return False

    def has(self, offer_id: str) -> bool:
        """Whether it is this package, by one of its standards."""
        return any(offer.id == offer_id for offer in self._now().offers)

    def offers(self) -> Sequence[Offer]:
        """One for each standard; one with an error when the package can't be opened."""
        return self._now().offers

    def package(self, offer_id: str) -> Package | None:
        """The package, its members read when they are asked for."""
        copy = self._now()
        sound = any(offer.id == offer_id and not offer.error for offer in copy.offers)
        return copy.package if sound else None

    def findings(self, offer_id: str) -> Sequence[Finding]:
        """What the validator says; every member is read for it."""
        # Here, since opening a package needs no rules.
        from kurspakke.rules.validate import validate_package

        copy = self._now()
        if not self.has(offer_id):
            return ()
        known = self._findings
        if known is None or known[0] is not copy:
            try:
                known = copy, validate_package(self._target.package())
            except KurspakkeError:  # the offer's error says it
                return ()
            self._findings = known
        return known[1]

    def is_hindered(self) -> bool:
        """Whether the package can't be opened now."""
        return any(offer.error for offer in self._now().offers)

    def is_stale(self) -> bool:
        """Whether the file has another stamp; of the many files of a folder the watch alone knows."""
        return self._told is not None and self.is_file and self._told.stamp != _stamp(self._origin)

    def look(self) -> Iterator[Change]:
        """What is in the package now."""
        with self._lock:
            before = self._told
            self._copy = None
        now = self._now()
        with self._lock:
            self._told = now
        if before is None:
            return
        paths = differing(before.versions, now.versions)
        files = {offer.id: paths for offer in now.offers if not offer.error}
        change = Change.of(self._origin, files, (), listed=before.offers != now.offers)
        if change.offers or change.listed:
            yield change

    def _now(self) -> _Copy:
        with self._lock:
            stamp = _stamp(self._origin) if self.is_file else ()
            if self._copy is None or self._copy.stamp != stamp:
                self._copy = self._opened(stamp)
            self._told = self._told or self._copy
            return self._copy

    def _opened(self, stamp: tuple[int, ...]) -> _Copy:
        try:
            package = self._read()
            return _Copy(stamp, package, tuple(self._offers(package)), versions_of(package.tree))
        except KurspakkeError as error:
            return _Copy(stamp, _NONE, (self._offer(Kind.UNKNOWN, error=error.message),), {})
        except OSError as error:
            message = f"can't read {self._origin}: {error.strerror or error}"
            return _Copy(stamp, _NONE, (self._offer(Kind.UNKNOWN, error=message),), {})

    def _read(self) -> Package:
        if self._target.form is not Form.ZIP:
            return self._target.package()
        # What is damaged is told when it is asked for: reading a film to its end would take seconds.
        archive = read_zip(self._origin, verify=False)
        return Package(self._target.path, archive.tree, archive=archive)

    def _offers(self, package: Package) -> Iterator[Offer]:
        error = self._error(package)
        titles = () if error else tuple(title for title in titles_of(package) if title)
        language = "" if error else _language(package)
        for kind in package.kinds or (Kind.UNKNOWN,):
            yield self._offer(kind, titles[0] if titles else "", language, error)

    def _offer(self, kind: Kind, title: str = "", language: str = "", error: str = "") -> Offer:
        key = f"{self._origin.resolve()}#{kind}"
        name = self._origin.resolve().name
        return Offer(
            secret_id(self._key, key),
            key,
            title or name,
            kind,
            self._origin,
            name,
            language=language,
            error=error,
        )

    def _error(self, package: Package) -> str:
        """Why the package can't be opened, if it can't."""
        if package.archive is not None and package.archive.directory is None:
            return f"this is no zip that can be read: {package.archive.faults[0].message}"
        if package.is_bare:
            return "a manifest without the files that it names: choose the whole package"
        if not package.kinds:
            return "no imsmanifest.xml, tincan.xml or cmi5.xml in it, and no web edition made by kurspakke"
        return ""


def _language(package: Package) -> str:
    """The language of the page that is opened first, as it says."""
    launched = next((mention.href.path for mention in package.mentions if mention.is_launch), "index.html")
    try:
        page = package.pages.get(launched)
    except OutOfTimeError:
        return ""
    return (page.root.get("lang", "") if page is not None and page.root is not None else "").lower()


def _stamp(place: Path) -> tuple[int, ...]:
    """What changes when the file does; nothing when it is not there."""
    try:
        status = place.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
