"""Earlier releases of the real course: what LMSs know its packages by is the same for ever.

`stored/<version>/packages.json` is what build.json said of a release's packages, without sums. It is never changed; a
package that is not there any more, or is known by another name, would cost somebody's learners their results.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from kurspakke.assemble import Assembled, packages
from kurspakke.record import Label
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from tests.courses import REAL

STORED = Path(__file__).parent / "stored"
RELEASES = sorted(path.parent.name for path in STORED.glob("*/packages.json"))


@pytest.fixture(scope="module")
def today() -> dict[str, Label]:
    """The packages of the course as it is, by file name; nothing is zipped."""
    source = read_source(REAL)
    assert source.course
    made: list[Assembled] = list(packages(source, source.course, Selection()))
    return {package.file_name: package.label for package in made}


def test_the_version_of_the_course_has_been_stored() -> None:
    course = read_source(REAL).course
    assert course
    assert course.head.version in RELEASES


@pytest.mark.parametrize("version", RELEASES)
def test_identifiers_are_for_ever(version: str, today: dict[str, Label]) -> None:
    stored: list[dict[str, Any]] = json.loads((STORED / version / "packages.json").read_text())["packages"]
    assert len(stored) >= 32
    for package in stored:
        label = today[package["path"]]
        now = {name: getattr(label, name) for name in package}
        assert now == package
