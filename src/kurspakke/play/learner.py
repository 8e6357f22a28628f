"""A learner who does not know the content: answers what is asked, goes on while there is something new, and gives up."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING

from kurspakke.play.launching import CONTENT

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

MOST_STEPS = 150
"""So many things a learner does in a sitting at most."""
MOST_SECONDS = 25.0
"""So long a sitting takes at most."""
_PATIENCE = 8
"""So many steps that change nothing, and the learner is through."""
_PAUSE = 120
_LOOK = """() => [location.href, document.body ? document.body.innerText : "", document.title]"""


@dataclass
class Learner:
    """What one learner has met in a sitting: every different sight, by the words of its frames."""

    page: Page
    on_step: Callable[[int], None]
    on_page: Callable[[Frame], None]
    sights: dict[str, str] = field(default_factory=dict)
    pages: dict[str, None] = field(default_factory=dict)
    steps: int = 0
    words: int = 0

    def go_through(self, most_steps: int = MOST_STEPS) -> None:
        """Do one thing after the other until nothing new comes of it, or it has taken long enough."""
        script = (resources.files(__package__) / "learner.js").read_text("utf-8")
        end = time.monotonic() + MOST_SECONDS
        idle = 0
        self._look()
        while idle < _PATIENCE and self.steps < most_steps and time.monotonic() < end:
            self.steps += 1
            self.on_step(self.steps)
            acted = [_act(frame, script) for frame in self.frames()]
            if not any(acted):
                break
            self.page.wait_for_timeout(_PAUSE)
            idle = 0 if self._look() else idle + 1

    def frames(self) -> Iterator[Frame]:
        """The frames that show something of the package."""
        return (frame for frame in self.page.frames if frame.url.startswith(CONTENT))

    def _look(self) -> bool:
        """Whether anything on the screen is new."""
        found = False
        for frame in self.frames():
            where, words, _ = _sight(frame)
            path = re.sub(r"\?[^#]*", "", where.removeprefix(CONTENT))
            if path not in self.pages:
                self.pages.setdefault(path)
                self.on_page(frame)
            found = found or f"{path}\n{words}" not in self.sights
            self.sights.setdefault(f"{path}\n{words}", path)
        self.words = max((len(sight.split()) for sight in self.sights), default=0)
        return found


def _act(frame: Frame, script: str) -> str:
    from playwright.sync_api import Error

    try:
        return str(frame.evaluate(script))
    except Error:  # it went away while acting: that is something, too
        return "left"


def _sight(frame: Frame) -> tuple[str, str, str]:
    from playwright.sync_api import Error

    try:
        where, words, title = frame.evaluate(_LOOK)
        return str(where), str(words), str(title)
    except Error:
        return frame.url, "", ""
