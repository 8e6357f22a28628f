"""Points in time, as xAPI writes them (1.0.3, part two, 4.5)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)T(?P<time>\d\d:\d\d)(?::(?P<seconds>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"(?:(?P<utc>[Zz])|(?P<sign>[+-])(?P<hours>\d\d)(?::?(?P<minutes>\d\d))?)?",
    re.ASCII,
)


def instant(text: str) -> datetime | None:
    """The time that `text` gives, to the microsecond; None where it gives none.

    Without an offset it is taken as UTC. The offset -00:00 says that the zone is unknown, which xAPI forbids; a leap
    second counts as the one before it.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    seconds = 59 if found["seconds"] == "60" else int(found["seconds"] or 0)
    offset = timedelta(hours=int(found["hours"] or 0), minutes=int(found["minutes"] or 0))
    if found["sign"] == "-" and not offset:
        return None
    zone = timezone(-offset if found["sign"] == "-" else offset) if offset < timedelta(days=1) else None
    try:
        day = datetime.strptime(f"{found['date']}T{found['time']}", "%Y-%m-%dT%H:%M")  # noqa: DTZ007
        part = int((found["fraction"] or "")[:6].ljust(6, "0"))
        return day.replace(second=seconds, microsecond=part, tzinfo=zone).astimezone(UTC) if zone else None
    except (ValueError, OverflowError):
        return None


def milliseconds(moment: datetime) -> int:
    """Since 1970, rounded down."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def written(since_1970: int) -> str:
    """Milliseconds since 1970 as xAPI writes a time."""
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=since_1970)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
