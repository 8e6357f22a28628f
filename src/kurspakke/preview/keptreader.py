"""Reads a course again and again: documents whose bytes are what they were are the same objects as before."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel

from kurspakke.catalog import Catalog
from kurspakke.shape import Shaped
from kurspakke.sourcereader import Anew

Shape = TypeVar("Shape", bound=BaseModel)


class KeptReader:
    """What was made of each file, beside the bytes that it was made of; see `sourcereader.Reader`."""

    def __init__(self) -> None:
        self._anew = Anew()
        self._shaped: dict[tuple[str, type[BaseModel]], tuple[bytes, Any]] = {}
        self._catalogs: dict[str, tuple[bytes, Catalog]] = {}

    def shape(self, data: bytes, name: str, model: type[Shape]) -> Shaped[Shape]:
        """A document fitted to its model."""
        known = self._shaped.get((name, model))
        if known is None or known[0] != data:
            known = data, self._anew.shape(data, name, model)
            self._shaped[name, model] = known
        shaped: Shaped[Shape] = known[1]
        return shaped

    def catalog(self, data: bytes, name: str) -> Catalog:
        """A file of translations."""
        known = self._catalogs.get(name)
        if known is None or known[0] != data:
            known = data, self._anew.catalog(data, name)
            self._catalogs[name] = known
        return known[1]
