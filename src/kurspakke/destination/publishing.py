"""A release into a store: all of it under names that never change, then the stable names, the pointer last.

    1. every file that is not there yet goes to `by-sha256/<sum>/<name>`, where nobody looks for it yet
    2. the stable names are given the new bytes, one by one, each at once: packages, then what links to them
    3. it is looked up whether all is there; then the pointer (`build.json`) says so
    4. what only earlier releases held is removed

Stopped anywhere, the next run goes on. What a pointer names is there under its sum from before the pointer can
be read until two releases later: whoever reads the pointer first and then fetches by sums never sees two
releases mixed, and never a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from kurspakke.destination.address import Address
from kurspakke.destination.ledger import FILE, Ledger
from kurspakke.destination.release import Item, Release, by_hash, is_by_hash
from kurspakke.destination.standing import Standing
from kurspakke.destination.store import Store, There
from kurspakke.destination.streams import each
from kurspakke.findings import KurspakkeError
from kurspakke.lock import locked
from kurspakke.record import FILE as RECORD
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums

_LOCK = "publishing.lock"


class Sending:
    """Hears how far a publication has come; this one keeps silent."""

    def begin(self, files: int, size: int) -> None:
        """So many files with so many bytes will be sent."""

    def sent(self, path: str, size: int) -> None:
        """One more file is there."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What came of a publication: files that were sent and their bytes, files of the release that were there."""

    files: int
    size: int
    there: int
    removed: int
    shown: str


def publish_tree(
    folder: Path, url: str, *, last: Sequence[str] = (RECORD,), sending: Sending | None = None
) -> Sent:
    """Publish all files below `folder`, hidden ones left out, at `url`: afterwards they are what is there of ours.

    `last` are the files that make the release visible, in this order; each has to be in the folder. Raises
    KurspakkeError where the store refuses, can't be reached or is not known; then what could be seen before can
    still be seen, and the same call goes on where this one stopped. What others have put at the URL stays.
    """
    address = Address.of(url)
    store = Store.at(address)
    with reserved(address) as workshop:
        sums = Sums(StateFolder(workshop))
        release = Release.in_folder(folder, last, sums)
        sums.save()
        return publish(Standing.of(store), release, sending or Sending())


@contextmanager
def reserved(address: Address) -> Iterator[Path]:
    """Nobody else on this machine publishes at `address` meanwhile; gives the address's workshop, which is there.

    KurspakkeError at once when somebody does, or when there is no room for it.
    """
    state = StateFolder(address.workshop())
    try:
        state.make()
    except OSError as error:
        raise KurspakkeError(
            f"can't make {state.path}: {error.strerror}",
            "free some room, or set XDG_CACHE_HOME to another folder",
        ) from error
    with locked(state.path / _LOCK, address.shown):
        yield state.out


def publish(standing: Standing, release: Release, sending: Sending) -> Sent:
    """The same for a release that is known file by file, at the place that was looked at; under `reserved`."""
    return _Publication(standing, release, sending).run()


class _Publication:
    """One run of `publish`."""

    def __init__(self, standing: Standing, release: Release, sending: Sending) -> None:
        self._store = standing.store
        self._before = standing
        self._release = release
        self._sending = sending
        self._lasting = release.lasting()
        hashed = release.hashed()
        self._missing = {path: item for path, item in hashed.items() if not standing.holds(path, item)}
        self._changing = {path for path, item in release.items.items() if not standing.holds(path, item)}

    def run(self) -> Sent:
        self._send()
        after = self._switch() if self._changing or self._is_new() else self._before
        gone = after.left_over(self._release, self._lasting | after.ledger.former)
        self._clear_up(gone)
        size = sum(item.size for item in self._missing.values())
        there = len(self._release.hashed()) - len(self._missing)
        return Sent(len(self._missing), size, there, len(gone), self._store.address.shown)

    def _is_new(self) -> bool:
        """Whether what is remembered there has to be brought up to date, though no file is."""
        known = self._before.ledger
        held = [*self._release.items, *self._release.hashed()]
        return known.current != self._lasting or any(path not in known.files for path in held)

    def _send(self) -> None:
        missing = self._missing
        self._sending.begin(len(missing), sum(item.size for item in missing.values()))
        for path in each(lambda path: self._carry(missing[path], path), missing, self._store.streams):
            self._sending.sent(path, missing[path].size)

    def _carry(self, item: Item, path: str) -> None:
        self._store.put(item.file, path)
        if not item.is_same:
            if is_by_hash(path):
                # Other bytes than the path promises, perhaps.
                self._store.remove([path])
            raise KurspakkeError(
                f"{item.file} was changed while it was being sent", "run the same command again"
            )

    def _switch(self) -> Standing:
        """Give the stable names the new bytes, the pointers last; gives what is there then."""
        # Written first: whatever of it is done when this is stopped, the next run knows what is ours.
        self._store.write(self._ledger_before().dumps(), FILE)
        stages = list(self._release.stages())
        pointers = len(self._release.last)
        for stage in stages[: len(stages) - pointers]:
            self._put_in_place(stage)
        self._prove(set(self._release.last))
        for stage in stages[len(stages) - pointers :]:
            self._put_in_place(stage)
        listing = self._prove(set())
        after = replace(self._before, listing=listing, ledger=self._ledger_after(listing))
        self._store.write(after.ledger.dumps(), FILE)
        return after

    def _put_in_place(self, paths: Sequence[str]) -> None:
        changing = [path for path in paths if path in self._changing]
        for _ in each(self._put, changing, self._store.streams):
            pass

    def _put(self, path: str) -> None:
        item = self._release.items[path]
        if self._store.kind.copies:
            self._store.copy(by_hash(item.sha256, path), path)
        else:
            self._carry(item, path)

    def _clear_up(self, gone: Sequence[str]) -> None:
        try:
            if gone:
                self._store.remove(gone)
        except KurspakkeError as error:
            raise KurspakkeError(
                f"{error.message}: the release is out, but {len(gone)} files of earlier ones could not be removed",
                error.hint,
            ) from error

    def _prove(self, later: set[str]) -> dict[str, There]:
        """Look up whether all of the release is there, but for `later`; gives what is there."""
        listing = self._store.listing()
        sizes = {path: item.size for path, item in self._release.items.items() if path not in later}
        sizes |= {path: item.size for path, item in self._release.hashed().items()}
        for path, size in sizes.items():
            if path not in listing or listing[path].size != size:
                raise KurspakkeError(
                    f"{self._store.where(path)} is not what was just put there",
                    "see that nobody else publishes there, and run the same command again",
                )
        return listing

    def _ledger_before(self) -> Ledger:
        known = self._before.ledger
        files = {path: value for path, value in known.files.items() if path not in self._changing}
        return replace(known, files=files, owned=known.owned | self._release.items.keys())

    def _ledger_after(self, listing: dict[str, There]) -> Ledger:
        known = self._before.ledger
        put = {**self._release.items, **self._release.hashed()}
        files = {path: (item.sha256, listing[path].version) for path, item in put.items()}
        files |= {path: known.files[path] for path in self._release.kept}
        files |= {
            path: value for path, value in known.files.items() if path in self._lasting and path not in files
        }
        was = known.current
        former = known.former if was == self._lasting else was
        owned = frozenset(path for path in known.owned if path in listing)
        return Ledger(
            files, owned | self._release.items.keys() | self._release.kept.keys(), self._lasting, former
        )
