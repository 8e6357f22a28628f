"""The runtime is bundled anew while somebody writes it, and packages get it at once."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kurspakke import resources
from kurspakke.findings import KurspakkeError
from kurspakke.preview.bundler import Bundler
from kurspakke.preview.shelf import open_shelf
from tests.courses import BASE, copy
from tests.preview.test_watching import KEY, opened, told

ROOT = Path(__file__).resolve().parents[2]
NODE = shutil.which("node", path=str(ROOT / ".venv" / "bin")) or shutil.which("node")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what bundles are made of, to be edited; its packages are the real ones."""
    root = tmp_path / "checkout"
    leave_out = shutil.ignore_patterns("node_modules", "__pycache__")
    shutil.copytree(ROOT / "src" / "runtime", root / "src" / "runtime", ignore=leave_out)
    shutil.copytree(ROOT / "templates" / "style", root / "templates" / "style")
    (root / "src" / "runtime" / "node_modules").symlink_to(ROOT / "src" / "runtime" / "node_modules")
    return root


@pytest.fixture
def bundler(checkout: Path) -> Iterator[Bundler]:
    assert NODE, "tests need Node, which the extra `test` brings"
    bundler = Bundler(NODE, checkout / "src" / "runtime")
    yield bundler
    bundler.close()


def test_nothing_is_lent_while_the_source_is_what_was_built(bundler: Bundler) -> None:
    assert bundler("runtime-web.js") is None
    assert bundler("xsd/ims_xml.xsd") is None


def test_the_source_is_bundled_as_it_is_now(bundler: Bundler, checkout: Path) -> None:
    assert bundler("runtime-web.js") is None
    bundler.renew(bundler.sources.values())
    first = bundler("runtime-web.js")
    assert first
    start = bundler.sources[".js"] / "start.ts"
    start.write_text(start.read_text() + '\nconsole.log("nytt her");\n')
    assert bundler("runtime-web.js") == first
    assert not bundler.renew([checkout / "src"])
    assert bundler.renew([start])
    assert b"nytt her" in (bundler("runtime-web.js") or b"")
    assert bundler("runtime-scorm12.js") != bundler("runtime-web.js")
    assert bundler("kurspakke-assessment.css")
    assert bundler("xsd/ims_xml.xsd") is None


def test_all_pieces_and_a_script_together_are_one_program(bundler: Bundler, tmp_path: Path) -> None:
    bundler.renew(bundler.sources.values())
    names = ["handout", "survey", "action-plan", "prioritise", "group-work", "film"]
    for form in ("scorm12", "xapi", "cmi5", "web"):
        files = [*(f"piece-{name}.js" for name in names), f"runtime-{form}-assessment.js"]
        made = [bundler(name) or b"" for name in files]
        assert all(made)
        script = b"".join([b'"use strict";(()=>{let pieces=[];', *made, b"})();\n"])
        (tmp_path / "all.js").write_bytes(script)
        subprocess.run([NODE or "", "--check", tmp_path / "all.js"], check=True)


def test_an_error_in_the_source_names_its_place(bundler: Bundler, checkout: Path) -> None:
    start = checkout / "src" / "runtime" / "src" / "start.ts"
    start.write_text("const = 3;\n")
    bundler.renew(bundler.sources.values())
    with pytest.raises(KurspakkeError, match=r"start\.ts:1: "):
        bundler("runtime-web.js")


def test_node_that_ends_is_started_again_and_a_closed_one_is_not(bundler: Bundler) -> None:
    bundler.renew(bundler.sources.values())
    assert bundler("runtime-web.js")
    process = bundler._node._process
    assert process is not None
    process.kill()
    process.wait()
    bundler.renew(bundler.sources.values())
    assert bundler("runtime-web.js")
    bundler.close()
    with pytest.raises(KurspakkeError, match="stopped"):
        bundler("runtime-cmi5.js")


def test_packages_that_are_open_get_the_runtime_as_it_is_saved(
    bundler: Bundler, checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Bundler, "here", lambda: bundler)
    shelf = open_shelf([str(copy(BASE, tmp_path / "kurs"))], KEY)
    offer = opened(shelf)
    start = checkout / "src" / "runtime" / "src" / "start.ts"
    style = checkout / "templates" / "style" / "prose.css"
    good = start.read_text()

    def script() -> bytes:
        package = shelf.package(offer.id)
        assert package is not None
        return package.tree["kurspakke.js"].read()

    def warm_up() -> None:
        time.sleep(3)  # Node starts beside everything else
        start.write_text(good + '\nconsole.log("et");\n')

    before = script()
    changed, broken, styled = told(
        shelf,
        warm_up,
        lambda: start.write_text("const = 3;\n"),
        lambda: (start.write_text(good), style.write_text(style.read_text() + "\np { color: #123456 }\n")),
    )
    assert changed[-1].files == {offer.id: {"kurspakke.js"}}
    (finding,) = broken[-1].findings
    assert (Path(finding.location.path), finding.location.line) == (start, 1)
    assert styled[-1].findings == ()
    assert "kurspakke.css" in frozenset().union(*(change.files[offer.id] for change in styled))
    assert b"#123456" not in resources.asset("kurspakke.css"), "nothing is lent when nobody watches any more"
    assert script() != before
