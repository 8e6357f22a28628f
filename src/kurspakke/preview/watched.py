"""The content's files, with every answer told to the inspector: what was asked for, how large, how long it took."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kurspakke.preview.events import Events


def watched(app: ASGIApp, events: Events) -> ASGIApp:
    """`app`, which serves `/<package-id>/<path>`; each answer is published as `fetched`."""

    async def watching(scope: Scope, receive: Receive, send: Send) -> None:
        began = time.monotonic()
        seen = {"status": 0, "bytes": 0}

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                seen["status"] = int(message["status"])
            elif message["type"] == "http.response.body":
                seen["bytes"] += len(message.get("body", b""))
            await send(message)

        await app(scope, receive, noting)
        below = str(scope["path"]).removeprefix(str(scope.get("root_path", "")))
        package, _, path = below.removeprefix("/").partition("/")
        took = round((time.monotonic() - began) * 1000, 1)
        events.publish({"kind": "fetched", "package": package, "path": path, **seen, "ms": took})

    return watching
