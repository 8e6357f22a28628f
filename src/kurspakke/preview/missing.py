"""The page that stands where a package asked for something it does not have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from html import escape

_PAGE = """<!DOCTYPE html>
<html lang="nb">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>:root{{color-scheme:light dark}}
body{{font:1.1rem/1.5 system-ui,sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}}
code{{overflow-wrap:anywhere}}</style></head>
<body><main>
<h1>{title}</h1>
<p>{norwegian}</p>
<p lang="en">{english}</p>
</main></body>
</html>
"""


def missing_file(path: str, names: Iterable[str]) -> str:
    """The page for a file that is not in the package; `names` are the files that are."""
    asked = f"<code>{shown(path)}</code>"
    norwegian = f"Nettleseren ba om {asked}, men det er ingen slik fil i pakken."
    english = f"The browser asked for {asked}, but there is no such file in the package."
    if near := _near(path, names):
        found = f"<code>{shown(near)}</code>"
        norwegian += f" Det er en som heter {found}: de fleste læringsplattformer skiller mellom slike navn."
        english += f" There is one called {found}: most LMSs tell such names apart."
    return page("Filen finnes ikke", norwegian, english)


def missing_package() -> str:
    """The page for a package that is not shown here, or no longer."""
    return page(
        "Pakken finnes ikke",
        "Denne pakken vises ikke i forhåndsvisningen nå. Gå tilbake til oversikten og åpne den derfra.",
        "This package is not in the preview now. Go back to the list and open it from there.",
    )


def unreadable_file(path: str, why: str) -> str:
    """The page for a file that is there and can't be read."""
    asked = f"<code>{shown(path)}</code>"
    return page(
        "Filen kan ikke leses",
        f"{asked} er i pakken, men er skadet eller kan ikke leses. Lag pakken på nytt, eller hent den på nytt.",
        f"{asked} is in the package, but can't be read: {shown(why)}. Make the package anew, or fetch it again.",
    )


def page(title: str, norwegian: str, english: str) -> str:
    """A small page of two paragraphs, which are HTML."""
    return _PAGE.format(title=title, norwegian=norwegian, english=english)


def shown(text: str) -> str:
    """`text` for HTML; what can't be seen is written as a number."""
    visible = "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in text[:500])
    return escape(visible)


def _near(path: str, names: Iterable[str]) -> str | None:
    """A name that differs in case or in how æøå are composed, which people can hardly see."""
    wanted = _alike(path)
    return next((name for name in names if _alike(name) == wanted), None)


def _alike(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
