"""The preview from start to end: a port, the packages, the pages, a browser, and Ctrl-C."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import uvicorn

from kurspakke.preview.desk import Desk
from kurspakke.preview.listening import listen, server
from kurspakke.preview.opening import opened
from kurspakke.preview.shelf import LiveShelf
from kurspakke.preview.site import site
from kurspakke.preview.supply import Change
from kurspakke.reporters.json import finding_json

_TICK = 0.05


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a preview; `port` 0 is any free one, `store` the folder in which attempts are kept."""

    paths: tuple[str, ...]
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
    with listen(wish.port) as listening:
        port = int(listening.getsockname()[1])
        with opened(wish.paths, wish.store, port, profile=wish.profile, presents=wish.presents) as (
            desk,
            shelf,
        ):
            say(f"{desk.inspector}/")
            if wish.opens:
                Thread(target=webbrowser.open, args=(f"{desk.inspector}/",), daemon=True).start()
            with contextlib.suppress(KeyboardInterrupt):  # the server has ended in order; so it says why
                asyncio.run(_run(server(site(desk)), desk, shelf, [listening]))


async def _run(running: uvicorn.Server, desk: Desk, shelf: LiveShelf, sockets: list[socket.socket]) -> None:
    watching = asyncio.create_task(shelf.watch(lambda change: _tell(desk, change)))
    ending = asyncio.create_task(_let_go(running, desk))
    try:
        await running.serve(sockets)
    finally:
        watching.cancel()
        ending.cancel()


async def _let_go(running: uvicorn.Server, desk: Desk) -> None:
    """Pages that listen would hold the server back for its whole patience."""
    while not running.should_exit:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(_TICK)
    desk.events.close()


async def _tell(desk: Desk, change: Change) -> None:
    """What has changed, to all pages that are open."""
    desk.events.publish(
        {
            "kind": "change",
            "offers": sorted(change.offers),
            "files": {offer: sorted(files) for offer, files in change.files.items()},
            "listed": change.listed,
            "origin": str(change.origin),
            "findings": [finding_json(finding) for finding in change.findings],
        }
    )
