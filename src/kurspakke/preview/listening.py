"""Listening on this machine's loopback address, and nowhere else."""

from __future__ import annotations

import socket

import uvicorn
from starlette.types import ASGIApp

from kurspakke.findings import KurspakkeError

LOOPBACK = "127.0.0.1"


def listen(port: int = 0) -> socket.socket:
    """A socket bound to 127.0.0.1 at `port` (0 to 65,535), at a free one for 0; to be closed by the caller.

    Raises:
        KurspakkeError: the port is taken, or is not for ordinary users.
    """
    # Without SO_REUSEADDR Windows is the stricter, and elsewhere a port just left could not be used again.
    try:
        return socket.create_server((LOOPBACK, port), backlog=1024)
    except OSError as error:
        raise KurspakkeError(
            f"can't listen at {LOOPBACK}:{port}: {error.strerror or error}",
            "choose another port, or leave --port out",
        ) from error


def server(app: ASGIApp) -> uvicorn.Server:
    """A server for `app`, to be run with `sockets=[listen()]`; it ends within a second though streams are open."""
    config = uvicorn.Config(
        app,
        http="h11",
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=1,
    )
    return uvicorn.Server(config)
