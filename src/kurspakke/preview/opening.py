"""A preview's desk set up: the packages, and the stores in which attempts, launches and statements are kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.lrs.store import LrsStore
from kurspakke.package import Package
from kurspakke.preview.attempts import Attempts
from kurspakke.preview.desk import Desk
from kurspakke.preview.events import Events
from kurspakke.preview.launches import open_launches
from kurspakke.preview.launchstore import SqliteLaunchStore
from kurspakke.preview.lrsrecords import LrsRecords
from kurspakke.preview.lrsroom import publish_own
from kurspakke.preview.shelf import LiveShelf, open_shelf

Paths = tuple[str, ...]


@contextmanager
def opened(
    paths: Paths, store: Path | None, port: int, *, profile: str = "", presents: bool = False
) -> Iterator[tuple[Desk, LiveShelf]]:
    """The desk of a preview at `port`, and its packages to be watched; what is done is kept in the folder `store`.

    Without `store` nothing outlives it.

    Raises:
        KurspakkeError: there is nothing at a path, or `store` can't be written.
    """
    if store is not None:
        _make(store)
    attempts = Attempts(store / "attempts.sqlite" if store else None)
    kept = SqliteLaunchStore(store / "launches.sqlite" if store else None)
    statements = LrsStore(store / "statements.sqlite" if store else None)
    with closing(attempts), closing(kept), closing(statements):
        shelf = open_shelf(paths, attempts.key())

        def package(key: str) -> Package | None:
            offer = next((each for each in shelf.offers() if each.key == key), None)
            return shelf.package(offer.id) if offer else None

        events = Events()
        records = LrsRecords(statements, lambda space, made: publish_own(events, shelf, space, made))
        launches = open_launches(kept, records, package, port)
        yield Desk(shelf, attempts, launches, statements, events, port, profile, presents), shelf


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KurspakkeError(
            f"attempts can't be kept in {folder}: {error.strerror}", "name another folder with --store"
        ) from error
