"""A release for an address: made on this machine as in a folder, compared with what is there, and then published."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from kurspakke.destination.address import Address
from kurspakke.destination.publishing import Sending, Sent, publish, reserved
from kurspakke.destination.release import Release
from kurspakke.destination.standing import Standing
from kurspakke.destination.store import Store
from kurspakke.record import FILE as BUILD
from kurspakke.release import make, memory
from kurspakke.release.sums import FILE as SUMS
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums
from kurspakke.wholefile import write_whole

LAST = (SUMS, memory.LATEST, BUILD)
"""What tells of all the rest, in the order in which it is published."""
_MADE = "release"
_KEPT = "before"
_RECORD = "before.json"
"""Not build.json: that of the packages which `build` has made for the same address lies there."""


def release_to(
    url: str, wish: make.Wish, said: Callable[[str], None], sending: Sending
) -> tuple[make.Released, Sent]:
    """Release as `make.release` does, and publish it at `url`; the folder that `wish` names is not written to.

    Unless `wish` names the release before, it is the one at `url`: with its packages if this machine published it, else
    by its build.json. Raises what both raise; when the release is refused, nothing is sent.
    """
    store = Store.at(Address.of(url))
    with reserved(store.address) as workshop:
        folder = workshop / _MADE
        before = _before(store, workshop)
        released = make.release(replace(wish, out=folder, previous=wish.previous or before), said)
        sums = Sums(StateFolder(workshop))
        whole = Release.in_folder(folder, LAST, sums)
        sums.save()
        sent = publish(Standing.of(store), whole, sending)
    return released, sent


def _before(store: Store, workshop: Path) -> Path | None:
    """Let the folder of releases hold the one at the address; where this machine has not made it, its build.json.

    A copy of the folder waits beside it: one that is made and never sent is not what the next is compared with.
    """
    there = store.read(BUILD)
    folder, kept = workshop / _MADE, workshop / _KEPT
    if _is_of(kept, there) and not _is_of(folder, there):
        shutil.rmtree(folder, ignore_errors=True)
        kept.rename(folder)
    shutil.rmtree(kept, ignore_errors=True)
    if _is_of(folder, there):
        shutil.copytree(folder, kept, copy_function=os.link)
        return None
    shutil.rmtree(folder, ignore_errors=True)
    if there is None:
        return None
    record = workshop / _RECORD
    write_whole(record, there)
    return record


def _is_of(folder: Path, there: bytes | None) -> bool:
    record = folder / BUILD
    return there is not None and record.is_file() and record.read_bytes() == there
