"""Colours as sRGB, and the contrast between two of them as WCAG 2.1 defines it."""

from __future__ import annotations

import colorsys
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

_STEPS = 500


class Rgb(NamedTuple):
    """A colour on screens; each part from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def read(cls, text: str) -> Rgb:
        """The colour that `#rrggbb` names."""
        return cls(*bytes.fromhex(text.removeprefix("#")))

    def __str__(self) -> str:
        return f"#{bytes(self).hex()}"

    @property
    def luminance(self) -> float:
        """Relative luminance, 0 to 1 (WCAG 2.1, definition of relative luminance)."""
        red, green, blue = (_linear(part / 255) for part in self)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def mixed(self, other: Rgb, share: float) -> Rgb:
        """This colour with a share (0 to 1) of another in it."""
        pairs = zip(self, other, strict=True)
        return Rgb(*(round(mine + (its - mine) * share) for mine, its in pairs))


WHITE = Rgb(255, 255, 255)
BLACK = Rgb(0, 0, 0)


@lru_cache(maxsize=1024)  # a page asks for the same few pairs again and again
def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio, 1 to 21 (WCAG 2.1, definition of contrast ratio)."""
    darker, lighter = sorted((one.luminance, other.luminance))
    return (lighter + 0.05) / (darker + 0.05)


def nearest(colour: Rgb, will_do: Callable[[Rgb], bool]) -> Rgb | None:
    """The colour of the same hue and saturation, and the nearest lightness, that will do; None if none does."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    steps = sorted((step / _STEPS for step in range(_STEPS + 1)), key=lambda step: abs(step - lightness))
    for step in (lightness, *steps):
        candidate = Rgb(*(round(part * 255) for part in colorsys.hls_to_rgb(hue, step, saturation)))
        if will_do(candidate):
            return candidate
    return None


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
