"""HTM-044 to HTM-053: lists, tables, roles and landmarks, and what a page says to browsers about itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kurspakke.findings import Severity
from kurspakke.htmlpage import Element, tag_of
from kurspakke.htmltext import text_of
from kurspakke.rules.family import Family, Problem
from kurspakke.rules.html import PackagePage

STRUCTURE: Family[PackagePage] = Family("HTM")

_IN_LISTS = {"li", "script", "template", "style"}
_MOST_ITEMS = 10_000
"""More items of one page are a program's making."""


@STRUCTURE.rule(44, "broken-list", Severity.WARNING, spec="WCAG 2.1, 1.3.1; HTML, 4.4.5")
def broken_list(subject: PackagePage) -> Iterator[Problem]:
    """In `ul` and `ol` stand `li` and nothing else, and every `li` stands in a list.

    A screen reader says «list with five items» and goes from item to item; in a broken list the count is
    wrong, or the list is none.
    """
    for each in subject.page.all("ul", "ol"):
        if {part.tag for part in each} <= _IN_LISTS:  # as nearly every list
            continue
        wrong = next(filter(_is_stray, each), None)
        if wrong is not None and not each.get("role"):
            message = f"a {tag_of(wrong)} stands right in this {tag_of(each)}"
            yield Problem(subject.at(wrong), message, "put it into an li, or the list around the whole")
    sound = None
    for item in subject.page.all("li")[:_MOST_ITEMS]:
        parent = item.getparent()
        if parent is sound:  # the items of a list come one after the other
            continue
        if parent is None or parent.tag in {"ul", "ol", "menu"}:
            sound = parent
        elif not item.get("role"):
            yield Problem(subject.at(item), "this li stands in no list", "put ul or ol around it")


def _is_stray(part: Element) -> bool:
    return part.tag not in _IN_LISTS and isinstance(part.tag, str) and part.get("role") != "listitem"


@STRUCTURE.rule(45, "tables-without-captions", Severity.NOTE, spec="WCAG 2.1, 1.3.1")
def tables_without_captions(subject: PackagePage) -> Iterator[Problem]:
    """Where a page has several tables of data, each has a `caption` or a label.

    Screen readers list the tables of a page; without names they are «table, table, table». One table below
    its heading does without.
    """
    headed = (table for table in subject.page.all("table") if table in subject.headed)
    tables = [table for table in headed if table.get("role") not in {"presentation", "none"}]
    captioned = {caption.getparent() for caption in subject.page.all("caption") if text_of(caption)}
    bare = [table for table in tables if table not in captioned and not _is_labelled(table)]
    if bare and len(tables) > 1:
        message = f"{len(bare)} of {len(tables)} tables have no caption, this one first"
        yield Problem(subject.at(bare[0]), message, "add <caption> with what the table shows")


def _is_labelled(table: Element) -> bool:
    return bool(table.get("aria-label") or table.get("aria-labelledby") or table.get("title"))


@STRUCTURE.rule(
    46, "layout-table-with-headers", Severity.WARNING, spec="WCAG 2.1, 1.3.1; WAI-ARIA 1.2, 5.3.3"
)
def layout_table_with_headers(subject: PackagePage) -> Iterator[Problem]:
    """A table with `role="presentation"` has no headers, caption or summary.

    The role says that it only arranges things, and takes headers away from screen readers. If it holds data,
    take the role out.
    """
    for table in subject.page.all("table"):
        if table.get("role") in {"presentation", "none"}:
            own = (part for part in table.iter("th", "caption") if next(part.iterancestors("table")) is table)
            if next(own, None) is not None or table.get("summary"):
                yield Problem(
                    subject.at(table), "a table of data that is called presentation", "take the role out"
                )


_ROLE_NAMES = """
    alert alertdialog application article banner blockquote button caption cell checkbox code columnheader
    combobox comment complementary contentinfo definition deletion dialog directory document emphasis feed
    figure form generic grid gridcell group heading image img insertion link list listbox listitem log main
    mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option
    paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search
    searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab table
    tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem
"""
_ROLES = frozenset(_ROLE_NAMES.split())


@STRUCTURE.rule(47, "unknown-role", Severity.WARNING, spec="WCAG 2.1, 4.1.2; WAI-ARIA 1.2, 5.4")
def unknown_role(subject: PackagePage) -> Iterator[Problem]:
    """A `role` is one that WAI-ARIA knows.

    Browsers ignore others: what was meant to be a button stays a piece of text to screen readers.
    """
    for element in subject.page.having("role"):
        roles = (element.get("role") or "").lower().split()
        if roles and not any(_is_role(role) for role in roles):
            yield Problem(
                subject.at(element), f"there is no role {roles[0][:40]!r}", "use a role of WAI-ARIA"
            )


def _is_role(role: str) -> bool:
    return role in _ROLES or role.startswith(("doc-", "graphics-"))


@STRUCTURE.rule(48, "label-of-nothing", Severity.NOTE, spec="WCAG 2.1, 1.3.1 and 4.1.2")
def label_of_nothing(subject: PackagePage) -> Iterator[Problem]:
    """`for`, `aria-labelledby` and `aria-describedby` name elements that are on the page.

    Otherwise the label belongs to nothing, or the name is empty. A script may add the element later, so this
    is a note.
    """
    page = subject.page
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        for element in page.having(attribute):
            names = (element.get(attribute) or "").split()
            if names and not any(name in page.ids for name in names) and "{" not in names[0]:
                message = f"{attribute} names {names[0][:60]!r}, which is not on the page"
                yield Problem(subject.at(element), message, "write the id of the element")


_PASSIVE = ("div", "span", "p", "td", "li", "img", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "section")
_ACTIVE = ("a", "button", "input", "select", "textarea", "summary", "label")


@STRUCTURE.rule(49, "click-without-keyboard", Severity.WARNING, spec="WCAG 2.1, 2.1.1 and 4.1.2")
def click_without_keyboard(subject: PackagePage) -> Iterator[Problem]:
    """What can be clicked can be reached with the Tab key.

    A `div` with `onclick` is nothing to a keyboard and a screen reader. Make it a `button`, or a link where it
    leads somewhere. An element around buttons may listen for them.
    """
    clickable = subject.page.having("onclick")
    for element in subject.page.all(*_PASSIVE) if clickable else ():
        if element.get("onclick") and element.get("tabindex") is None and not _is_reached(element):
            yield Problem(
                subject.at(element), f"this {tag_of(element)} can only be clicked", "make it a button"
            )


def _is_reached(element: Element) -> bool:
    around = next(element.iterancestors(*_ACTIVE), None)
    return around is not None or next(element.iter(*_ACTIVE), None) is not None


def _is_opened(subject: PackagePage) -> bool:
    """Whether the page is what an LMS opens, rather than one that stands in a frame of another."""
    path = subject.page.path
    opened = {mention.href.path for mention in subject.package.mentions if mention.is_launch}
    return path in opened or path == "index.html"


@STRUCTURE.rule(50, "missing-main", Severity.NOTE, spec="WCAG 2.1, 1.3.1 and 2.4.1")
def missing_main(subject: PackagePage) -> Iterator[Problem]:
    """The page that is opened marks its content: `<main>`.

    Screen reader users jump to it past logo and menus. Pages that only hold frames, or that a script fills,
    are let alone.
    """
    page = subject.page
    if page.root is None or not page.has_text or not _is_opened(subject) or page.all("main"):
        return
    if not any(element.get("role") == "main" for element in page.having("role")):
        yield Problem(subject.at(page.root), "the page has no main", "put <main> around the content")


@STRUCTURE.rule(51, "missing-viewport", Severity.NOTE, spec="WCAG 2.1, 1.4.4 and 1.4.10")
def missing_viewport(subject: PackagePage) -> Iterator[Problem]:
    """The page that is opened fits phones: `<meta name="viewport" content="width=device-width">`.

    Without it a phone lays the page out as on a desk, and shows it as small as a stamp; with a fixed width
    (`width=1024`) as well.
    """
    page = subject.page
    if page.root is None or not _is_opened(subject) or page.all("frameset"):
        return
    views = [meta for meta in page.all("meta") if (meta.get("name") or "").lower() == "viewport"]
    hint = 'write <meta name="viewport" content="width=device-width, initial-scale=1">'
    if not views:
        yield Problem(subject.at(page.root), "the page has no viewport", hint)
    for meta in views:
        width = re.search(r"width\s*=\s*(\d{1,9})", (meta.get("content") or "").lower())
        if width:
            yield Problem(subject.at(meta), f"the viewport is {width[1]} wide on every screen", hint)


@STRUCTURE.rule(52, "missing-doctype", Severity.NOTE, spec="HTML, 13.1.1")
def missing_doctype(subject: PackagePage) -> Iterator[Problem]:
    """A page begins with `<!doctype html>`.

    Without it browsers lay it out as in 1999 (quirks mode): sizes, line heights and tables come out otherwise
    than in the editor.
    """
    page = subject.page
    is_html = page.path.lower().endswith((".html", ".htm"))
    if page.root is not None and page.root.tag == "html" and is_html:
        head = page.data[:4096].replace(b"\x00", b"").lower()
        if b"<!doctype" not in head and b"<html" in head:
            yield Problem(
                subject.package.at(page.path, 1), "the page has no doctype", "begin with <!doctype html>"
            )


_PURPOSES = {
    "email": {"email", "e-mail", "epost", "e-post", "mail"},
    "tel": {"tel", "phone", "telefon", "mobil", "telephone"},
    "name": {"fullname", "full_name", "fullt_navn"},
    "given-name": {"firstname", "first_name", "fornavn"},
    "family-name": {"lastname", "last_name", "etternavn"},
}


@STRUCTURE.rule(53, "missing-autocomplete", Severity.NOTE, spec="WCAG 2.1, 1.3.5")
def missing_autocomplete(subject: PackagePage) -> Iterator[Problem]:
    """Fields for the learner's own name, e-mail and telephone have `autocomplete`.

    Browsers fill them in then, and tools for people with cognitive difficulties show a symbol. Whether the
    field is about the learner must be judged by a person. Does the course need it at all?
    """
    for field in subject.page.all("input"):
        kind = (field.get("type") or "text").strip().lower()
        words = {kind, (field.get("name") or "").lower(), (field.get("id") or "").lower()}
        purpose = next((purpose for purpose, names in _PURPOSES.items() if names & words), None)
        if purpose and kind in {"text", "email", "tel"} and not field.get("autocomplete"):
            hint = f'add autocomplete="{purpose}"'
            yield Problem(subject.at(field), f"this field seems to ask for the learner's {purpose}", hint)
