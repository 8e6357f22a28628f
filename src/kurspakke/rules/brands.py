"""Rules about the brand: a logo with words, safe to show, and colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.brand import Brand
from kurspakke.brandstyle import DARK, LIGHT, shortfall
from kurspakke.colour import Rgb
from kurspakke.findings import Location, Severity
from kurspakke.picturesize import picture_size
from kurspakke.project import COURSE_FILE
from kurspakke.rules.family import Family, Problem
from kurspakke.safesvg import dangers
from kurspakke.source import Source

MAX_LOGO = 100_000
"""Bytes. The logo comes before everything else on the page."""

BRANDS: Family[Source] = Family("SRC", first=160)


def _brand(source: Source) -> Brand | None:
    return source.course.head.brand if source.course else None


def _place(source: Source, key: str) -> Location:
    return source.locate(COURSE_FILE, "brand", key)


def _logos(source: Source) -> Iterator[tuple[str, str, bytes]]:
    """(key, file, its bytes) of each logo that is there."""
    for key, name in brand.logos() if (brand := _brand(source)) else ():
        if entry := source.files.files.get(name):
            yield key, name, entry.path.read_bytes() if entry.size <= MAX_LOGO else b""


@BRANDS.rule(5, "brand-contrast", Severity.ERROR, spec="WCAG 2.1, 1.4.3 and 1.4.11")
def brand_contrast(source: Source) -> Iterator[Problem]:
    """The brand's colours can be read and seen wherever the player uses them.

    `accent` is the colour of links on every background of the page, of the text on light buttons and of the ground of
    dark ones (4.5:1), and of marks and borders (3:1), on light screens; `accent_dark` the same on dark ones. The hint
    names the nearest colour of the same hue that will do; without `accent_dark` one is made that does.
    """
    brand = _brand(source)
    for key, written, scheme in (
        (("accent", brand.accent, LIGHT), ("accent_dark", brand.accent_dark, DARK)) if brand else ()
    ):
        if written and (found := shortfall(Rgb.read(written), scheme)):
            screens = "light" if scheme is LIGHT else "dark"
            # Cut, not rounded: 4.49 is not 4.5.
            ratio = int(found.ratio * 100) / 100
            message = (
                f"{written} on {found.ground}, a background on {screens} screens, "
                f"has a contrast of {ratio:g}:1; it takes {found.needed:g}:1"
            )
            hint = f'the nearest colour of the same hue that will do is "{found.instead}"'
            yield Problem(_place(source, key), message, hint)


@BRANDS.rule(6, "logo-without-words", Severity.ERROR, spec="WCAG 2.1, 1.1.1")
def logo_without_words(source: Source) -> Iterator[Problem]:
    """A logo has its words in `logo_alt`: those who don't see it are told whose course it is.

    Write the name of the one that the logo stands for, not «logo».
    """
    brand = _brand(source)
    if brand and brand.logo and not brand.logo_alt:
        yield Problem(
            _place(source, "logo"), "the logo has no logo_alt", "write what it says: `logo_alt: NAME`"
        )


@BRANDS.rule(7, "logo-not-safe", Severity.ERROR)
def logo_not_safe(source: Source) -> Iterator[Problem]:
    """A logo in SVG is a drawing and nothing else.

    No scripts, event attributes or foreign content, and no pictures, fonts or styles of other files: careful LMSs
    refuse such files, and browsers leave out half of them. Save it as «plain SVG», with texts made into paths.
    """
    for _, name, data in _logos(source):
        for danger in dangers(data) if data and name.endswith(".svg") else ():
            hint = "save it as plain SVG, with texts as paths and pictures left out"
            yield Problem(Location(name, danger.line, danger.column), f"the logo has {danger.message}", hint)


@BRANDS.rule(8, "logo-file", Severity.ERROR)
def logo_file(source: Source) -> Iterator[Problem]:
    """A logo is what its name says, tells its size, and is no larger than 100 kB.

    An SVG tells its size by `viewBox` (or width and height in pixels). The logo is fetched before the first page is
    seen, by learners on slow lines too.
    """
    for key, name, data in _logos(source):
        place = _place(source, key)
        size = picture_size(data) if data else None
        if not data:
            yield Problem(place, f"{name} is empty or larger than {MAX_LOGO // 1000} kB", "make it smaller")
        elif name.endswith(".png") != data.startswith(b"\x89PNG\r\n\x1a\n"):
            yield Problem(place, f"{name} is not a {name[-3:].upper()} inside", "save it anew in that format")
        elif not size or not all(size):
            hint = "add `viewBox` to the SVG's first tag"
            yield Problem(place, f"{name} does not tell its width and height", hint)


@BRANDS.rule(9, "brand-half-given", Severity.ERROR)
def brand_half_given(source: Source) -> Iterator[Problem]:
    """What stands in for something, or describes it, has what it belongs to.

    `logo_alt` and `logo_dark` belong to a `logo`, `accent_dark` to an `accent`.
    """
    brand = _brand(source)
    for key, belongs_to in (("logo_alt", "logo"), ("logo_dark", "logo"), ("accent_dark", "accent")):
        if brand and getattr(brand, key) and not getattr(brand, belongs_to):
            yield Problem(
                _place(source, key), f"{key} without {belongs_to}", f"add `{belongs_to}:`, or take it out"
            )
