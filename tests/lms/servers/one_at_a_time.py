"""A WSGI server on a free port of 127.0.0.1 that answers one request at a time, in the order they came.

wagtail-lms' player sends every SetValue on its own and saves the whole attempt for each: two at once would lose
each other's columns. A browser also opens connections ahead of need and says nothing on them; those are dropped
after a second, so that they never hold up the others.
"""

from __future__ import annotations

import sys
from typing import Any
from wsgiref import simple_server


class _Handler(simple_server.WSGIRequestHandler):
    timeout = 1.0

    def handle(self) -> None:
        try:
            super().handle()
        except (TimeoutError, ConnectionError):
            self.close_connection = True


class _Server(simple_server.WSGIServer):
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), (TimeoutError, ConnectionError)):
            super().handle_error(request, client_address)


def listen() -> tuple[_Server, str]:
    """A server that is bound but has no application yet, and its address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    return server, f"http://127.0.0.1:{server.server_port}"


def serve(server: _Server, application: Any, address: str) -> None:
    """Tell the parent process the address (the first line of standard output) and answer until killed."""
    server.set_app(application)
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()
    server.serve_forever()
