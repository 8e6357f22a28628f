"""Words of the office with plain ones that mean the same, in bokmål and nynorsk; our own list."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLAIN: Mapping[str, str] = {
    "anmode om": "be om",
    "avstedkomme": "føre til",
    "beskaffenhet": "tilstand",
    "bibringe": "gi",
    "derav": "av dette",
    "derom": "om det",
    "foranledning": "grunn",
    "forefinnes": "finnes",
    "forestå": "ha ansvar for",
    "forutgående": "tidligere",
    "fremkomme": "stå, vise seg",
    "henhold til": "etter",
    "herunder": "blant annet, også",
    "herværende": "denne, her",
    "hensyntas": "tas hensyn til",
    "hensynta": "ta hensyn til",
    "hvorvidt": "om",
    "ihht": "etter",
    "iverksette": "sette i gang",
    "iverksettes": "settes i gang",
    "med henblikk på": "for å",
    "nedsettes": "lages, opprettes",
    "oppebære": "få",
    "påse": "passe på",
    "påfølgende": "neste",
    "på bakgrunn av": "fordi, ut fra",
    "relatert til": "om",
    "respektive": "hver sin",
    "såfremt": "hvis",
    "såframt": "om",
    "søke å": "prøve å",
    "tilkjennegi": "si fra, vise",
    "tilveiebringe": "skaffe",
    "utferdige": "skrive",
    "vedkommende": "den, personen",
    "vedrørende": "om",
    "vedrørande": "om",
    "ovennevnte": "dette",
    "ovannemnde": "dette",
    "foreligger": "finnes, er klar",
    "føreligg": "finst, er klar",
    "igangsette": "starte",
    "ivareta": "ta vare på",
    "i forbindelse med": "når, ved",
    "i samband med": "når, ved",
    "omhandle": "handle om",
}
"""A word or phrase, in the form it is found by, and what to write instead."""

KEYS = frozenset(max(phrase.split(), key=len) for phrase in PLAIN)
"""A word of each phrase; a text without any of them has none of the phrases."""

PATTERN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(PLAIN, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
