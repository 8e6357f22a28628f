"""The size of a file in words, as a learner reads it beside a download."""

from __future__ import annotations

_STEPS = (("kB", 1000), ("MB", 1000**2), ("GB", 1000**3))


def shown(size: int, language: str) -> str:
    """`size` bytes as `240 kB`, `1,2 MB` (with a point in English); never less than 1 kB.

    One decimal below ten, none above; 1 kB is 1,000 bytes.
    """
    unit, step = next((pair for pair in reversed(_STEPS) if size >= pair[1]), _STEPS[0])
    value = max(size / step, 1)
    number = f"{value:.1f}" if unit != "kB" and value < 10 else f"{value:.0f}"
    return f"{number if language == 'en' else number.replace('.', ',')}\N{NO-BREAK SPACE}{unit}"
