"""The size of a file in words, as a learner reads it beside a download."""

from __future__ import annotations


def shown(size: int, language: str) -> str:
    """`size` bytes as `240 kB`, `1,2 MB` (with a point in English); never less than 1 kB.

    One decimal below ten megabytes or gigabytes; 1 kB is 1,000 bytes.
    """
    value, unit = max(size / 1000, 1), "kB"
    for larger in ("MB", "GB"):
        if round(value) >= 1000:
            value, unit = value / 1000, larger
    number = f"{value:.1f}" if unit != "kB" and round(value, 1) < 10 else f"{value:.0f}"
    return f"{number if language == 'en' else number.replace('.', ',')}\N{NO-BREAK SPACE}{unit}"
