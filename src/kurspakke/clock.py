"""Which day it is: asked once, by the commands, and handed on from there."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime


def today() -> date:
    """The day, in UTC; the one of SOURCE_DATE_EPOCH where that is set, so that an old state can be built again."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    seconds = int(epoch) if epoch.isascii() and epoch.isdigit() and len(epoch) < 12 else time.time()
    return datetime.fromtimestamp(seconds, UTC).date()


def day_of(text: str) -> date:
    """The day that is written as YYYY-MM-DD. Raises ValueError for another text."""
    return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()


def told_day() -> date | None:
    """The day of SOURCE_DATE_EPOCH; None where it is not set."""
    return today() if os.environ.get("SOURCE_DATE_EPOCH", "").isdigit() else None
