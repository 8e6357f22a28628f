from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kurspakke.lrs.store import LrsStore
from tests.recordstore import RecordStore, record_store


@pytest.fixture
def lrs(tmp_path: Path) -> Iterator[RecordStore]:
    """An empty store in a file, served."""
    store = LrsStore(tmp_path / "lrs.sqlite")
    with record_store(store) as served:
        yield served
    store.close()
