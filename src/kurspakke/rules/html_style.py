"""HTM-080 to HTM-089: what style sheets do to readers: contrast, focus, orientation, height."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import chain, islice

from lxml import etree

from kurspakke.cascade import Cascade, read_colour
from kurspakke.colour import contrast
from kurspakke.findings import Severity
from kurspakke.hrefs import Reach, folder_of, resolve
from kurspakke.htmlpage import Element, Page, line_of, tag_of
from kurspakke.package import Package
from kurspakke.painting import Painted, Painting
from kurspakke.rules.family import Family, Problem
from kurspakke.stylesheet import MAX_CHARACTERS, Declared, Sheet, StyleRule, read_sheet

MAX_WEIGHT = 200_000
"""So many rules, selectors and declarations of a package are looked at: ten times those of the greatest frameworks."""
_UNKNOWN = Sheet((), is_plain=False)


@dataclass(frozen=True)
class Styles:
    """The style sheets of a package."""

    package: Package

    @cached_property
    def files(self) -> Mapping[str, Sheet]:
        """The sheets by their paths."""
        files = self.package.files
        paths = [
            path for path in files if path.lower().endswith(".css") and files[path].size <= MAX_CHARACTERS
        ]
        read, room = {}, MAX_WEIGHT
        for path in paths:
            sheet = read_sheet(self._text(path)) if room else _UNKNOWN
            read[path] = sheet if sheet.weight <= room else _UNKNOWN
            room -= min(sheet.weight, room)
        return read

    def _text(self, path: str) -> str:
        return self.package.bytes_of(self.package.home + path).decode(errors="replace")

    @cached_property
    def rules(self) -> tuple[tuple[str, int, StyleRule], ...]:
        """Every rule of every sheet and page, with its file and line."""
        in_files = ((path, rule.line, rule) for path, sheet in self.files.items() for rule in sheet.rules)
        in_pages = self.package.pages.each(_rules_in)
        return tuple(islice(chain(in_files, in_pages), MAX_WEIGHT // 2))

    def cascade(self, sheets: list[Sheet]) -> Cascade:
        """How these sheets look on a page; pages share it."""
        # Kept beside their cascade, the sheets keep their ids.
        key = tuple(id(sheet) for sheet in sheets)
        if key not in self._cascades:
            weight = sum(sheet.weight for kept, _ in self._cascades.values() for sheet in kept)
            if len(self._cascades) >= _MOST_CASCADES or weight > MAX_WEIGHT:  # nothing much is shared
                self._cascades.clear()
            self._cascades[key] = (sheets, Cascade.of(rule for sheet in sheets for rule in sheet.rules))
        return self._cascades[key][1]

    @cached_property
    def _cascades(self) -> dict[tuple[int, ...], tuple[list[Sheet], Cascade]]:
        return {}

    def of(self, page: Page) -> list[Sheet] | None:
        """The sheets that a page is under, in their order; None where not all of them are known."""
        found: list[Sheet] = []
        for element in page.in_order("link", "style"):
            if element.tag == "link" and "stylesheet" not in (element.get("rel") or "").lower().split():
                continue
            media = (element.get("media") or "").strip().lower()
            if media == "print":
                continue
            sheet = self._sheet(page, element)
            if sheet is None or not sheet.is_plain or media not in {"", "all", "screen"}:
                return None
            found.append(sheet)
        return found

    def _sheet(self, page: Page, element: Element) -> Sheet | None:
        if element.tag == "style":
            return read_sheet(element.text or "")
        href = resolve(element.get("href") or "", folder_of(page.path))
        return self.files.get(href.path) if href.reach is Reach.INSIDE else None


def _rules_in(page: Page) -> Iterator[tuple[str, int, StyleRule]]:
    for element in page.all("style"):
        for rule in read_sheet(element.text or "").rules:
            yield page.path, line_of(element) + rule.line - 1, rule


STYLE: Family[Styles] = Family("HTM", first=80)

_MOST_ELEMENTS = 5_000
_MOST_CASCADES = 16
_ENOUGH = 4.5
"""The contrast that small text needs; large text is seen with less."""
_SMALL = {"p", "li", "td", "dd", "span", "label", "em", "a"}


@STYLE.rule(0, "low-contrast", Severity.WARNING, spec="WCAG 2.1, 1.4.3")
def low_contrast(styles: Styles) -> Iterator[Problem]:
    """Text stands out from what is behind it: 4.5:1, and 3:1 where it is large.

    Told only where both colours are certain: plain colours in a `style` attribute, or in a rule for an
    element, id or class that no other rule may override, of every sheet of the page, on an element that lies
    on the ground of its parents. Everything else must be looked at, and a script can change it. Below 3:1
    whatever the size, below 4.5:1 where nothing makes the text large.
    """
    yield from styles.package.pages.each(partial(_faint_on, styles))


def _faint_on(styles: Styles, page: Page) -> Iterator[Problem]:
    sheets = styles.of(page)
    if sheets is not None and (any(map(_names_colour, sheets)) or _names_own_colour(page)):
        yield from _faint(styles, page, styles.cascade(sheets))


def _faint(styles: Styles, page: Page, cascade: Cascade) -> Iterator[Problem]:
    told: set[tuple[object, object]] = set()
    painting = Painting(cascade)
    if not (page.all("template") or any(map(_may_be_faint, map(painting.of, painting.changing(page))))):
        return
    with_words = (
        element for body in page.all("body") for element in body.iter(etree.Element) if _has_words(element)
    )
    for element in islice(with_words, _MOST_ELEMENTS):
        painted = painting.of(element)
        colour, ground = painted.color, painted.ground
        if colour is None or ground is None or (colour, ground) in told:
            continue
        ratio = contrast(colour, ground)
        needed = _ENOUGH if tag_of(element) in _SMALL and not painted.is_sized else 3.0
        if ratio < needed:
            told.add((colour, ground))
            message = f"{colour} on {ground} has a contrast of {ratio:.2f}:1; it takes {needed:g}:1"
            location = styles.package.at(page.path, line_of(element))
            yield Problem(location, message, "make the text darker, or what is behind it lighter")


def _may_be_faint(painted: Painted) -> bool:
    colour, ground = painted.color, painted.ground
    return colour is not None and ground is not None and contrast(colour, ground) < _ENOUGH


def _names_colour(sheet: Sheet) -> bool:
    """Whether the sheet gives a plain colour to text that it names plainly: most that use variables do not."""
    colours = (
        (rule, rule.declarations["color"])
        for rule in sheet.rules
        if "color" in rule.declarations and not rule.condition
    )
    return any(
        read_colour(colour.value) is not None
        and any(re.fullmatch(r"[\w.#*-]+", part) for part in rule.selectors)
        for rule, colour in colours
    )


def _names_own_colour(page: Page) -> bool:
    if b"color" not in page.data and b"COLOR" not in page.data:
        return False
    return bool(page.all("font")) or any(
        "color" in (each.get("style") or "") for each in page.having("style")
    )


_WITHOUT_WORDS = {"script", "style", "title", "template", "noscript", "option", "svg", "text"}


def _has_words(element: Element) -> bool:
    if element.tag in _WITHOUT_WORDS or element.get("disabled") is not None:
        return False
    return _is_word(element.text) or any(_is_word(part.tail) for part in element)


def _is_word(text: str | None) -> bool:
    return text is not None and any(map(str.isalpha, text.strip()[:40]))


_REPLACING = ("outline", "box-shadow", "border", "background", "text-decoration", "color", "filter")


@STYLE.rule(1, "focus-outline-removed", Severity.WARNING, spec="WCAG 2.1, 2.4.7")
def focus_outline_removed(styles: Styles) -> Iterator[Problem]:
    """Where the keyboard is can be seen: `outline: none` comes with something in its place.

    Whoever uses the Tab key is lost otherwise. Let `:focus-visible` have an `outline`, a `box-shadow` or a
    `border` of its own. A package that does this anywhere is let alone.
    """
    removed = [found for found in styles.rules if _removes(found[2])]
    if removed and not any(_shows(rule) for _, _, rule in styles.rules):
        path, line, rule = removed[0]
        message = f"«{rule.selectors[0][:60]}» has no outline, and nothing shows where the keyboard is"
        location = styles.package.at(path, line)
        yield Problem(location, message, "take outline: none out, or give :focus-visible an outline")


_FOCUSED = re.compile(r":focus(?!-within)(?!.*:not\(:focus-visible\))")
_TO_FOCUS = {"*", "a", "button", "input", "select", "textarea", "summary"}


def _removes(rule: StyleRule) -> bool:
    outline = rule.declarations.get("outline") or rule.declarations.get("outline-style")
    if outline is None or outline.value not in {"none", "0", "0px", "none 0"} or "print" in rule.condition:
        return False
    concerned = any(_FOCUSED.search(part) or part in _TO_FOCUS for part in rule.selectors)
    return concerned and not any(_is_visible(rule, name) for name in _REPLACING[1:])


def _shows(rule: StyleRule) -> bool:
    return any(":focus" in part for part in rule.selectors) and any(
        _is_visible(rule, name) for name in _REPLACING
    )


def _is_visible(rule: StyleRule, name: str) -> bool:
    return any(
        (each == name or each.startswith(f"{name}-"))
        and value.value not in {"none", "0", "transparent", "inherit"}
        for each, value in rule.declarations.items()
        if each not in {"outline-offset", "outline-width"}
    )


@STYLE.rule(2, "orientation-locked", Severity.WARNING, spec="WCAG 2.1, 1.3.4")
def orientation_locked(styles: Styles) -> Iterator[Problem]:
    """A course can be used with the screen upright and lying.

    Here a style sheet hides or turns the whole page in one of the two. People whose tablet is fixed to a
    wheelchair can't turn it.
    """
    for path, line, rule in styles.rules:
        if "orientation" in rule.condition and {"html", "body", "main", "#app", "#root"} & set(
            rule.selectors
        ):
            hides = rule.declarations.get("display")
            turns = rule.declarations.get("transform")
            if (hides and hides.value == "none") or (turns and re.search(r"rotate\(-?90deg", turns.value)):
                message = "the page is hidden or turned when the screen is held the other way"
                location = styles.package.at(path, line)
                yield Problem(location, message, "let the page flow in both orientations")


_NOTHING = Declared("")


@STYLE.rule(3, "bar-at-the-bottom-of-the-window", Severity.NOTE, spec="WCAG 2.1, 1.4.10")
def bar_at_the_bottom_of_the_window(styles: Styles) -> Iterator[Problem]:
    """Buttons to go on stand in the page, not in a bar fixed to the bottom of the window.

    Several LMSs make the course's frame as tall as its content, so that the bar lies far below what is seen,
    and on phones it covers text. Let it stand at the end of the page, or make it `position: sticky`.
    """
    for path, line, rule in styles.rules:
        position, bottom = rule.declarations.get("position"), rule.declarations.get("bottom")
        if not (position and position.value == "fixed" and bottom and bottom.value in {"0", "0px"}):
            continue
        wide = (
            rule.declarations.get("width", _NOTHING).value == "100%"
            or {"left", "right"} <= rule.declarations.keys()
        )
        if wide and "top" not in rule.declarations and "print" not in rule.condition:
            message = f"«{rule.selectors[0][:60]}» is fixed to the bottom of the window"
            location = styles.package.at(path, line)
            yield Problem(location, message, "put it at the end of the page, or make it sticky")
            return
