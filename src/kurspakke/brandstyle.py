"""A brand's colour as custom properties that take the place of the design system's accent.

Every shade is made from the one colour, and none lighter or darker than the texts on it allow. What the colour itself
must hold against is fixed by the look (templates/style): those pairs are listed here, and a rule refuses a colour that
does not hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kurspakke.brand import Brand
from kurspakke.colour import BLACK, WHITE, Rgb, contrast, nearest

TEXT = 4.5
"""WCAG 2.1, 1.4.3: texts."""
MARK = 3.0
"""WCAG 2.1, 1.4.11: borders and marks that tell something."""


_ROOM = 1.4
"""A colour made for dark screens leaves room for the shades of what is pointed at and chosen."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What a look has of fixed colours.

    `grounds`: links stand on them; `tracks`: only marks do; `quiet`: the colour of small print; `far`: the way that
    shades go from the ground.
    """

    grounds: tuple[Rgb, ...]
    tracks: tuple[Rgb, ...]
    quiet: Rgb
    far: Rgb


def _colours(text: str) -> tuple[Rgb, ...]:
    return tuple(Rgb.read(part) for part in text.split())


LIGHT = Scheme(
    _colours("#ffffff #f3f3f4 #edf5f3 #f4f3f9 #edf5fa #ecf6ee #fcf2e2"),
    _colours("#d9dadb"),
    Rgb.read("#5b5d60"),
    BLACK,
)
DARK = Scheme(
    _colours("#17181a #1e2022 #11231d #211c34 #112130 #112411 #281e11"),
    _colours("#343538"),
    Rgb.read("#a7a8a9"),
    WHITE,
)
"""The backgrounds of the page, the menu, tips, reflections, notices, right and wrong answers."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A pair of colours with too little contrast, and what would do instead."""

    ground: Rgb
    ratio: float
    needed: float
    instead: Rgb


def shortfall(accent: Rgb, scheme: Scheme) -> Shortfall | None:
    """The pair that is farthest from what it needs; None if the colour will do."""
    ratio, ground, needed = min(
        ((contrast(accent, ground), ground, needed) for ground, needed in _pairs(scheme)),
        key=lambda pair: pair[0] / pair[2],
    )
    return None if ratio >= needed else Shortfall(ground, ratio, needed, fitting(accent, scheme))


def fitting(accent: Rgb, scheme: Scheme, margin: float = 1) -> Rgb:
    """The nearest colour of the same hue that will do; `margin`: so many times better than it must."""

    def will_do(colour: Rgb) -> bool:
        return all(contrast(colour, ground) >= margin * needed for ground, needed in _pairs(scheme))

    return nearest(accent, will_do) or scheme.far


def _pairs(scheme: Scheme) -> Iterator[tuple[Rgb, float]]:
    yield from ((ground, TEXT) for ground in scheme.grounds)
    yield from ((track, MARK) for track in scheme.tracks)


def style_of(brand: Brand) -> str:
    """The style sheet that comes after the program's own."""
    rules = [".top-title::before{content:none}"]
    if brand.accent:
        accent = Rgb.read(brand.accent)
        dark = Rgb.read(brand.accent_dark) if brand.accent_dark else fitting(accent, DARK, _ROOM)
        rules.append(f":root{{{_written(tokens(accent, LIGHT))}}}")
        rules.append(f"@media (prefers-color-scheme:dark){{:root{{{_written(tokens(dark, DARK))}}}}}")
    if brand.logo:
        rules.append(_LOGO)
    return "\n".join(["/* brand */", *rules, ""])


_LOGO = """.logo{display:block;width:auto;max-width:min(14rem,40vw);height:2.5rem;object-fit:contain}
@media print{.top{display:block!important;min-height:0;padding:0 0 5mm;border:0}
.top>:not(picture){display:none!important}
.logo{height:12mm;max-width:60mm}}
@media screen and (prefers-color-scheme:dark){.logo:only-child{padding:.25rem;border-radius:.25rem;background:#fff}}"""


def tokens(accent: Rgb, scheme: Scheme) -> Mapping[str, Rgb]:
    """The accent's custom properties. Every pair of them that the look uses has the contrast it needs."""
    ground = scheme.grounds[0]
    strong = accent.mixed(scheme.far, 0.6)
    on = max(WHITE, BLACK, key=lambda colour: contrast(colour, accent))
    hero = _until(accent, BLACK, 0.3 if scheme is LIGHT else 0.7, (WHITE,), 9)
    base = {
        "background-tinted": _tint(accent, ground, 0.07, (accent, scheme.quiet)),
        "surface-tinted": _tint(accent, ground, 0.14, (accent, strong)),
        "surface-hover": _tint(accent, ground, 0.22, (accent, strong)),
        "surface-active": _tint(accent, ground, 0.3, (accent, strong)),
        "border-subtle": accent.mixed(ground, 0.55),
        "border-default": accent,
        "border-strong": accent,
        "text-subtle": accent,
        "text-default": strong,
        "base-default": accent,
        "base-hover": accent.mixed(scheme.far, 0.18),
        "base-active": accent.mixed(scheme.far, 0.36),
        "base-contrast-default": on,
    }
    named = {f"--ds-color-accent-{name}": colour for name, colour in base.items()}
    return {**named, "--hero": hero, "--hero-quiet": _until(accent, WHITE, 0.8, (hero,), 7)}


def _tint(accent: Rgb, ground: Rgb, share: float, texts: Sequence[Rgb]) -> Rgb:
    """The ground with as much of the accent in it, up to `share`, as these texts can stand on."""
    for hundredth in range(round(share * 100), 0, -1):
        tint = ground.mixed(accent, hundredth / 100)
        if all(contrast(text, tint) >= TEXT for text in texts):
            return tint
    return ground


def _until(colour: Rgb, towards: Rgb, share: float, against: Sequence[Rgb], ratio: float) -> Rgb:
    """The colour with a share of another in it, more of it until the contrast is reached."""
    mixed = colour.mixed(towards, share)
    while share < 1 and any(contrast(mixed, other) < ratio for other in against):
        share += 0.02
        mixed = colour.mixed(towards, min(share, 1))
    return mixed


def _written(found: Mapping[str, Rgb]) -> str:
    return ";".join(f"{name}:{colour}" for name, colour in found.items())
