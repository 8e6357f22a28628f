"""Playing from the command line: our own packages, a package that never ends, and a machine without a browser."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from kurspakke.findings import KurspakkeError
from kurspakke.package import Package
from kurspakke.play.process import performance_of
from kurspakke.rules.played import Played
from kurspakke.rules.playing import judged
from tests.command import run
from tests.courses import BASE
from tests.play.cases import CASES, PlayCase

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def packed(package: Package, to: Path) -> Path:
    with zipfile.ZipFile(to, "w") as archive:
        for path, file in package.tree.items():
            archive.writestr(path, file.read())
    return to


def playing(path: Path) -> set[str]:
    """The processes that play this very package."""
    found = set()
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if str(path).encode() in words:
            found.add(entry.parent.name)
    return found


@pytest.mark.parametrize("case", PlayCase.every(CASES / "RTE-002-hangs"), ids=lambda case: case.base)
def test_what_never_ends_is_ended_and_told(case: PlayCase, tmp_path: Path) -> None:
    path = packed(case.package(case.broken), tmp_path / "evig.zip")
    performance = performance_of(str(path), seconds=12)
    assert [finding.rule.id for finding in judged(Played(case.package(case.broken), performance))] == [
        "RTE-002"
    ]
    assert playing(path) == set()


@pytest.mark.parametrize("form", ["scorm12", "xapi", "cmi5", "web"])
def test_our_own_packages_play_without_a_finding(form: str, tmp_path: Path) -> None:
    assert run("build", BASE, "-o", tmp_path, "--format", form).code == 0
    answer = run("validate", tmp_path / f"prove-post-nb-{form}.zip", "--play", "--report", "json")
    assert json.loads(answer.out)["targets"][0]["findings"] == []
    assert answer.code == 0


def test_without_a_browser_it_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KURSPAKKE_BROWSER", str(tmp_path / "no-browser"))
    path = packed(PlayCase.read(CASES / "RTE-016-time-not-reported").package({}), tmp_path / "kurs.zip")
    with pytest.raises(KurspakkeError, match="no Chromium") as refused:
        performance_of(str(path))
    assert "KURSPAKKE_BROWSER" in refused.value.hint
