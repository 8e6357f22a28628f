"""Watching what a package does on the wire while it plays."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError


class Watcher:
    """Everything that must not happen, and what is still on its way.

    `complaints`: script errors, addresses that do not answer, breaches of a content security policy and requests to
    any other host than 127.0.0.1, each in words.
    """

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        self._pending: set[Request] = set()
        context.on("weberror", self._failed)
        context.on("console", self._said)
        context.on("request", self._sent)
        context.on("response", self._answered)
        context.on("requestfinished", self._ended)
        context.on("requestfailed", self._ended)

    def settle(self, page: Page) -> None:
        """Wait until no data has been on its way for a while, as people do before they close a window.

        Some LMSs send each value on its own, one after the other, and lose what still waits when the window closes.
        """
        quiet = 0
        for _ in range(200):
            page.wait_for_timeout(50)
            quiet = 0 if self._pending else quiet + 1
            if quiet == 8:
                return
        raise AssertionError(f"still on their way: {[request.url for request in self._pending]}")

    def _failed(self, error: WebError) -> None:
        self.complaints.append(f"error: {error.error}")

    def _said(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def _sent(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname != "127.0.0.1":
            self.complaints.append(f"request to {request.url}")
        if request.resource_type in {"xhr", "fetch", "ping"}:
            self._pending.add(request)

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400:
            self.complaints.append(f"{answer.status} for {answer.url}")

    def _ended(self, request: Request) -> None:
        self._pending.discard(request)
