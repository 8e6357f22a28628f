"""PKG-072 to PKG-075: scripts, styles and addresses that stand in a page itself, told once for each page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kurspakke.findings import Severity
from kurspakke.htmlpage import Page, line_of
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

INLINE: Family[PackagePage] = Family("PKG")


def _once(subject: PackagePage, lines: Iterable[int], what: str, hint: str) -> Iterator[Problem]:
    """One problem for the page: pages that do such things do them in many places."""
    if found := list(lines):
        times = "" if len(found) == 1 else f" ({len(found)} times)"
        yield Problem(subject.package.at(subject.page.path, min(found)), f"{what}{times}", hint)


@INLINE.rule(72, "inline-script", Severity.NOTE, spec="CSP Level 3, 6.1.10")
def inline_script(subject: PackagePage) -> Iterator[Problem]:
    """No script stands in a page; scripts are files of their own.

    A content security policy without `unsafe-inline`, as careful LMSs have it, does not run scripts in
    pages, nor `javascript:` links. Move them into a `.js` file. Blocks of data (`type="application/json"`)
    are fine.
    """
    hint = "move it into a .js file of the package"
    yield from _once(subject, _scripts(subject.page), "a script in the page", hint)


_RUNNING = {"", "module", "text/javascript", "application/javascript"}
_IDLE = {"javascript:", "javascript:void(0)", "javascript:void 0"}


def _scripts(page: Page) -> Iterator[int]:
    yield from _script_lines(page)
    yield from _javascript_links(page)


def _script_lines(page: Page) -> Iterator[int]:
    for script in page.all("script"):
        runs = script.get("type", "").strip().lower() in _RUNNING
        if runs and script.get("src") is None and (script.text or "").strip():
            yield line_of(script)


def _javascript_links(page: Page) -> Iterator[int]:
    for link in page.links:
        if link.href.scheme == "javascript" and link.href.written.strip().rstrip(";").lower() not in _IDLE:
            yield link.line


@INLINE.rule(73, "inline-style", Severity.NOTE, spec="CSP Level 3, 6.1.13")
def inline_style(subject: PackagePage) -> Iterator[Problem]:
    """No style stands in a page, neither in a `style` element nor in a `style` attribute.

    A content security policy without `unsafe-inline` does not apply them: the page falls apart. Use classes
    and a `.css` file.
    """
    hint = "use a class and a .css file of the package"
    yield from _once(subject, _styles(subject.page), "a style in the page", hint)


def _styles(page: Page) -> Iterable[int]:
    attributes = (element for element in page.having("style") if element.get("style"))
    return map(line_of, dict.fromkeys((*page.all("style"), *attributes)))


@INLINE.rule(74, "event-attribute", Severity.NOTE, spec="CSP Level 3, 6.1.12")
def event_attribute(subject: PackagePage) -> Iterator[Problem]:
    """No element has an event attribute such as `onclick` or `onload`.

    A content security policy without `unsafe-inline` does not run them: buttons do nothing, and with
    `onload` the course never finds the LMS. Use `addEventListener` in a `.js` file.
    """
    hint = "use addEventListener in a .js file of the package"
    yield from _once(subject, _events(subject.page), "an event attribute in the page", hint)


def _events(page: Page) -> Iterable[int]:
    return map(line_of, page.having(*(name for name in page.attributes if name.startswith("on"))))


@INLINE.rule(75, "base-element", Severity.WARNING, spec="HTML, 4.2.3")
def base_element(subject: PackagePage) -> Iterator[Problem]:
    """No page has a `base` element with an address.

    It bends every relative link of the page to a fixed place, which an LMS does not have. Take it out.
    """
    for element in subject.page.all("base"):
        if element.get("href"):
            message = f"<base href={element.get('href')!r}> bends all links of the page"
            yield Problem(subject.at(element), message, "take the element out")
