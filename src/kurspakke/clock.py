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
