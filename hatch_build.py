"""Hatchling's hooks: bring built assets and templates into distributions, and say what an index shows of them."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).parent / "src" / "runtime"))

import bundle

TEMPLATES = bundle.STYLE.parent
README = "README.md"
INTRODUCTION_ENDS = "\n## Writing a course\n"


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


class ReadmeHook(MetadataHookInterface):
    """A package index shows the beginning of README.md: the whole is a manual, and comes with the source."""

    PLUGIN_NAME = "custom"

    def update(self, metadata: dict[str, Any]) -> None:
        """Set `readme`, which pyproject.toml calls dynamic."""
        whole = (Path(self.root) / README).read_text("utf-8")
        introduction, found, _ = whole.partition(INTRODUCTION_ENDS)
        if not found:
            raise ValueError(
                f"{README} has no heading {INTRODUCTION_ENDS.strip()!r} where its introduction ends"
            )
        metadata["readme"] = {
            "content-type": "text/markdown",
            "text": f"{introduction.rstrip()}\n\nThe whole manual is `{README}` in the source.\n",
        }


def _templates() -> dict[str, str]:
    """The templates and their places in a wheel; not what the style sheets are bundled of, which is in the assets."""
    files = sorted(
        path for path in TEMPLATES.rglob("*") if path.is_file() and bundle.STYLE not in path.parents
    )
    return {str(path): f"kurspakke/templates/{path.relative_to(TEMPLATES).as_posix()}" for path in files}
