"""The script and the style sheet of a package: with just what its components need.

A learner on a slow line waits for every kilobyte, so what only some courses use stands in files of its own
(src/runtime/build.mjs makes them): the script of a format, with assessments or without, and pieces that come
before it in the same function.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from kurspakke import resources
from kurspakke.brand import Brand
from kurspakke.brandstyle import style_of
from kurspakke.course import Module
from kurspakke.filetree import File, shared

RUNTIME = "kurspakke.js"
STYLE = "kurspakke.css"

ASSESSMENT = frozenset({"assessment"})

PIECES: Mapping[str, frozenset[str]] = {
    "handout": frozenset({"survey", "action-plan", "prioritise"}),
    "survey": frozenset({"survey"}),
    "action-plan": frozenset({"action-plan"}),
    "prioritise": frozenset({"prioritise"}),
    "group-work": frozenset({"group-work"}),
    "film": frozenset({"video", "audio"}),
}
"""Each piece of script with the components that need it; the first one lends to the others."""

TELLING = frozenset({"xapi", "cmi5"})
"""The formats that tell how a film is watched."""

FEATURES: Mapping[str, frozenset[str]] = {
    "workshop": frozenset({"survey", "action-plan", "prioritise", "group-work"}),
    "assessment": ASSESSMENT,
}
"""Each part of the style sheet with the components that need it, in the order in which file names carry them."""


def script(format_name: str, types: AbstractSet[str]) -> bytes:
    """The script for components of these types. Raises KurspakkeError where it was never bundled."""
    core = f"runtime-{format_name}{'-assessment' if ASSESSMENT & types else ''}.js"
    pieces = [name for name, needing in PIECES.items() if needing & types]
    if format_name not in TELLING:
        pieces = [name for name in pieces if name != "film"]
    files = (*(f"piece-{name}.js" for name in pieces), core)
    return b"".join([b'"use strict";(()=>{let pieces=[];', *map(resources.asset, files), b"})();\n"])


def style(types: AbstractSet[str]) -> bytes:
    """The style sheet for components of these types. Raises KurspakkeError where it was never bundled."""
    suffix = "".join(f"-{name}" for name, needing in FEATURES.items() if needing & types)
    return resources.asset(f"kurspakke{suffix}.css")


def runtime_files(modules: Sequence[Module], format_name: str, brand: Brand | None) -> dict[str, File]:
    """Script and style sheet by their names in the package. Raises KurspakkeError where they were never bundled."""
    types = {getattr(component, "type", "") for module in modules for component in module.components()}
    own = style_of(brand).encode() if brand else b""
    return {RUNTIME: shared(script(format_name, types)), STYLE: shared(style(types) + own)}
