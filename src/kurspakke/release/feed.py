"""`feed.atom`: an entry for each version of the course that has a day (RFC 4287). There is no clock in it."""

from __future__ import annotations

from lxml import etree

from kurspakke.release.publication import Publication
from kurspakke.release.words import release_words

FILE = "feed.atom"
_ATOM = "http://www.w3.org/2005/Atom"


def feed(publication: Publication) -> bytes | None:
    """The feed; None where no version has a day: an entry without one is not allowed (4.2.15)."""
    course = publication.course.head
    days = {entry.version: entry.date for entry in publication.log.entries if entry.date}
    if publication.date:
        others = {version: day for version, day in days.items() if version != course.version}
        days = {course.version: publication.date, **others}
    if not days:
        return None
    base = f"{course.activity_base}{course.id}/release"
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    root.set("{http://www.w3.org/XML/1998/namespace}lang", course.languages[0])
    _add(root, "id", base)
    _add(root, "title", course.title)
    _add(root, "updated", _moment(max(days.values())))
    _add(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", course.publisher)
    _add(root, "link", rel="self", href=FILE)
    _add(root, "link", rel="alternate", type="text/html", href="index.html")
    for version, day in days.items():
        _entry(root, publication, version, day)
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return text


def _entry(root: etree._Element, publication: Publication, version: str, day: str) -> None:
    course = publication.course.head
    t = release_words(course.languages[0])
    written = publication.log.of(version)
    entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
    _add(entry, "id", f"{course.activity_base}{course.id}/release/{version}")
    _add(entry, "title", f"{course.title} {version}")
    _add(entry, "updated", _moment(day))
    _add(entry, "link", rel="alternate", type="text/html", href=f"endringer.html#v{version}")
    parts = [str(written.html)] if written else []
    if version == course.version and any(publication.unsafe()):
        parts.append(f"<p><strong>{t['breaking']}.</strong></p>")
    _add(entry, "content", "".join(parts) or t["changes_none"], type="html")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> None:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    child.text = text or None


def _moment(day: str) -> str:
    """A day as the moment that Atom asks for (RFC 3339)."""
    return f"{day}T00:00:00Z"
