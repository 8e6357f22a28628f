"""A build for an address: made and checked on this machine as for a folder, and then published."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kurspakke import pipeline, record
from kurspakke.destination.address import Address
from kurspakke.destination.publishing import Sending, Sent, publish, reserved
from kurspakke.destination.release import Item, Release, by_hash
from kurspakke.destination.standing import Standing
from kurspakke.destination.store import Store
from kurspakke.findings import KurspakkeError
from kurspakke.pipeline import Built, Progress
from kurspakke.project import Project
from kurspakke.record import LeftOver, Record
from kurspakke.selection import Selection
from kurspakke.statefolder import StateFolder
from kurspakke.wholefile import write_whole


def build_to(  # noqa: PLR0913 - what a build takes, and where it goes
    url: str, source: str | None, selection: Selection, progress: Progress, sending: Sending, *, jobs: int
) -> tuple[Built, Sent]:
    """Build as `pipeline.build` does, and publish at `url` what was made; the record is the one that is there then.

    Raises what both raise. When the course has an error nothing is sent.
    """
    # What a store's library would log may quote what it was given.
    logging.getLogger().addHandler(logging.NullHandler())
    address = Address.of(url)
    store = Store.at(address)
    with reserved(address) as workshop:
        built = pipeline.build(Project.of(source, str(workshop)), selection, progress, jobs)
        standing = Standing.of(store)
        whole = _whole(built, selection, standing)
        sent = publish(standing, _release(whole, frozenset(built.made), workshop), sending)
    return replace(built, record=whole), sent


def _whole(built: Built, selection: Selection, standing: Standing) -> Record:
    """All that is to be there: of a build of everything what it made, and those of local editions beside it."""
    if not selection.is_everything:
        return _joined(built, standing)
    made = tuple(package for package in built.record.packages if package.path in built.made)
    beside = any("/" not in path and path.endswith(".zip") for path in standing.listing.keys() - built.made)
    there = (
        Record.loads(standing.store.read(record.FILE) or b"") if beside and not selection.is_local else None
    )
    if there is None or there.course != built.record.course or there.shard:
        return replace(built.record, packages=made)
    version = there.course.version
    others = (one.package for one in _others(there, built, standing) if one.version == version)
    return replace(built.record, packages=(*made, *(package for package in others if package.label.edition)))


def _joined(built: Built, standing: Standing) -> Record:
    """A build of some packages leaves the course's other ones there as they are, as it does in a folder.

    Those of another version are no part of it there either.
    """
    there = Record.loads(standing.store.read(record.FILE) or b"")
    if there and there.course.id != built.record.course.id:
        raise KurspakkeError(
            f"{standing.store.address.shown} holds another course, «{there.course.title}»",
            "build all of yours to replace it, or choose another place with -o",
        )
    made = tuple(package for package in built.record.packages if package.path in built.made)
    others = tuple(_others(there, built, standing)) if there else ()
    version = built.record.course.version
    same = tuple(one.package for one in others if one.version == version)
    left = tuple(one for one in others if one.version != version)
    return replace(built.record, packages=made + same, left_over=left)


def _others(there: Record, built: Built, standing: Standing) -> Iterator[LeftOver]:
    for one in there.dated:
        sha256 = one.package.sha256
        paths = (one.path, by_hash(sha256, one.path))
        if one.path not in built.made and all(standing.keeps(path, sha256) for path in paths):
            yield one


def _release(whole: Record, made: frozenset[str], folder: Path) -> Release:
    pointer = folder / record.FILE
    if pointer.read_bytes() != whole.dumps():
        pointer = StateFolder(folder).path / record.FILE
        write_whole(pointer, whole.dumps())
    items = {
        package.path: Item.of(folder / package.path, package.sha256)
        for package in whole.packages
        if package.path in made
    }
    kept = {one.path: one.package.sha256 for one in whole.dated if one.path not in made}
    return Release(items | {record.FILE: _pointer(pointer)}, (record.FILE,), kept)


def _pointer(file: Path) -> Item:
    from kurspakke.filetree import File

    return Item.of(file, File(path=file).sha256)
