"""HTM-001 to HTM-019: pages as a whole, their headings, and names that must be unique.

All of these are warnings: they never keep an LMS from importing a package, but they keep people from using
it, and most of them break the Norwegian rules for universal design of ICT (WCAG 2.1, levels A and AA).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property

from kurspakke.findings import Location, Severity
from kurspakke.hrefs import is_language_tag
from kurspakke.htmlpage import Element, Page, declared_charset, line_of, tag_of
from kurspakke.htmltext import text_of
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.tongue import tongue_of_page

_MOST_LINKS = 2_000
"""More links of one page are a program's making."""


@dataclass(frozen=True)
class PackagePage:
    """A page together with the package it is in."""

    package: Package
    page: Page

    @cached_property
    def tongue(self) -> str:
        """The language that its words are certainly in, `en` or `no`; empty in doubt."""
        return tongue_of_page(self.page.first_words())

    @cached_property
    def links(self) -> Sequence[tuple[Element, str]]:
        """The links that lead somewhere and are called by their own words, with these."""
        leading = (
            link
            for link in self.page.all("a")[:_MOST_LINKS]
            if link.get("href") and not link.get("aria-labelledby") and not link.get("aria-describedby")
        )
        return [(link, self.page.name_of(link)) for link in leading]

    @cached_property
    def headed(self) -> AbstractSet[Element]:
        """The tables with header cells."""
        return {table for table in self.page.all("table") if next(table.iter("th"), None) is not None}

    def at(self, element: Element | None = None) -> Location:
        """An element of the page, or the page."""
        return self.package.at(self.page.path, 0 if element is None else line_of(element))


PAGE: Family[PackagePage] = Family("HTM")


@PAGE.rule(1, "unreadable-page", Severity.WARNING)
def unreadable_page(subject: PackagePage) -> Iterator[Problem]:
    """A page can be read as HTML.

    It is empty, far too large, or no HTML at all. Nothing else about it is judged.
    """
    if subject.page.root is None and subject.page.data:
        yield Problem(subject.at(), "this is no HTML page", "export it again, or leave it out")


@PAGE.rule(2, "missing-page-language", Severity.WARNING, spec="WCAG 2.1, 3.1.1")
def missing_page_language(subject: PackagePage) -> Iterator[Problem]:
    """A page says its language: `<html lang="nb">`.

    Screen readers choose the voice by it; Norwegian read by an English voice can't be understood.
    """
    root = subject.page.root
    if root is not None and not (root.get("lang") or root.get("xml:lang") or "").strip():
        yield Problem(subject.at(root), "the page does not say its language", 'write <html lang="nb">')


@PAGE.rule(3, "wrong-page-language", Severity.WARNING, spec="WCAG 2.1, 3.1.1 and 3.1.2; RFC 5646")
def wrong_page_language(subject: PackagePage) -> Iterator[Problem]:
    """Every `lang` is a language tag: `nb`, `nn`, `se`, `en`.

    Unknown tags are read by whatever voice is set.
    """
    for element in subject.page.having("lang"):
        tag = (element.get("lang") or "").strip()
        if tag and not is_language_tag(tag):
            yield Problem(subject.at(element), f"{tag[:60]!r} is no language tag", "write nb, nn, se or en")


@PAGE.rule(4, "missing-page-title", Severity.WARNING, spec="WCAG 2.1, 2.4.2")
def missing_page_title(subject: PackagePage) -> Iterator[Problem]:
    """A page has a title with words in it.

    It names the tab, and is the first thing a screen reader says.
    """
    root = subject.page.root
    heads = [
        title
        for title in subject.page.all("title")
        if title.getparent() is not None and not _in_drawing(title)
    ]
    if root is not None and not any(text_of(title) for title in heads):
        yield Problem(subject.at(root), "the page has no title", "add <title> in <head>")


def _in_drawing(element: Element) -> bool:
    return next(element.iterancestors("svg"), None) is not None


@PAGE.rule(5, "missing-charset", Severity.WARNING, spec="HTML, 4.2.5.4")
def missing_charset(subject: PackagePage) -> Iterator[Problem]:
    """A page says its encoding in its first 1,024 bytes: `<meta charset="utf-8">`.

    Otherwise the server decides, and æ, ø and å come out wrong on some LMSs. Pages in plain ASCII do
    without.
    """
    page = subject.page
    if page.root is not None and not page.data.isascii() and not declared_charset(page.data):
        hint = 'put <meta charset="utf-8"> first in <head>'
        yield Problem(subject.at(page.root), "the page does not say its encoding", hint)


@PAGE.rule(6, "wrong-charset", Severity.WARNING, spec="HTML, 4.2.5.4")
def wrong_charset(subject: PackagePage) -> Iterator[Problem]:
    """A page is in the encoding that it says.

    A page that says UTF-8 and is not shows question marks for æ, ø and å. Save it as UTF-8.
    """
    page = subject.page
    charset = declared_charset(page.data)
    if page.root is None or page.is_utf8 or charset not in {"utf-8", "utf8"}:
        return
    try:
        page.data.decode()
    except UnicodeDecodeError as error:
        line = page.data.count(b"\n", 0, error.start) + 1
        location = subject.package.at(page.path, line)
        yield Problem(
            location, f"the byte {page.data[error.start]:#04x} here is not UTF-8", "save the page as UTF-8"
        )


@PAGE.rule(7, "missing-h1", Severity.WARNING, spec="WCAG 2.1, 1.3.1 and 2.4.6")
def missing_h1(subject: PackagePage) -> Iterator[Problem]:
    """A page with words in it has a heading of the first level.

    Screen reader users go from heading to heading; `h1` is where the page begins. Pages that only hold a
    frame, or that a script fills, are let alone.
    """
    page = subject.page
    if page.root is not None and page.has_text and not page.all("h1") and not _roled(page, "1"):
        yield Problem(subject.at(page.root), "the page has no h1", "make the page's own title an <h1>")


def _roled(page: Page, level: str) -> bool:
    return any(
        element.get("role") == "heading" and element.get("aria-level") == level
        for element in page.having("role")
    )


@PAGE.rule(8, "several-h1", Severity.WARNING, spec="WCAG 2.1, 1.3.1")
def several_h1(subject: PackagePage) -> Iterator[Problem]:
    """A page has one heading of the first level, or one for each `article` in it.

    Several say that the page has several subjects. In a page with several modules each module is an
    article.
    """
    seen: set[Element | None] = set()
    for heading in subject.page.all("h1"):
        article = next(heading.iterancestors("article"), None)
        if article in seen:
            yield Problem(
                subject.at(heading), "a second h1", "make it an h2, or put each subject into an <article>"
            )
        seen.add(article)


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@PAGE.rule(9, "skipped-heading-level", Severity.WARNING, spec="WCAG 2.1, 1.3.1")
def skipped_heading_level(subject: PackagePage) -> Iterator[Problem]:
    """Headings go down one level at a time.

    An `h4` right under an `h2` tells a screen reader user that something was missed. Choose levels by
    structure, sizes by style sheet.
    """
    level = 0
    may_skip = subject.page.all(*_HEADINGS[2:])
    for heading in subject.page.in_order(*_HEADINGS) if may_skip else ():
        own = int(tag_of(heading)[1])
        if level and own > level + 1:
            message = f"an h{own} follows an h{level}"
            yield Problem(subject.at(heading), message, f"make it an h{level + 1}, or add the level between")
        level = own


@PAGE.rule(10, "empty-heading", Severity.WARNING, spec="WCAG 2.1, 1.3.1 and 2.4.6")
def empty_heading(subject: PackagePage) -> Iterator[Problem]:
    """Headings have words in them.

    Screen readers list headings; an empty one is an entry that says nothing. It is often a blank line that
    was given the style of a heading.
    """
    for heading in subject.page.all(*_HEADINGS):
        if (
            not subject.page.is_named(heading)
            and heading.get("aria-labelledby") is None
            and heading.get("hidden") is None
        ):
            yield Problem(
                subject.at(heading), f"this {tag_of(heading)} is empty", "give it words, or take it out"
            )


@PAGE.rule(11, "duplicate-id", Severity.WARNING, spec="WCAG 2.1, 4.1.1; HTML, 3.2.6")
def duplicate_id(subject: PackagePage) -> Iterator[Problem]:
    """Every `id` is on the page once.

    Links, labels and scripts find the first of them only.
    """
    seen: dict[str, Element] = {}
    for element in subject.page.having("id"):
        name = element.get("id")
        other = seen.setdefault(name, element) if name else element
        if other is not element:
            lines = sorted((line_of(other), line_of(element)))
            location = subject.package.at(subject.page.path, lines[1])
            yield Problem(
                location,
                f"the id {(name or '')[:80]!r} is already in line {lines[0]}",
                "give each its own id",
            )


@PAGE.rule(12, "positive-tabindex", Severity.WARNING, spec="WCAG 2.1, 2.4.3")
def positive_tabindex(subject: PackagePage) -> Iterator[Problem]:
    """No element jumps the queue by a `tabindex` above 0.

    The Tab key then leaves the order of reading. Put elements where they belong, and use 0 or -1.
    """
    for element in subject.page.having("tabindex"):
        index = element.get("tabindex")
        if index and re.fullmatch(r"\s*\+?0*[1-9]\d*\s*", index):
            yield Problem(subject.at(element), f"tabindex is {index[:20]}", "take it out, or write 0")


@PAGE.rule(13, "zoom-blocked", Severity.WARNING, spec="WCAG 2.1, 1.4.4")
def zoom_blocked(subject: PackagePage) -> Iterator[Problem]:
    """Readers may zoom.

    `user-scalable=no` and a `maximum-scale` below 2 take that from people with poor sight on phones.
    """
    for meta in subject.page.all("meta"):
        content = (meta.get("content") or "").lower().replace(" ", "")
        scale = re.search(r"maximum-scale=([0-9.]+)", content)
        small = scale is not None and _number(scale[1]) < 2
        if meta.get("name", "").lower() == "viewport" and (
            small or re.search(r"user-scalable=(?:no|0)\b", content)
        ):
            hint = 'write content="width=device-width, initial-scale=1" and no more'
            yield Problem(subject.at(meta), "zooming is blocked", hint)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


@PAGE.rule(14, "automatic-refresh", Severity.WARNING, spec="WCAG 2.1, 2.2.1")
def automatic_refresh(subject: PackagePage) -> Iterator[Problem]:
    """No page reloads or leaves by itself after a while.

    Whoever reads slowly is interrupted, and the LMS loses the session. A jump at once (`0`) is fine.
    """
    for meta in subject.page.all("meta"):
        seconds = re.match(r"\s*(\d+)", meta.get("content") or "")
        if meta.get("http-equiv", "").lower() == "refresh" and seconds and int(seconds[1]):
            yield Problem(subject.at(meta), f"the page reloads after {seconds[1]} s", "take the element out")
