"""A WSGI server on a free port of 127.0.0.1 whose application answers one request at a time, in the order they came.

wagtail-lms' player sends every SetValue on its own and saves the whole attempt for each: two at once would lose
each other's columns. Only the application takes turns; the wire does not, since a browser opens connections ahead
of need, and stops reading a video in the middle, and nobody else may have to wait for that.
"""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref import simple_server


class _Server(ThreadingMixIn, simple_server.WSGIServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def listen() -> tuple[_Server, str]:
    """A server that is bound but has no application yet, and its address."""
    server = _Server(("127.0.0.1", 0), simple_server.WSGIRequestHandler)
    return server, f"http://127.0.0.1:{server.server_port}"


def serve(server: _Server, application: Any, address: str) -> None:
    """Tell the parent process the address (the first line of standard output) and answer until killed."""
    server.set_app(_in_turn(application))
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    server.serve_forever()


def _in_turn(application: Any) -> Any:
    worker = ThreadPoolExecutor(max_workers=1)

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        length = int(environ.get("CONTENT_LENGTH") or 0)
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(length))
        return worker.submit(application, environ, start_response).result()

    return answer
