"""The packages' files over HTTP, straight from where they lie: a zip, a folder or memory.

Nothing is unpacked to disk and no path of the file system is ever made of an address: what is asked for is a name in
a `FileTree`, or it is not there. So there is nothing to climb out of, however an address is written.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from itertools import chain

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from kurspakke.filetree import File, FileTree
from kurspakke.preview import mediatypes, missing
from kurspakke.preview.origins import HEADERS, frame_rule
from kurspakke.preview.parts import Version, chunks, version_of
from kurspakke.preview.ranges import UnsatisfiableError, asked_range, is_known, range_counts
from kurspakke.zipmember import DamagedMemberError

Trees = Callable[[str], FileTree | None]
"""The package's files by its id; None when there is no such package."""

_log = logging.getLogger("kurspakke.preview")
_READ_ONLY = "GET, HEAD"
_QUIET = "default-src 'none'; style-src 'unsafe-inline'; "


def content_app(trees: Trees) -> ASGIApp:
    """Serves `/<package-id>/<path>` below the path that it is mounted at; reads only."""

    async def content(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        named = _named(scope)
        answer = await run_in_threadpool(_answer, trees, named, str(scope["method"]), headers)
        answer.headers.update(_headers(headers, answer))
        try:
            await answer(scope, receive, send)
        except (DamagedMemberError, OSError) as error:
            # The head is on its way already: the broken connection tells the browser that something is amiss.
            _log.warning("%s: %s", "/".join(named), error)

    return content


def _named(scope: Scope) -> tuple[str, str]:
    """The package and the file that an address names; it was percent-decoded once, and never will be again."""
    below = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
    package, _, path = below.removeprefix("/").partition("/")
    return package, path


def _headers(asked: Headers, answer: Response) -> Mapping[str, str]:
    own = answer.headers.get("Content-Security-Policy", "")
    policy = own + frame_rule(asked.get("host", ""))
    # Asked again each time, and answered by 304: what is previewed changes while one looks at it.
    return {**HEADERS, "Content-Security-Policy": policy, "Cache-Control": "no-cache"}


def _answer(trees: Trees, named: tuple[str, str], method: str, asked: Headers) -> Response:
    package, path = named
    if method not in {"GET", "HEAD"}:
        return Response(status_code=405, headers={"Allow": _READ_ONLY})
    tree = trees(package)
    if tree is None:
        return _said(missing.missing_package(), 404)
    file = tree.get(path)
    if file is None:
        return _said(missing.missing_file(path, tree), 404)
    try:
        return _file(path, file, asked, is_head=method == "HEAD")
    except (DamagedMemberError, OSError) as error:
        _log.warning("%s: %s", path, error)
        return _said(missing.unreadable_file(path, str(error)), 500)


def _said(text: str, status: int) -> Response:
    return HTMLResponse(text, status, {"Content-Security-Policy": _QUIET})


def _file(path: str, file: File, asked: Headers, *, is_head: bool) -> Response:
    version = version_of(file)
    headers = {"ETag": version.etag, "Accept-Ranges": "bytes"}
    if is_known(asked.get("if-none-match"), version.etag):
        return Response(status_code=304, headers=headers)
    kind = mediatypes.media_type(path)
    headers["Content-Type"] = mediatypes.content_type(kind, _head(file, kind, version))
    try:
        counts = range_counts(asked.get("if-range"), version.etag)
        part = asked_range(asked.get("range"), version.size) if counts else None
    except UnsatisfiableError:
        headers["Content-Range"] = f"bytes */{version.size}"
        return Response(status_code=416, headers=headers)
    wanted = part if part is not None else range(version.size)
    headers["Content-Length"] = str(len(wanted))
    if part is not None:
        headers["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{version.size}"
    body: Iterator[bytes] = iter(()) if is_head else _begun(chunks(file, wanted))
    return StreamingResponse(body, 200 if part is None else 206, headers)


def _head(file: File, kind: str, version: Version) -> bytes:
    """How a text begins; nothing else is read for its type."""
    if not mediatypes.is_text(kind) or not version.size:
        return b""
    return next(chunks(file, range(min(version.size, mediatypes.HEAD))))


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The same parts; the first is read already, while an error can still be told in words."""
    first = list(next(([part] for part in parts), []))
    return chain(first, parts)
