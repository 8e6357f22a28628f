"""What is at an address before a release goes there, and which of it is right already."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kurspakke.destination.checksum import etags
from kurspakke.destination.ledger import FILE, Ledger
from kurspakke.destination.release import Item, Release, is_by_hash
from kurspakke.destination.store import STATE, Store, There


@dataclass(frozen=True, slots=True)
class Standing:
    """The files at the address, and what is remembered of them."""

    store: Store
    listing: dict[str, There]
    ledger: Ledger

    @classmethod
    def of(cls, store: Store) -> Standing:
        """As it is now; KurspakkeError where the store can't be read."""
        listing = store.listing()
        return cls(store, listing, Ledger.loads(store.read(FILE) if FILE in listing else None))

    def keeps(self, path: str, sha256: str) -> bool:
        """Whether the file at `path` is as a release of ours put it, and had this sum then."""
        there = self.listing.get(path)
        return there is not None and self.ledger.files.get(path) == (sha256, there.version)

    def holds(self, path: str, item: Item) -> bool:
        """Whether the bytes of `item` are at `path`, as far as size, version and checksum can tell."""
        there = self.listing.get(path)
        if there is None or there.size != item.size:
            return False
        if there.version and self.keeps(path, item.sha256):
            return True
        if self.store.kind.etags:
            return there.version in etags(item.file)
        # A file gets such a path only when it is whole, and nobody else has a reason to write there.
        return is_by_hash(path) and path not in self.ledger.files

    def left_over(self, release: Release, lasting: Iterable[str]) -> list[str]:
        """What is there for nothing, once `release` is out: of what is ours, all that neither it nor `lasting` has."""
        wanted = {*release.items, *release.kept, *lasting, FILE}
        ours = self.ledger.owned | {
            path for path in self.listing if path.startswith(STATE) or is_by_hash(path)
        }
        return sorted(path for path in ours if path in self.listing and path not in wanted)
