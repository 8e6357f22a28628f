"""What the house promises everywhere: real omissions, not taste."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
import tomllib
from functools import cache
from pathlib import Path
from typing import get_args

import click
import pytest
from pydantic import TypeAdapter

from kurspakke import __version__, buildcommand, cli, package, validatecommand
from kurspakke.components import COMPONENTS
from kurspakke.course import FormatName
from kurspakke.findings import Rule
from kurspakke.formats.table import FORMATS
from kurspakke.model import Language
from kurspakke.preview import overview
from kurspakke.reporters import REPORTERS
from kurspakke.rules.building import BUILDING
from kurspakke.rules.validate import all_rules

ROOT = Path(__file__).resolve().parents[1]
PROGRAM = ROOT / "src" / "kurspakke"
TEMPLATES = ROOT / "templates"
RULES = all_rules()
# With what no validation tells of, and whoever reads a finding meets all the same.
TOLD = (*RULES, *BUILDING)
FAMILIES = ("SRC", "PKG", "S12", "S24", "XAP", "CM5", "HTM", "RTE")
MOST_LINES = 400


@cache
def tracked() -> tuple[str, ...]:
    """The files of the repository."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return tuple(name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file())


@cache
def written() -> dict[str, str]:
    """The texts of the repository, but for this file, which must name what it looks for."""
    texts = {}
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:4096] and name != "tests/test_house.py":
            texts[name] = data.decode("utf-8", errors="replace")
    return texts


def modules() -> list[Path]:
    return [ROOT / name for name in tracked() if name.endswith(".py") and not name.startswith("tests/")]


# Rules


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_says_who_it_is_and_why(rule: Rule) -> None:
    assert re.fullmatch(rf"({'|'.join(FAMILIES)})-[0-9]{{3}}", rule.id)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    first, *more = rule.explanation.split("\n")
    assert len(first) > 10
    assert first[0].isupper() or first[0] in "«`"
    assert more or first.endswith((".", ":"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_broken_and_a_good_case(rule: Rule) -> None:
    assert list((ROOT / "tests/rules").glob(f"*/{rule.id}-{rule.name}"))


def test_ids_and_names_of_rules_are_unique() -> None:
    assert len({rule.id for rule in TOLD}) == len({rule.name for rule in TOLD}) == len(TOLD)


def test_ids_and_names_of_rules_are_for_ever() -> None:
    lists = sorted((ROOT / "tests/rules").glob("*-rules.txt"))
    released = [line for file in lists for line in file.read_text().splitlines()]
    assert sorted(released) == sorted(f"{rule.id} {rule.name}" for rule in TOLD)


def test_no_case_is_of_a_rule_that_is_gone() -> None:
    # Folders: Python's own cache has files of such names.
    found = (ROOT / "tests/rules").glob("*/*-[0-9][0-9][0-9]-*")
    cases = {path.name for path in found if path.is_dir()}
    assert cases == {f"{rule.id}-{rule.name}" for rule in RULES}


# Components


@pytest.mark.parametrize("kind", COMPONENTS)
def test_a_component_has_module_template_example_golden_and_a_line_in_the_readme(kind: str) -> None:
    component = COMPONENTS[kind]
    assert component.__module__ == f"kurspakke.components.{kind.replace('-', '_')}"
    assert component.__doc__
    assert (TEMPLATES / "components" / f"{kind}.html.j2").is_file()
    for ending in ("yaml", "html"):
        assert (ROOT / "tests/golden/components" / f"{kind}.{ending}").is_file()
    assert f"| `{kind}` |" in (ROOT / "README.md").read_text()


def test_no_component_is_left_out_of_the_table() -> None:
    names = {path.stem.replace("_", "-") for path in (PROGRAM / "components").glob("*.py")}
    assert names - {"--init--", "base", "picture"} == set(COMPONENTS)
    assert {path.name for path in (TEMPLATES / "components").iterdir()} == {
        f"{kind}.html.j2" for kind in COMPONENTS
    }


@pytest.mark.parametrize("kind", COMPONENTS)
def test_every_field_of_a_component_is_explained(kind: str) -> None:
    for name, field in COMPONENTS[kind].model_fields.items():
        assert name == "type" or field.description, f"{kind}.{name}"


# Formats


@pytest.mark.parametrize("name", FORMATS)
def test_a_format_has_writer_reader_runtime_and_goldens(name: str) -> None:
    form = FORMATS[name]
    assert name == form.NAME
    assert inspect.getdoc(form)
    assert (ROOT / "src/runtime/src" / f"main-{name}.ts").is_file()
    assert (ROOT / "tests/golden/expected" / name).is_dir()
    if form.MANIFEST:
        assert form.MANIFEST in package.MANIFESTS
        assert (PROGRAM / "formats" / f"{name}_manifest.py").is_file()


def test_formats_are_the_same_everywhere() -> None:
    assert tuple(FORMATS) == buildcommand.FORMAT_NAMES == get_args(FormatName)
    assert set(REPORTERS) == set(validatecommand.REPORT_NAMES)


def test_languages_are_the_same_everywhere() -> None:
    names = "|".join(cli.LANGUAGE_NAMES)
    assert TypeAdapter(Language).json_schema()["pattern"] == f"^({names})$"
    assert tuple(overview.LANGUAGE_NAMES) == cli.LANGUAGE_NAMES


# Commands


def parameters() -> list[tuple[str, click.Parameter]]:
    return [
        (name, parameter) for name, command in cli.commands.commands.items() for parameter in command.params
    ]


@pytest.mark.parametrize("name", cli.commands.commands)
def test_a_command_is_explained_and_in_the_readme(name: str) -> None:
    command = cli.commands.commands[name]
    assert command.help
    assert f"kurspakke {name}" in (ROOT / "README.md").read_text()


@pytest.mark.parametrize(
    ("command", "parameter"), parameters(), ids=lambda value: getattr(value, "name", value)
)
def test_an_option_is_explained_and_in_the_readme(command: str, parameter: click.Parameter) -> None:
    if isinstance(parameter, click.Option):
        assert parameter.help, f"{command} {parameter.name}"
        option = max(parameter.opts, key=len)
        assert re.search(rf"{option}(?![a-z-])", (ROOT / "README.md").read_text()), option


# Modules


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_is_small_and_says_what_it_is(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= MOST_LINES
    assert not text.strip() or ast.get_docstring(ast.parse(text))
    assert path.stem not in {"utils", "util", "helpers", "helper", "misc", "common", "tools", "base_classes"}


def test_every_dependency_is_used() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    names = [re.split(r"[^A-Za-z0-9-]", wanted)[0].lower() for wanted in project["dependencies"]]
    modules_of = {"markdown-it-py": "markdown_it", "mdit-py-plugins": "mdit_py_plugins", "pyyaml": "yaml"}
    program = "\n".join(text for name, text in written().items() if name.startswith("src/kurspakke/"))
    unused = [
        name
        for name in names
        if not re.search(rf"(?m)^\s*(from|import) {modules_of.get(name, name)}\b", program)
    ]
    assert unused == []


# What never stands in the repository

NEVER = {
    "a machine's own folder": r"/work/|/root/|/home/[a-z]|/tmp/(?!x)",
    "a package registry": r"registry\.npmjs|npm\.pkg|pypi\.org|pythonhosted\.org|proxy\.golang|artifactory|jfrog",
    "a note to oneself": r"\b(TODO|FIXME|XXX|HACK|WIP)\b",
    "who or what wrote it": r"(?i)\b(claude|anthropic|openai|chatgpt|copilot|sub-?agent|language model|as an ai)\b",
    "a plan's part": r"(?i)\b(issue|part) #?[0-9]+\b(?! of)",
}
MAY = {
    "a machine's own folder": ("tests/", "src/kurspakke/components/", "course_source/"),
    "a package registry": ("package-lock.json", "constraints.txt"),
    "a note to oneself": ("package-lock.json",),
}


@pytest.mark.parametrize("what", NEVER)
def test_the_repository_never_holds(what: str) -> None:
    found = [
        f"{name}: {match.group()}"
        for name, text in written().items()
        for match in [re.search(NEVER[what], text)]
        if match and not any(part in name for part in MAY.get(what, ()))
    ]
    assert found == []


def test_only_tests_look_outside_of_the_repository() -> None:
    found = [
        name
        for name, text in written().items()
        if re.search(r"\.\./shared|parents\[\d\] / .shared", text)
        and not name.startswith(("tests/", "benchmarks/"))
    ]
    assert found == []


def test_nothing_of_third_parties_is_kept() -> None:
    kinds = re.compile(
        r"\.(xsd|dtd|whl|jar|zip|tgz|gz|woff2?|ttf|otf|min\.js|min\.css|wasm|so|exe|pyc)$|node_modules/"
    )
    found = [name for name in tracked() if kinds.search(name)]
    assert [name for name in found if "urn:stands-in-for:" not in written().get(name, "")] == []


# Templates


def templates() -> list[Path]:
    return sorted(TEMPLATES.rglob("*.j2"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_a_template_asks_no_other_host_and_has_nothing_inline(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"(https?:)?//[a-z]", text)
    assert not re.search(r"(?i)<style|\sstyle\s*=|\son[a-z]+\s*=|javascript:", text)
    for attributes in re.findall(r"<script([^>]*)>", text):
        own = {"preview": 'src="/static/', "release": 'src="finn.js"'}.get(
            path.parent.name, 'src="kurspakke.js"'
        )
        assert 'type="application/json"' in attributes or own in attributes
    assert "|safe" not in text.replace(" ", "")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_sheet_asks_no_other_host(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"url\(\s*['\"]?(https?:|//|/|data:)", text)
    assert not re.search(r"@import[^;]*(https?:|//)", text)


# Versions


def test_the_changelog_begins_with_this_version() -> None:
    first = re.search(r"(?m)^## (\S+)", (ROOT / "CHANGELOG.md").read_text())
    assert first
    assert first[1] == __version__


def test_licences_are_told() -> None:
    assert "MIT" in (ROOT / "LICENSE").read_text()
    assert "CC BY 4.0" in (ROOT / "course_source" / "LICENSE.md").read_text()
