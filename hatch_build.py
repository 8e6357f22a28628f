"""Hatchling's build hook: brings the built assets and the templates into wheels and source distributions."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent / "src" / "runtime"))

import bundle

TEMPLATES = bundle.STYLE.parent


class AssetsHook(BuildHookInterface[Any]):
    """Bundles the assets when they are stale, and has them shipped although git ignores them."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node, if there is something to bundle; an install from the source distribution has nothing."""
        return [] if bundle.is_fresh() else [bundle.NODE_REQUIREMENT]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets; `version` is "editable" for `pip install -e`, which reads templates/ itself."""
        bundle.build()
        build_data["artifacts"].append("/src/kurspakke/assets")
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"] |= _templates()


def _templates() -> dict[str, str]:
    """The templates and their places in a wheel; not what the style sheets are bundled of, which is in the assets."""
    files = sorted(
        path for path in TEMPLATES.rglob("*") if path.is_file() and bundle.STYLE not in path.parents
    )
    return {str(path): f"kurspakke/templates/{path.relative_to(TEMPLATES).as_posix()}" for path in files}
