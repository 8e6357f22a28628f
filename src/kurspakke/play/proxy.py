"""The only way out of the stage: a proxy on the loopback address that answers by itself and passes nothing on.

A browser's own means of answering requests in its network's place (the debugging protocol's `Fetch`) lose those of
a frame that is going away: the `keepalive` request or beacon in which the content says its last. A server gets them.
And as the browser is told to send everything through it, what goes to `localhost` and other loopback ports too, there
is no other way for the content to anywhere.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus

from kurspakke.preview.listening import LOOPBACK, listen

_MOST_HEAD = 1 << 20
_MOST_BODY = 1 << 26
_OVER = (
    asyncio.CancelledError,  # the proxy ends
    asyncio.IncompleteReadError,
    asyncio.LimitOverrunError,
    OSError,
    ValueError,
)
"""What ends a connection."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request. `url` is absolute, or `host:port` for the method CONNECT; header names are lower-case."""

    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Answering = Callable[[Asked], Answer | None]
"""Called one request after the other, in another thread; None is to the browser a host that is not there."""


@contextmanager
def proxy(answering: Answering) -> Iterator[str]:
    """The address of a proxy that asks `answering`, at a free port and as long as this lasts.

    Raises:
        KurspakkeError: no port is to be had.
    """
    with listen() as door:
        begun: Future[Callable[[], object]] = Future()
        thread = threading.Thread(target=lambda: asyncio.run(_serve(door, answering, begun)), daemon=True)
        thread.start()
        end = begun.result()
        try:
            yield f"http://{LOOPBACK}:{door.getsockname()[1]}"
        finally:
            end()
            thread.join()


async def _serve(door: socket.socket, answering: Answering, begun: Future[Callable[[], object]]) -> None:
    # All in one thread: requests are answered in the order in which they come, on whichever connection.
    loop, ended = asyncio.get_running_loop(), asyncio.Event()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(*_OVER):
                while (answer := answering(asked := await _asked(reader))) is not None:
                    writer.write(_written(answer, is_head=asked.method == "HEAD"))
                    await writer.drain()
        finally:
            writer.close()

    server = await asyncio.start_server(connected, sock=door, limit=_MOST_HEAD)
    begun.set_result(partial(loop.call_soon_threadsafe, ended.set))
    await ended.wait()
    server.close()


async def _asked(reader: asyncio.StreamReader) -> Asked:
    """The next request on a connection (RFC 9112); ValueError for what no browser sends."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    line, *fields = head.removesuffix("\r\n\r\n").split("\r\n")
    method, url, _ = line.split(" ")
    named = (each.partition(":") for each in fields)
    headers = {name.lower(): value.strip() for name, _, value in named}
    length = int(headers.get("content-length", "0"))
    if length > _MOST_BODY or "transfer-encoding" in headers:
        raise ValueError(line)
    return Asked(method, url, headers, await reader.readexactly(length))


def _written(answer: Answer, *, is_head: bool) -> bytes:
    phrase = HTTPStatus(answer.status).phrase
    length = {} if answer.status == HTTPStatus.NO_CONTENT else {"Content-Length": str(len(answer.body))}
    headers = {"Cache-Control": "no-store", **length, **answer.headers}
    lines = [f"HTTP/1.1 {answer.status} {phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + (b"" if is_head else answer.body)
