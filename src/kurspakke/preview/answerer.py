"""A program that stays and answers each line of JSON with one of its own."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any


class Answerer:
    """The program that `command` starts in `folder`, with the first question."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_over = False

    def ask(self, question: object) -> Any:
        """Its answer.

        Raises:
            OSError: it can't be started, or ends.
            ValueError: what it says is no answer.
        """
        with self._lock:
            process = self._running()
            stdin, stdout = process.stdin, process.stdout
            assert stdin is not None  # noqa: S101 - both are pipes
            assert stdout is not None  # noqa: S101
            stdin.write(json.dumps(question).encode() + b"\n")
            stdin.flush()
            return json.loads(stdout.readline())

    def end(self) -> None:
        """Stop it at once, whatever it is doing; it will not start again."""
        self._is_over = True
        if self._process is not None:
            self._process.kill()  # and whoever waits for an answer gets none
        with self._lock:
            self._let_go()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._is_over:
            raise OSError("it has been stopped")
        if self._process is None or self._process.poll() is not None:
            self._let_go()
            self._process = subprocess.Popen(
                self._command, cwd=self._folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        return self._process

    def _let_go(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()
