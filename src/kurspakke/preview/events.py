"""What happens, told to every page that listens (server-sent events, HTML 9.2)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from threading import Lock

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

HEARTBEAT = 15.0
"""Seconds of silence after which a sign of life is sent: so that a page that is gone is noticed."""
MOST_WAITING = 5_000
"""So many events wait for a page that does not take them; then the oldest are dropped."""


class _Listener:
    """One page's queue; filled from any thread, emptied in the server's loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.queue: asyncio.Queue[str | None] = asyncio.Queue()

    def tell(self, text: str | None) -> None:
        self.loop.call_soon_threadsafe(self._put, text)

    def _put(self, text: str | None) -> None:
        if self.queue.qsize() >= MOST_WAITING:
            self.queue.get_nowait()
        self.queue.put_nowait(text)


class Events:
    """Tells what happens to all who listen now; nothing is kept for those who come later."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._listeners: set[_Listener] = set()
        self._closed = False

    def publish(self, event: Mapping[str, object]) -> None:
        """Tell this, which JSON must be able to hold; from any thread."""
        text = json.dumps(event, ensure_ascii=False, separators=(",", ":"))
        self._tell(text)

    def close(self) -> None:
        """Let all listeners go, so that the server can end; whoever comes later is let go at once."""
        self._closed = True
        self._tell(None)

    def _tell(self, text: str | None) -> None:
        with self._lock:
            for listener in self._listeners:
                listener.tell(text)

    async def stream(self) -> AsyncIterator[str]:
        """The events from now on, as the lines that a browser wants."""
        listener = _Listener()
        with self._lock:
            self._listeners.add(listener)
        try:
            yield "retry: 500\n\n"
            while not self._closed:
                try:
                    text = await asyncio.wait_for(listener.queue.get(), HEARTBEAT)
                except TimeoutError:
                    yield ":\n\n"
                    continue
                if text is None:
                    return
                yield f"data: {text}\n\n"
        finally:
            with self._lock:
                self._listeners.discard(listener)

    def listening(self) -> int:
        """How many pages listen now."""
        with self._lock:
            return len(self._listeners)


async def events(request: Request) -> Response:
    """The address at which pages listen."""
    bus: Events = request.app.state.desk.events
    return StreamingResponse(
        bus.stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
    )
