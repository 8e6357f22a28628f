"""The wheel and the source distribution hold what they should, and nothing else."""

import tarfile
import zipfile

import pytest

from tests.packaging.distributions import Distributions, Tree, members

pytestmark = [pytest.mark.slow, pytest.mark.packaging, pytest.mark.xdist_group("packaging")]

BUILT = {
    "src/kurspakke/assets/.stamp",
    "src/kurspakke/assets/THIRD-PARTY.txt",
    "src/kurspakke/assets/axe.js",
    "src/kurspakke/assets/inspector.css",
    "src/kurspakke/assets/inspector.js",
    "src/kurspakke/assets/kurspakke.css",
    "src/kurspakke/assets/kurspakke-assessment.css",
    "src/kurspakke/assets/kurspakke-workshop.css",
    "src/kurspakke/assets/kurspakke-workshop-assessment.css",
    "src/kurspakke/assets/lmspage.js",
    "src/kurspakke/assets/overview.css",
    "src/kurspakke/assets/overview.js",
    "src/kurspakke/assets/piece-action-plan.js",
    "src/kurspakke/assets/piece-film.js",
    "src/kurspakke/assets/piece-group-work.js",
    "src/kurspakke/assets/piece-handout.js",
    "src/kurspakke/assets/piece-prioritise.js",
    "src/kurspakke/assets/piece-survey.js",
    "src/kurspakke/assets/runtime-cmi5.js",
    "src/kurspakke/assets/runtime-cmi5-assessment.js",
    "src/kurspakke/assets/runtime-scorm12.js",
    "src/kurspakke/assets/runtime-scorm12-assessment.js",
    "src/kurspakke/assets/runtime-web.js",
    "src/kurspakke/assets/runtime-web-assessment.js",
    "src/kurspakke/assets/runtime-xapi.js",
    "src/kurspakke/assets/runtime-xapi-assessment.js",
    "src/kurspakke/assets/xsd/adlcp_rootv1p2.xsd",
    "src/kurspakke/assets/xsd/ims_xml.xsd",
    "src/kurspakke/assets/xsd/imscp_rootv1p1p2.xsd",
    "src/kurspakke/assets/xsd/imsmd_rootv1p2p1.xsd",
}
KINDS_IN_THE_WHEEL = {
    "",
    ".css",
    ".csv",
    ".html",
    ".j2",
    ".jpg",
    ".js",
    ".json",
    ".md",
    ".png",
    ".po",
    ".py",
    ".svg",
    ".txt",
    ".typed",
    ".vtt",
    ".xsd",
    ".yaml",
}


def difference(found: set[str], wanted: set[str]) -> str:
    lines = [f"too much: {name}" for name in sorted(found - wanted)]
    return "\n".join(lines + [f"missing:  {name}" for name in sorted(wanted - found)])


def test_the_wheel_is_the_package_the_templates_and_the_assets(
    tree: Tree, distributions: Distributions
) -> None:
    info = "kurspakke-0.1.0.dist-info"
    metadata = {f"{info}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    package = {name.removeprefix("src/") for name in tree.below("src/kurspakke") | BUILT}
    # The style sheets' sources are bundled: what comes of them is among the assets.
    templates = {f"kurspakke/{name}" for name in tree.below("templates") - tree.below("templates/style")}
    wanted = package | templates | metadata | {f"{info}/licenses/LICENSE"}
    names = members(distributions.wheel)
    assert len(names) == len(set(names))
    assert not (problem := difference(set(names), wanted)), problem


def test_the_sdist_is_what_the_wheel_is_built_from(tree: Tree, distributions: Distributions) -> None:
    with tarfile.open(distributions.sdist) as archive:
        found = {name.partition("/")[2] for name in archive.getnames()}
    # hatchling adds .gitignore: it says what to leave out when building from the unpacked archive.
    roots = ("CHANGELOG.md", "LICENSE", "README.md", "hatch_build.py", "pyproject.toml", ".gitignore")
    wanted = tree.below("src", "templates", *roots) | BUILT | {"PKG-INFO"}
    assert not (problem := difference(found, wanted)), problem


def test_the_wheel_holds_only_kinds_of_files_that_belong_in_a_wheel(distributions: Distributions) -> None:
    def kind(name: str) -> str:
        last = name.rpartition("/")[2]
        return "." + last.rpartition(".")[2] if "." in last[1:] else ""

    strange = [name for name in members(distributions.wheel) if kind(name) not in KINDS_IN_THE_WHEEL]
    assert strange == []


def test_an_index_shows_the_introduction_of_the_readme(tree: Tree, distributions: Distributions) -> None:
    with zipfile.ZipFile(distributions.wheel) as archive:
        (name,) = (name for name in archive.namelist() if name.endswith("/METADATA"))
        shown = archive.read(name).decode().partition("\n\n")[2]
    whole = (tree.path / "README.md").read_text("utf-8")
    assert "make build" in shown
    assert "Writing a course" not in shown
    assert whole.startswith(shown.rpartition("\n\n")[0])


def test_the_wheel_is_small(distributions: Distributions) -> None:
    assert distributions.wheel.stat().st_size < 1_400_000
