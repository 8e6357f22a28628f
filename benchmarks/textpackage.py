"""A package of nothing but pages: what costs a validator most for its size, since no picture fills it up."""

from __future__ import annotations

import zipfile
from pathlib import Path
from random import Random
from xml.sax.saxutils import quoteattr

PAGES = 20
_SECTIONS = 28
_LETTERS = "abdefghijklmnoprstuvyæøå"
_SHEET = "body { color: #222; background: #fff; }\n" + "\n".join(
    f".s{number} {{ color: #{number % 5}{number % 5}4; margin: {number}px; }}" for number in range(300)
)
_SCRIPT = """function find(w) { while (!w.API && w.parent !== w) { w = w.parent; } return w.API; }
var api = find(window);
api.LMSInitialize("");
api.LMSSetValue("cmi.core.lesson_status", "completed");
api.LMSCommit("");
window.addEventListener("pagehide", function () { api.LMSFinish(""); });
"""
_MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="tekst" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>Tekst</title>
<item identifier="i" identifierref="r"><title>Tekst</title></item></organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="sco" href="side-0.html">{}</resource>
</resources></manifest>
"""


def write_text_package(to: Path) -> Path:
    """Some 280 kB of pages as an authoring tool writes them, with a style sheet and a script."""
    dice = Random(1)
    words = ["".join(dice.choices(_LETTERS, k=dice.randint(3, 11))) for _ in range(6000)]
    members = {f"side-{number}.html": _page(number, words, dice) for number in range(PAGES)}
    members |= {"stil.css": _SHEET, "lms.js": _SCRIPT}
    listed = "".join(f"<file href={quoteattr(name)}/>" for name in members)
    members["imsmanifest.xml"] = _MANIFEST.format(listed)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return to


def _page(number: int, words: list[str], dice: Random) -> str:
    def said(count: int) -> str:
        return " ".join(dice.choices(words, k=count)).capitalize()

    sections = (
        f'<section id="d{part}" class="s{part}"><h2>{said(4)}</h2><p>{said(40)}. '
        f'<a href="side-{dice.randrange(PAGES)}.html">{said(4)}</a> <em>{said(2)}</em></p>\n'
        f"<ul>{''.join(f'<li><span>{said(6)}</span></li>' for _ in range(5))}</ul>\n"
        f'<table><tr><th scope="col">{said(1)}</th><th scope="col">{said(1)}</th></tr>'
        f"<tr><td>{said(3)}</td><td>{said(3)}</td></tr></table></section>\n"
        for part in range(_SECTIONS)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="nb"><head><meta charset="utf-8"><title>{said(3)} {number}</title>'
        '<link rel="stylesheet" href="stil.css"><script src="lms.js"></script></head>\n'
        f"<body><main><h1>{said(4)}</h1>\n{''.join(sections)}</main></body></html>\n"
    )
