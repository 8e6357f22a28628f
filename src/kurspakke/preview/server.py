"""The preview from start to end: a port, the packages, the pages, a browser, and Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import webbrowser
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn

from kurspakke.findings import KurspakkeError
from kurspakke.preview.attempts import Attempts
from kurspakke.preview.desk import Desk
from kurspakke.preview.listening import listen, server
from kurspakke.preview.shelf import open_shelf
from kurspakke.preview.site import site

_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a preview; `port` 0 is any free one, `store` the folder in which attempts are kept."""

    paths: Sequence[str]
    store: Path
    port: int = 0
    profile: str = ""
    opens: bool = True
    presents: bool = False


def serve(wish: Wish, say: Callable[[str], None]) -> None:
    """Serve until Ctrl-C; `say` gets the address.

    Raises:
        KurspakkeError: the port is taken, there is nothing at a path, or attempts can't be kept.
    """
    try:
        wish.store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KurspakkeError(
            f"attempts can't be kept in {wish.store}: {error.strerror}", "name another folder with --store"
        ) from error
    attempts = Attempts(wish.store / "attempts.sqlite")
    with listen(wish.port) as listening, contextlib.closing(attempts):
        port = int(listening.getsockname()[1])
        shelf = open_shelf(wish.paths, attempts.key())
        desk = Desk(shelf, attempts, port, wish.profile, wish.presents)
        running = server(site(desk))
        say(f"{desk.inspector}/")
        if wish.opens:
            Thread(target=webbrowser.open, args=(f"{desk.inspector}/",), daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):  # the server has ended in order; that is how it says why
            asyncio.run(_run(running, desk, [listening]))


async def _run(running: uvicorn.Server, desk: Desk, sockets: list[socket.socket]) -> None:
    ending = asyncio.create_task(_let_go(running, desk))
    try:
        await running.serve(sockets)
    finally:
        ending.cancel()


async def _let_go(running: uvicorn.Server, desk: Desk) -> None:
    """Pages that listen would hold the server back for its whole patience."""
    while not running.should_exit:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(_TICK)
    desk.events.close()
