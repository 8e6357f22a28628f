"""Finding the frame that a package runs in."""

from __future__ import annotations

import time

from playwright.sync_api import Frame, Page

_SECONDS = 30.0


def package_frame(page: Page, part: str) -> Frame:
    """The frame whose address has `part` in it; an LMS may set it some time after its own page has loaded."""
    end = time.monotonic() + _SECONDS
    while time.monotonic() < end:
        for frame in page.frames:
            if part in frame.url:
                return frame
        page.wait_for_timeout(50)
    raise AssertionError(f"no frame with {part} in {[frame.url for frame in page.frames]}")
