"""The preview's server in a thread, and a client that sends addresses exactly as they are written."""

from __future__ import annotations

import asyncio
import http.client
import io
import threading
import time
import zipfile
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from starlette.types import ASGIApp

from kurspakke.filetree import FileTree
from kurspakke.preview.listening import LOOPBACK, listen, server
from kurspakke.zipreader import read_zip

Result = TypeVar("Result")


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class Served:
    port: int

    def ask(
        self, path: str, *, method: str = "GET", host: str | None = None, body: str = "", **headers: str
    ) -> Reply:
        """What the server answers; `if_range=…` is the header `If-Range`."""
        connection = http.client.HTTPConnection(LOOPBACK, self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True)
            connection.putheader("Host", host or f"{LOOPBACK}:{self.port}")
            for name, value in headers.items():
                connection.putheader(name.replace("_", "-"), value)
            if body:
                connection.putheader("Content-Length", str(len(body.encode())))
            connection.endheaders(body.encode() or None)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Reply(response.status, told, response.read())
        finally:
            connection.close()


@contextmanager
def serving(app: ASGIApp) -> Iterator[Served]:
    """`app` at a free port, as long as this lasts."""
    with serving_at(lambda _: app) as served:
        yield served


@contextmanager
def serving_at(app: Callable[[int], ASGIApp]) -> Iterator[Served]:
    """The same for an app that has to know its port."""
    with listen() as socket:
        port = int(socket.getsockname()[1])
        running = server(app(port))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [socket]})
        thread.start()
        try:
            while not running.started:
                assert thread.is_alive()
                time.sleep(0.01)
            yield Served(port)
        finally:
            running.should_exit = True
            thread.join(10)
    assert not thread.is_alive()


def zipped(
    path: Path, files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, *, damaged: bytes = b""
) -> FileTree:
    """A zip of `files` at `path`, as the preview opens it; the first `damaged` in it is spoilt."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    data = packed.getvalue()
    path.write_bytes(data.replace(damaged, b"X" * len(damaged), 1) if damaged else data)
    return read_zip(path, verify=False).tree


def run_apart(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """What comes of `work`, in a loop of its own: Playwright's may be running in this thread."""
    with ThreadPoolExecutor(1) as alone:
        return alone.submit(lambda: asyncio.run(work())).result()
