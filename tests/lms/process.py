"""A server as a child process: started, found by the address it prints, stopped, its words kept."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

SERVERS = Path(__file__).resolve().parent / "servers"
_START_SECONDS = 60


class ServerStartError(RuntimeError):
    """A server did not start; the message ends with the last lines of its log."""


class Server:
    """One server process. Its first line of standard output is its address; the rest goes to `log`."""

    def __init__(self, command: Sequence[str | Path], log: Path) -> None:
        self.log = log
        self._handle = log.open("ab")
        self._process = subprocess.Popen(
            [str(part) for part in command],
            cwd=SERVERS,
            env={**os.environ, "PYTHONPATH": str(SERVERS), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._handle,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        try:
            self.address = self._address()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self.stop()

    def _address(self) -> str:
        assert self._process.stdout is not None
        killer = threading.Timer(_START_SECONDS, self._process.kill)
        killer.start()
        try:
            line = self._process.stdout.readline().decode()
        finally:
            killer.cancel()
        if not line.startswith("http://127.0.0.1:"):
            raise ServerStartError(f"no server within {_START_SECONDS} s:\n{self.last_words()}")
        threading.Thread(target=self._drain, daemon=True).start()
        return line.strip()

    def _drain(self) -> None:
        """Keep reading what the server still prints, or it would stop when the pipe is full."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._handle.write(line)
            self._handle.flush()

    def last_words(self, lines: int = 30) -> str:
        """The end of the server's log, for a failure message."""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])

    def stop(self) -> None:
        """End the server and every process it started; kill it when it does not go by itself."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            try:
                self._process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._handle.close()
