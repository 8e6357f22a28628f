"""A small course in every format: the whole tree of every package, as it was when somebody last looked at it."""

import json
import re
from pathlib import Path

import pytest

from kurspakke import __version__, assemble
from kurspakke.components import COMPONENTS
from kurspakke.filetree import FileTree
from kurspakke.formats.table import FORMATS
from kurspakke.rules.source import validate_source
from kurspakke.selection import Selection
from kurspakke.source import Source
from kurspakke.sourcereader import read_source
from tests.courses import TODAY
from tests.golden.golden import compare

HERE = Path(__file__).parent
ISLAND = re.compile(r'(<script type="application/json" id="kurspakke-data">)(.*)(</script>)')


@pytest.fixture(scope="module")
def source() -> Source:
    return read_source(HERE / "course")


def test_the_course_has_each_component_and_no_findings(source: Source) -> None:
    assert validate_source(source, TODAY) == ()
    assert {spot.component.model_dump()["type"] for spot in source.spots} == set(COMPONENTS)


@pytest.mark.parametrize("name", FORMATS)
def test_packages(name: str, source: Source, request: pytest.FixtureRequest) -> None:
    assert source.course
    packages = assemble.packages(source, source.course, Selection(formats=(name,), combined=True))
    made = {
        f"{package.unit.id}/{path}": text
        for package in packages
        for path, text in stored_form(package.tree).items()
    }
    compare(made, HERE / "expected" / name, request.config)


def stored_form(tree: FileTree) -> dict[str, str]:
    """Documents and manifests as text, and the names of all files in their order.

    Left out: the program's version, and the player's words (each document has them all).
    """
    texts = {
        path: file.read().decode().replace(f"kurspakke {__version__}", "kurspakke VERSION")
        for path, file in tree.items()
        if path.endswith((".html", ".xml"))
    }
    texts = {path: ISLAND.sub(readable, text) for path, text in texts.items()}
    return {**texts, "files.txt": "".join(f"{path}\n" for path in tree)}


def readable(match: re.Match[str]) -> str:
    """The data block over several lines, without the words."""
    data = json.loads(match[2])
    assert data.pop("words")
    return match[1] + json.dumps(data, ensure_ascii=False, indent=1) + match[3]
