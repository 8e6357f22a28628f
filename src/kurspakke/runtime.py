"""The script and the style sheet of a package: with just the features that its components need.

A learner on a slow line waits for every kilobyte, so what only some courses use stands in variants of its own
(src/runtime/build.mjs makes them).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kurspakke import resources
from kurspakke.brand import Brand
from kurspakke.brandstyle import style_of
from kurspakke.course import Module
from kurspakke.filetree import File

RUNTIME = "kurspakke.js"
STYLE = "kurspakke.css"

FEATURES: Mapping[str, frozenset[str]] = {
    "workshop": frozenset({"survey", "action-plan", "prioritise", "group-work"}),
    "assessment": frozenset({"assessment"}),
}
"""Each feature with the components that need it, in the order in which file names carry them."""


def features_of(modules: Sequence[Module]) -> tuple[str, ...]:
    """The features that the components of these modules need."""
    used = {getattr(component, "type", "") for module in modules for component in module.components()}
    return tuple(name for name, needing in FEATURES.items() if needing & used)


def runtime_files(modules: Sequence[Module], format_name: str, brand: Brand | None) -> dict[str, File]:
    """Script and style sheet by their names in the package. Raises KurspakkeError where they were never bundled."""
    own = style_of(brand).encode() if brand else b""
    suffix = "".join(f"-{name}" for name in features_of(modules))
    return {
        RUNTIME: File(resources.asset(f"runtime-{format_name}{suffix}.js")),
        STYLE: File(resources.asset(f"kurspakke{suffix}.css") + own),
    }
