"""Small web servers for tests, on free ports of 127.0.0.1: files under mounts, and functions under paths."""

from __future__ import annotations

import mimetypes
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

_NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True)
class Request:
    """What came in. `path` is decoded and without the part that chose the function; header names are lower-case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Answer:
    """What goes out."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Function = Callable[[Request], Answer]


class WebHost:
    """Answers until the `with` block ends; folders and functions may be added while it runs."""

    def __init__(self) -> None:
        self._functions: dict[str, Function] = {}
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self._answer
                raise AttributeError(name)

            def _answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                answer = host.answer(
                    self.command, self.path, dict(self.headers.items()), self.rfile.read(length)
                )
                self.send_response(answer.status)
                for name, value in {**answer.headers, "Content-Length": str(len(answer.body))}.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name is http.server's
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A browser that goes away in the middle of an answer is no error."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def function(self, prefix: str, function: Function) -> None:
        """Let a function answer everything below a path; the longest prefix that fits is asked."""
        self._functions[prefix] = function

    def folder(self, prefix: str, folder: Path, headers: Mapping[str, str] = _NOTHING) -> None:
        """Serve the files of a folder below a path, with these headers on each.

        Parts of them too (RFC 9110, 14): where a server gives none, nobody can move about in a film.
        """

        def read(request: Request) -> Answer:
            path = (folder / request.path).resolve()
            if not path.is_file() or not path.is_relative_to(folder.resolve()):
                return Answer(404)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            whole = path.read_bytes()
            told = {"Content-Type": kind, "Accept-Ranges": "bytes", **headers}
            part = re.fullmatch(r"bytes=(\d+)-(\d*)", request.headers.get("range", ""))
            if not part or int(part[1]) >= len(whole):
                return Answer(200, whole, told)
            first, last = int(part[1]), min(int(part[2] or len(whole)), len(whole) - 1)
            return Answer(
                206, whole[first : last + 1], {**told, "Content-Range": f"bytes {first}-{last}/{len(whole)}"}
            )

        self.function(prefix, read)

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Find the function and ask it."""
        parts = urlsplit(target)
        path = unquote(parts.path)
        for prefix in sorted(self._functions, key=len, reverse=True):
            if path.startswith(prefix):
                query = dict(parse_qsl(parts.query, keep_blank_values=True))
                lower = {name.lower(): value for name, value in headers.items()}
                return self._functions[prefix](Request(method, path[len(prefix) :], query, lower, body))
        return Answer(404)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self.close()

    def close(self) -> None:
        """Give the port back; for a host that was never entered."""
        self._server.server_close()
