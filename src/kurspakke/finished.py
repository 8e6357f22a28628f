"""A file that is deflated already: it goes into package after package, or from build to build, as it is."""

from __future__ import annotations

import io
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import BinaryIO

from kurspakke.filetree import File


@dataclass(frozen=True, kw_only=True)
class Finished(File):
    """A file of `length` bytes with its deflated ones; `known` are its sums.

    `likeness` is a sum over what it has in common with the same file of other localities (press/likeness.py), empty
    where nobody asks.
    """

    length: int
    packed: bytes
    likeness: str = ""

    @cached_property
    def size(self) -> int:
        """Number of bytes, unpacked."""
        return self.length

    def open(self) -> BinaryIO:
        """The bytes as a stream."""
        return io.BytesIO(self.read())

    def read(self) -> bytes:
        """The bytes."""
        return zlib.decompress(self.packed, -zlib.MAX_WBITS)
