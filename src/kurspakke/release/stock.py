"""The packages that a release is made of: what builds have left in one folder or several, whole and in agreement."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kurspakke import publish
from kurspakke.filetree import File
from kurspakke.findings import KurspakkeError
from kurspakke.journal import is_plain_name
from kurspakke.record import FILE, PackageRecord, Record

_AGAIN = "build them again: `kurspakke build`"
_SHARD = re.compile(r"([1-9]\d{0,4})/([1-9]\d{0,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """Which part of a divided build a folder has: `number` of `of`, counted from 1."""

    number: int
    of: int


@dataclass(frozen=True, slots=True)
class Stock:
    """What is there: the record of all packages, and where each lies by its file name."""

    record: Record
    places: Mapping[str, Path]


def stock(folders: Sequence[Path], jobs: int = 1) -> Stock:
    """The packages of all folders, each compared with the sums in its folder's `build.json`, so many at a time.

    Raises KurspakkeError where a folder has no readable `build.json`, a package is missing or damaged, the folders
    are of different courses, versions or programs, or parts of a divided build are missing, or only some of the
    packages of a folder are of the version that was built last.
    """
    parts = {folder: _part(folder) for folder in folders}
    records = {folder: record for folder, (record, _) in parts.items()}
    _agreeing(records)
    _of_one_version(records)
    _complete({folder: shard for folder, (_, shard) in parts.items()})
    packages: dict[str, PackageRecord] = {}
    places: dict[str, Path] = {}
    for folder, record in records.items():
        for package in record.packages:
            known = packages.setdefault(package.path, package)
            if known != package:
                raise KurspakkeError(
                    f"{places[package.path]} and {folder / package.path} are different packages of one name",
                    f"{_AGAIN}, all of them from the same course",
                )
            places.setdefault(package.path, folder / package.path)
    _without_holes(packages.values())
    _undamaged(packages, places, jobs)
    first = next(iter(records.values()))
    ordered = tuple(packages[path] for path in sorted(packages))
    return Stock(Record(first.tool, first.course, ordered), places)


def read_record(path: Path) -> Record:
    """The record in a `build.json`. Raises KurspakkeError where there is none."""
    try:
        record = Record.loads(path.read_bytes())
    except OSError as error:
        raise KurspakkeError(f"can't read {path}: {error.strerror or error}", _AGAIN) from error
    if record is None:
        raise KurspakkeError(f"{path} is damaged, or of another version of kurspakke", _AGAIN)
    for package in record.dated:
        if not is_plain_name(package.path) or not package.path.endswith(".zip"):
            raise KurspakkeError(f"{path} names a package {package.path!r}, which is no file name", _AGAIN)
    return record


def _part(folder: Path) -> tuple[Record, Shard | None]:
    if folder.is_dir():
        publish.settle(folder)
    record = read_record(folder / FILE)
    if not record.packages:
        raise KurspakkeError(f"{folder / FILE} names no package", _AGAIN)
    return record, _shard(folder / FILE)


def _shard(path: Path) -> Shard | None:
    """Which part of a divided build made it; None for one that was not divided."""
    plain: Any = json.loads(path.read_bytes()).get("shard")
    found = _SHARD.fullmatch(plain) if isinstance(plain, str) else None
    return Shard(int(found[1]), int(found[2])) if found else None


def _agreeing(records: Mapping[Path, Record]) -> None:
    (first, one), *others = records.items()
    for folder, other in others:
        for what, mine, theirs in (
            ("the course", one.course.id, other.course.id),
            ("version", one.course.version, other.course.version),
            ("the program", one.tool, other.tool),
        ):
            if mine != theirs:
                raise KurspakkeError(
                    f"{first} and {folder} don't belong together: {what} {mine} and {theirs}",
                    f"{_AGAIN}, all with one program from one version of the course",
                )


def _of_one_version(records: Mapping[Path, Record]) -> None:
    """Refuse where packages of another version are still to be made anew; parts of a divided build are counted."""
    for folder, record in records.items():
        left = [one for one in record.left_over if (folder / one.path).is_file()]
        if left and not record.shard:
            more = f" and {len(left) - 1:,} more" if len(left) > 1 else ""
            local = any(one.package.label.edition for one in left)
            raise KurspakkeError(
                f"{folder / left[0].path}{more}: still of version {left[0].version}, "
                f"and the rest of {record.course.version}",
                "build them again: `kurspakke build --all-editions`" if local else _AGAIN,
            )


def _complete(shards: Mapping[Path, Shard | None]) -> None:
    """Refuse when some of the parts that a build was divided into are not here."""
    told = [shard for shard in shards.values() if shard]
    if not told:
        return
    whole = {shard.of for shard in told}
    if len(whole) > 1 or len(told) < len(shards):
        raise KurspakkeError(
            "the folders are parts of builds that were divided in different ways",
            "give all parts of one build, and nothing else, with --from",
        )
    total = whole.pop()
    missing = sorted(set(range(1, total + 1)) - {shard.number for shard in told})
    if missing:
        names = ", ".join(f"{number}/{total}" for number in missing)
        raise KurspakkeError(f"parts of the build are missing: {names}", "give them with --from, too")


def _without_holes(packages: Iterable[PackageRecord]) -> None:
    """Refuse when a version has a module in fewer formats than another module, or lacks one that others have."""
    by_variant: dict[tuple[str, str, str], set[tuple[str, str]]] = defaultdict(set)
    for package in packages:
        label = package.label
        variant = (label.edition or "", label.audience or "", label.lang)
        by_variant[variant].add((label.module, label.format))
    for variant, found in by_variant.items():
        formats = {form for _, form in found}
        for module in sorted({module for module, _ in found}):
            if lacking := sorted(formats - {form for name, form in found if name == module}):
                named = ", ".join(part for part in variant if part)
                raise KurspakkeError(
                    f"«{module}» ({named}) is there in fewer formats than the rest: {', '.join(lacking)} is missing",
                    "build all modules in the same formats, or give the part that has it with --from",
                )


def _undamaged(packages: Mapping[str, PackageRecord], places: Mapping[str, Path], jobs: int) -> None:
    with ThreadPoolExecutor(jobs) as pool:  # reading and summing leave others room to work
        found = pool.map(lambda package: list(_faults(package, places[package.path])), packages.values())
        faults = [fault for own in found for fault in own]
    if faults:
        more = f", and {len(faults) - 3} more" if len(faults) > 3 else ""
        raise KurspakkeError(f"{'; '.join(faults[:3])}{more}", _AGAIN)


def _faults(package: PackageRecord, place: Path) -> Iterator[str]:
    try:
        size = place.stat().st_size
        if not place.is_file() or size != package.bytes:
            yield f"{place} has {size:,} bytes and not {package.bytes:,}, as {FILE} says"
        elif File(path=place).sha256 != package.sha256:
            yield f"{place} is not the package that {FILE} describes: another SHA-256"
    except OSError as error:
        yield f"{place}: {error.strerror or error}"
