"""A package's files as one value: the same in memory, in a folder and in a zip."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import BinaryIO

from deflate import crc32

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Digests:
    """What a reading of all the bytes gives: the SHA-256 in hexadecimal, and the CRC-32 of zips."""

    sha256: str
    crc32: int

    @classmethod
    def of(cls, stream: BinaryIO) -> Digests:
        """The sums of what is left in `stream`, in one reading and little memory."""
        sha, crc = hashlib.sha256(), 0
        while chunk := stream.read(CHUNK):
            sha.update(chunk)
            crc = crc32(chunk, crc)
        return cls(sha.hexdigest(), crc)


@dataclass(frozen=True)
class File:
    """One file: `data` in memory, or a `path` on disk that is read when it is needed (media can be large).

    `known` are sums that somebody has worked out already (`sums.py`): the bytes need not be read for them.
    """

    data: bytes | None = None
    path: Path | None = None
    known: Digests | None = field(default=None, compare=False, repr=False)

    @cached_property
    def size(self) -> int:
        """Number of bytes."""
        return self._source.stat().st_size if self.data is None else len(self.data)

    def open(self) -> BinaryIO:
        """The bytes as a stream, to be closed by the caller."""
        return self._source.open("rb") if self.data is None else io.BytesIO(self.data)

    def read(self) -> bytes:
        """All the bytes; for text, manifests and pictures, not for films."""
        return self._source.read_bytes() if self.data is None else self.data

    @property
    def sha256(self) -> str:
        """The hexadecimal SHA-256 of the bytes."""
        return self.digests.sha256

    @property
    def crc32(self) -> int:
        """The CRC-32 of the bytes, as zip directories hold it."""
        return self.digests.crc32

    @cached_property
    def digests(self) -> Digests:
        """Both sums, in one reading at most."""
        if self.known is not None:
            return self.known
        with self.open() as stream:
            return Digests.of(stream)

    @property
    def _source(self) -> Path:
        if self.path is None:
            raise ValueError("a File needs either data or a path")
        return self.path


@lru_cache(maxsize=64)
def shared(data: bytes) -> File:
    """One file for all packages that have these bytes: its sums are worked out once."""
    return File(data)


class FileTree(Mapping[str, File]):
    """Files by their path inside the package (posix, relative), always in sorted order; never changed."""

    def __init__(self, files: Mapping[str, File]) -> None:
        self._files = {path: files[path] for path in sorted(files)}

    def __getitem__(self, path: str) -> File:
        return self._files[path]

    def __contains__(self, path: object) -> bool:
        return path in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __or__(self, more: Mapping[str, File]) -> FileTree:
        """This tree with `more` files in it; a path in both is the caller's mistake."""
        if both := self._files.keys() & more.keys():
            raise ValueError(f"two files of the same path: {', '.join(sorted(both))}")
        return FileTree({**self._files, **more})

    @cached_property
    def size(self) -> int:
        """The sum of the files' sizes in bytes."""
        return sum(file.size for file in self._files.values())

    @cached_property
    def content_sha256(self) -> str:
        """A sum over names and contents that no compression can change: sorted (name, sha256) pairs."""
        lines = (f"{file.sha256}  {path}\n" for path, file in self._files.items())
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @classmethod
    def from_folder(cls, folder: Path) -> FileTree:
        """Every regular file below `folder`; symbolic links are left out, and so is what lies behind them."""
        files = {
            path.relative_to(folder).as_posix(): File(path=path)
            for path in folder.rglob("*")
            if path.is_file() and not path.is_symlink()
        }
        return cls(files)
