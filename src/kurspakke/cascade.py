"""Which text and ground colours an element certainly has: by the style sheets of its page, or not at all.

A selector of one element name, id or classes is certain; any other, and any rule under a condition, *may* hold
for every element that its last part fits, and whoever is met by such a rule is left alone. So are elements that
may lie elsewhere than on their parents, may be hidden, or get their colours from the browser.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kurspakke.colour import Rgb
from kurspakke.htmlpage import Element, tag_of
from kurspakke.stylesheet import Declared, StyleRule, read_declarations

UNSURE = "unsure"
"""No colour: something is declared, and nobody can say what comes of it."""
_TEXT = frozenset({"color"})
_GROUND = frozenset({"background", "background-color", "background-image"})
_MOVED = frozenset({"position", "z-index", "margin", "margin-top", "margin-bottom", "inset", "float"})
_VEILED = frozenset(
    {"opacity", "filter", "mix-blend-mode", "transform", "clip", "clip-path", "all", "text-indent"}
    | {"-webkit-text-fill-color", "background-clip", "-webkit-background-clip", "text-shadow"}
)
_SHOWN = frozenset({"display", "visibility"})
_AWAY = {"absolute", "fixed", "sticky"}
_LARGE = {"h1", "h2", "h3", "h4", "h5", "h6", "font", "big"}
_SIZED = frozenset({"font", "font-size", "zoom"})
_PLAIN = {"none", "1", "0", "normal"}
_SEEN = {
    "block",
    "inline",
    "inline-block",
    "flex",
    "inline-flex",
    "grid",
    "table",
    "table-cell",
    "list-item",
    "visible",
}
_OF_BROWSER = {
    "a",
    "button",
    "input",
    "select",
    "textarea",
    "mark",
    "option",
    "optgroup",
    "dialog",
    "summary",
}
TELLING = frozenset({"id", "class", "style", "hidden", "color", "text", "bgcolor", "background"})
"""The attributes that a look depends on; without any, all elements of one name look alike."""
_STATE = re.compile(r":(?:hover|focus|active|focus-visible|focus-within|visited|target)\b")
_BETWEEN = re.compile(r"[\s>+~]+")
_CLASS, _ID = re.compile(r"\.([\w-]+)"), re.compile(r"#([\w-]+)")
_SIMPLE = re.compile(r"(?P<tag>\*|[a-z][a-z0-9-]*)?(?P<rest>(?:[.#][\w-]+)*)")


class _Style(NamedTuple):
    """What a rule declares for the elements that its last compound fits."""

    tag: str
    id: str
    classes: frozenset[str]
    is_certain: bool
    weight: tuple[int, int, int, int]
    declarations: Mapping[str, Declared]

    def fits(self, element: Element) -> bool:
        if self.tag not in {"", "*", element.tag} or (
            self.id and self.id != (element.get("id") or "").lower()
        ):
            return False
        return self.classes <= set((element.get("class") or "").lower().split())


@dataclass(frozen=True, slots=True)
class Look:
    """What is declared for elements that look alike to every selector; colours are None where they are not certain."""

    color: Rgb | None
    takes_color: bool
    """Whether the text has the colour of the text around it."""
    ground: Rgb | None
    is_clear: bool
    """Whether what is behind the parent is behind this element, too."""
    is_veiled: bool
    is_sized: bool
    brings_colours: bool = field(init=False)
    """Whether the text in the element may have certain colours that are not those of the text around it."""
    says_nothing: bool = field(init=False)
    """Whether the element looks as its parent does."""

    def __post_init__(self) -> None:
        plain = self.takes_color and self.is_clear
        object.__setattr__(self, "brings_colours", not plain and (self.takes_color or self.color is not None))
        object.__setattr__(self, "says_nothing", plain and not self.is_veiled and not self.is_sized)


@dataclass
class Cascade:
    """The styles of a page."""

    by_key: dict[str, list[_Style]] = field(default_factory=lambda: defaultdict(list))
    _looks: dict[object, Look] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Iterable[StyleRule]) -> Cascade:
        """The cascade of these rules, which come in the order of the page."""
        cascade = cls()
        for order, rule in enumerate(rules):
            if "print" not in rule.condition:
                for selector in rule.selectors:
                    cascade._add(selector, rule, order)
        return cascade

    def _add(self, selector: str, rule: StyleRule, order: int) -> None:
        plain = selector.replace(":root", "html")
        found = whole = _SIMPLE.fullmatch(plain)
        if not whole:
            if "::" in selector or ":before" in selector or ":after" in selector or _STATE.search(selector):
                return
            found = None if set("([") & set(selector) else _SIMPLE.match(_BETWEEN.split(plain)[-1])
        certain = whole is not None and not rule.condition
        tag = (found["tag"] or "") if found else ""
        rest = found["rest"] if found else ""
        names = _CLASS.findall(rest) if "." in rest else []
        ids = _ID.findall(rest) if "#" in rest else []
        weight = (len(ids), len(names), int(tag not in {"", "*"}), order)
        style = _Style(tag, ids[0] if ids else "", frozenset(names), certain, weight, rule.declarations)
        key = f"#{ids[0]}" if ids else f".{names[0]}" if names else tag if tag != "*" else ""
        self.by_key[key].append(style)

    def look(self, element: Element) -> Look:
        """What the styles of the page, and the element's own attributes, declare for it."""
        telling = [pair for pair in element.items() if pair[0] in TELLING]
        alike = (element.tag, *telling) if telling else element.tag
        look = self._looks.get(alike)
        if look is None:
            look = self._looks[alike] = self._made(element)
        return look

    def _made(self, element: Element) -> Look:
        keys = ["", tag_of(element), f"#{(element.get('id') or '').lower()}"]
        keys += [f".{name}" for name in (element.get("class") or "").lower().split()]
        fitting = [
            style for key in dict.fromkeys(keys) for style in self.by_key.get(key, ()) if style.fits(element)
        ]
        values = _Values(fitting, read_declarations(element.get("style") or ""))
        color = _winner(values.of(_TEXT), _hint(element, "text" if element.tag == "body" else "color"))
        ground = _ground(values.of(_GROUND), element)
        is_moved = any(value in _AWAY or "-" in value for _, value in values.of(_MOVED))
        return Look(
            color=read_colour(color) if color else None,
            takes_color=color == "inherit" or (color is None and element.tag not in _OF_BROWSER),
            ground=read_colour(ground) if ground else None,
            is_clear=ground is None and not is_moved and element.tag not in _OF_BROWSER - {"a", "summary"},
            is_veiled=_is_veiled(values) or element.get("hidden") is not None,
            is_sized=tag_of(element) in _LARGE or bool(values.of(_SIZED)),
        )


@dataclass(frozen=True, slots=True)
class _Values:
    """What the styles that fit an element declare, and its own `style` attribute."""

    styles: list[_Style]
    own: Mapping[str, Declared]

    def of(self, names: frozenset[str]) -> list[tuple[bool, str]]:
        """Each value for one of these properties, the strongest last; whether it certainly holds."""
        found = [
            ((int(value.is_important), 0, *style.weight), style.is_certain, value.value)
            for style in self.styles
            for name, value in style.declarations.items()
            if name in names
        ]
        found += [
            ((int(value.is_important), 1, 0, 0, 0, number), True, value.value)
            for number, (name, value) in enumerate(self.own.items())
            if name in names
        ]
        return [(certain, value) for _, certain, value in sorted(found, key=lambda each: each[0])]


def _hint(element: Element, attribute: str) -> str | None:
    """A colour in an attribute, as pages of the nineties have it."""
    return element.get(attribute) if element.tag in {"body", "font", "table", "tr", "td", "th"} else None


def _winner(values: list[tuple[bool, str]], hint: str | None) -> str | None:
    if any(not certain for certain, _ in values):
        return UNSURE
    return values[-1][1] if values else hint


def _ground(values: list[tuple[bool, str]], element: Element) -> str | None:
    """The colour of the element's own ground; None where what is behind it shines through."""
    if element.get("background") or any(not certain for certain, _ in values):
        return UNSURE
    plain = [value for _, value in values] or [_hint(element, "bgcolor") or "transparent"]
    if not set(plain) - {"transparent", "none"}:
        return None
    return plain[0] if len(plain) == 1 else UNSURE


def _is_veiled(values: _Values) -> bool:
    veiled = any(value not in _PLAIN for _, value in values.of(_VEILED))
    return veiled or any(value not in _SEEN for _, value in values.of(_SHOWN))


_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)")
_NAMED = {
    "black": "#000000",
    "white": "#ffffff",
    "red": "#ff0000",
    "lime": "#00ff00",
    "green": "#008000",
    "blue": "#0000ff",
    "yellow": "#ffff00",
    "orange": "#ffa500",
    "navy": "#000080",
    "teal": "#008080",
    "purple": "#800080",
    "maroon": "#800000",
    "silver": "#c0c0c0",
    "gray": "#808080",
    "grey": "#808080",
    "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3",
    "darkgray": "#a9a9a9",
    "darkgrey": "#a9a9a9",
}


def read_colour(text: str) -> Rgb | None:
    """A plain, opaque colour of CSS; None for whatever else it may be."""
    text = _NAMED.get(text.strip().lower(), text.strip().lower())
    if found := _HEX.fullmatch(text):
        digits = found[1] if len(found[1]) == 6 else "".join(digit * 2 for digit in found[1])
        return Rgb.read(digits)
    if found := _RGB.fullmatch(text):
        parts = [min(int(part), 255) for part in found.groups()]
        return Rgb(*parts)
    return None
