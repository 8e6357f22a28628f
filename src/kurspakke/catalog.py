"""Translations: a gettext catalogue per language, keyed by the texts' stable ids (msgctxt)."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from kurspakke.yamltree import NO_TEXT


@dataclass(frozen=True, slots=True)
class Translation:
    """One translated text: made from `source`; `outdated` if a translator has marked it (fuzzy)."""

    source: str
    text: str
    outdated: bool
    line: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """The translations in one file, by text id; or the line and reason why it could not be read."""

    name: str
    translations: Mapping[str, Translation] = field(default_factory=dict)
    error: tuple[int, str] | None = None


def read_catalog(data: bytes, name: str) -> Catalog:
    """The catalogue in a .po file."""
    from babel.messages.pofile import (
        PoFileError,
        read_po,
    )  # takes 60 ms: only for courses in several languages

    try:
        messages = read_po(io.BytesIO(data), abort_invalid=True)
    except PoFileError as error:
        return Catalog(name, error=(error.lineno + 1, str(error.args[0])))
    except (UnicodeDecodeError, ValueError, LookupError) as error:
        return Catalog(name, error=(1, str(error)))
    translations = {
        message.context: Translation(message.id, message.string, message.fuzzy, message.lineno or 1)
        for message in messages
        if message.context
        and isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.string
    }
    for translation in translations.values():
        if found := NO_TEXT.search(translation.text):
            return Catalog(
                name, error=(translation.line, f"the character U+{ord(found.group()):04X} is no text")
            )
    return Catalog(name, translations)
