"""Small words for building manifests with lxml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml's public name for it is a function


def element(
    tag: str,
    parent: Element | None = None,
    text: str | None = None,
    *,
    attributes: Mapping[str, str] | None = None,
    namespaces: Mapping[str | None, str] | None = None,
) -> Element:
    """A new element, at the end of `parent` if there is one."""
    made = etree.Element(tag, nsmap=dict(namespaces) if namespaces else None)
    for name, value in (attributes or {}).items():
        made.set(name, value)
    made.text = text
    if parent is not None:
        parent.append(made)
    return made


def to_bytes(root: Element) -> bytes:
    """The document: indented, in raw UTF-8 without numeric references, with the declaration naive readers know."""
    etree.indent(root)
    return (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + etree.tostring(root, encoding="UTF-8", xml_declaration=False)
        + b"\n"
    )
