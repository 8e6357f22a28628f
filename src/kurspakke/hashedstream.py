"""Bytes on their way to a file, summed as they pass."""

from __future__ import annotations

import hashlib
from queue import SimpleQueue
from threading import Semaphore, Thread
from types import TracebackType
from typing import Protocol, Self

LARGE = 1 << 18
WAITING = 4


class Sink(Protocol):
    """What bytes can be written to."""

    def write(self, data: bytes, /) -> int:
        """Take the bytes."""


class HashedStream:
    """A stream to write to that knows the SHA-256 and the number of the bytes that went through it.

    Large pieces are hashed in a thread of their own while they are being written: hashing costs about as much
    as copying does, and both let other threads run meanwhile. At most `WAITING` pieces are held in memory.
    """

    def __init__(self, stream: Sink) -> None:
        self._stream = stream
        self._sha = hashlib.sha256()
        self._queue: SimpleQueue[bytes | None] = SimpleQueue()
        self._room = Semaphore(WAITING)
        self._hasher: Thread | None = None
        self.position = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._join()

    def write(self, data: bytes) -> None:
        """Pass `data` on; OSError as the stream raises it."""
        if len(data) >= LARGE:
            self._hand_over(data)
        else:
            self._join()
            self._sha.update(data)
        self._stream.write(data)
        self.position += len(data)

    def hexdigest(self) -> str:
        """The SHA-256 of everything written until now."""
        self._join()
        return self._sha.hexdigest()

    def _hand_over(self, data: bytes) -> None:
        if self._hasher is None:
            self._hasher = Thread(target=self._hash, name="sha256", daemon=True)
            self._hasher.start()
        self._room.acquire()
        self._queue.put(data)

    def _join(self) -> None:
        """Wait until the thread has hashed all that it was given."""
        if self._hasher is not None:
            self._queue.put(None)
            self._hasher.join()
            self._hasher = None

    def _hash(self) -> None:
        while (data := self._queue.get()) is not None:
            self._sha.update(data)
            self._room.release()
