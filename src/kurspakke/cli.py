"""The commands: each one parses, calls, reports and exits. Nothing else happens here.

Exit codes: 0 all is well, 1 the course or the package has findings, 2 the command was not understood,
3 the program had to refuse (no course there, no room, no permission).
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from kurspakke import __version__
from kurspakke.findings import ContentError, Finding, KurspakkeError, Severity, UsageError
from kurspakke.profilecommand import profile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kurspakke.baseline import Baseline
    from kurspakke.control import Control
    from kurspakke.reporters.target import TargetReport

FORMAT_NAMES = ("scorm12", "xapi", "cmi5", "web")
REPORT_NAMES = ("text", "json")
COMPARISON_NAMES = ("text", "markdown", "json")

Result = TypeVar("Result")


class NameList(click.ParamType[tuple[str, ...]]):
    """Names separated by commas; with `known`, only those."""

    name = "names"

    def __init__(self, known: Sequence[str] = ()) -> None:
        self.known = known

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The names in a value such as `nb,nn`."""
        if isinstance(value, tuple):
            return value
        names = tuple(name.strip() for name in str(value).split(",") if name.strip())
        for name in names:
            if self.known and name not in self.known:
                self.fail(f"{name!r} is not one of {', '.join(self.known)}", param, ctx)
        return tuple(dict.fromkeys(names))


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kurspakke")
def commands() -> None:
    """Compile course text into packages that any LMS takes: SCORM 1.2, xAPI, cmi5 and plain web.

    \b
    A course to start from:   kurspakke new mitt-kurs
    Its packages in dist/:    cd mitt-kurs && kurspakke build
    What is wrong, and why:   kurspakke validate, kurspakke explain RULE

    Exit codes: 0 all is well, 1 findings, 2 the command was not understood, 3 the program had to refuse.
    """  # noqa: D301 - click reads the backspace


@commands.command()
@click.argument("source", required=False, type=click.Path(file_okay=False))
@click.option("-o", "--out", metavar="DIR", help="Where the packages go.  [default: dist]")
@click.option(
    "--format",
    "formats",
    type=NameList(FORMAT_NAMES),
    default="",
    metavar="NAMES",
    help="Formats to build: scorm12, xapi, cmi5, web.  [default: those in course.yaml]",
)
@click.option(
    "--module",
    "modules",
    type=NameList(),
    default="",
    metavar="IDS",
    help="Modules to build.  [default: all]",
)
@click.option(
    "--lang",
    "languages",
    type=NameList(),
    default="",
    metavar="LANGS",
    help="Languages: nb, nn, en, se.  [default: all]",
)
@click.option(
    "--audience",
    "audiences",
    type=NameList(),
    default="",
    metavar="IDS",
    help="Audiences.  [default: the first one]",
)
@click.option("--combined", is_flag=True, help="Also one package of the whole course.")
@click.option("--json", "as_json", is_flag=True, help="Print build.json instead of the table.")
def build(  # noqa: PLR0913 - one parameter for each option
    source: str | None,
    out: str | None,
    *,
    formats: tuple[str, ...],
    modules: tuple[str, ...],
    languages: tuple[str, ...],
    audiences: tuple[str, ...],
    combined: bool,
    as_json: bool,
) -> None:
    """Build a course's packages.

    SOURCE is the folder that holds course.yaml; without it, course_source/ or the folder you are in.
    Everything is checked first; if the course has an error, nothing is written and dist/ stays as it was.

    \b
    kurspakke build                                 all modules in all formats of the course
    kurspakke build --format scorm12 --module strategi
    kurspakke build --combined -o til-lms           modules, and one package of them all
    """  # noqa: D301 - click reads the backspace
    from kurspakke import pipeline
    from kurspakke.project import Project
    from kurspakke.reporters.build import BuildReport
    from kurspakke.selection import Selection

    selection = Selection(formats, modules, languages, audiences, combined)
    report = BuildReport(as_json=as_json)
    with report:
        built = pipeline.build(Project.of(source, out), selection, report)
    _show_findings(built.findings, source)
    click.echo(report.table(built), nl=False)


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--report",
    "report",
    type=click.Choice(REPORT_NAMES),
    default="text",
    show_default=True,
    help="Form of the report.",
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default="error",
    show_default=True,
    help="The mildest finding that makes the command exit with 1.",
)
@click.option("--select", type=NameList(), default="", metavar="RULES", help="Report these rules only.")
@click.option("--ignore", type=NameList(), default="", metavar="RULES", help="Leave these rules out.")
@click.option(
    "--severity",
    "severities",
    multiple=True,
    metavar="RULE=LEVEL",
    help="Weigh a rule as error, warning, note or off; may be given again.",
)
@click.option(
    "--profile",
    "profiles",
    type=NameList(),
    multiple=True,
    metavar="IDS",
    help="Hold packages to these LMSs: profiles' ids or files; may be given again.",
)
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Report only what is new since this file was written, and what has been mended.",
)
@click.option(
    "--write-baseline",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Note all findings in this file, and exit with 0.",
)
@click.option("--play", is_flag=True, help="Play packages in a browser, too (needs kurspakke[play]).")
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="How much of a package is looked at: members, bytes, single, ratio, nesting, seconds, memory.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=lambda: len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
    metavar="N",
    help="So many packages are looked at side by side.  [default: as many as there are processors]",
)
def validate(  # noqa: PLR0913 - one parameter for each option
    paths: tuple[str, ...],
    *,
    report: str,
    fail_on: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: tuple[str, ...],
    profiles: tuple[tuple[str, ...], ...],
    baseline: str | None,
    write_baseline: str | None,
    play: bool,
    limits: tuple[str, ...],
    jobs: int,
) -> None:
    """Say what is wrong in courses and packages, where, and what to do.

    Each PATH is a course's folder, a package (.zip), an unpacked package, a manifest, or a folder of packages.
    Without one, the course here is checked. RULES are ids, names or beginnings of ids, separated by commas.

    \b
    kurspakke validate
    kurspakke validate dist/ --report json
    kurspakke validate fra-leverandor.zip --ignore HTM,large-package --severity PKG-060=warning
    kurspakke validate fra-leverandor.zip --profile moodle,min-lms.yaml
    kurspakke validate pakker/ --write-baseline kjent.json
    kurspakke validate pakker/ --baseline kjent.json
    kurspakke validate innsendt/ --limit seconds=20,bytes=500M
    """  # noqa: D301 - click reads the backspace
    from kurspakke.limits import limits_from
    from kurspakke.project import Project
    from kurspakke.reporters import REPORTERS
    from kurspakke.validation import Wish, validate_paths

    wish = Wish(
        _control(select, ignore, severities),
        baseline=_baseline(None if write_baseline else baseline),
        play=play,
        profiles=tuple(word for given in profiles for word in given),
        limits=limits_from(limits),
        jobs=1 if play else jobs,
    )
    targets = tuple(validate_paths(paths or (str(Project.of(None, None).source),), wish))
    if write_baseline:
        _write_baseline(Path(write_baseline), targets)
        return
    click.echo(REPORTERS[report].render(targets, colour=sys.stdout.isatty()), nl=False)
    limit = Severity(fail_on).rank
    if any(finding.severity.rank <= limit for target in targets for finding in target.findings):
        raise click.exceptions.Exit(1)


@commands.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "--report",
    type=click.Choice(COMPARISON_NAMES),
    default="text",
    show_default=True,
    help="Form of the report; markdown is for merge requests.",
)
@click.option(
    "--profile",
    "profiles",
    type=NameList(),
    default="",
    metavar="IDS",
    help="LMSs to speak of, by their profiles.  [default: all]",
)
def diff(old: str, new: str, report: str, profiles: tuple[str, ...]) -> None:
    """Say whether learners' progress survives when NEW replaces OLD in an LMS.

    OLD and NEW are packages of any origin: zips, or unpacked. Exits with 0 if it is safe to upload the new one over
    the old one, with 1 if it is not.

    \b
    kurspakke diff v1/strategi-nb-scorm12.zip dist/strategi-nb-scorm12.zip
    kurspakke diff gammel.zip ny.zip --report markdown --profile moodle
    """  # noqa: D301 - click reads the backspace
    from kurspakke.comparison.compare import compare
    from kurspakke.reporters.comparison import COMPARISON_REPORTERS
    from kurspakke.targets import package_at

    comparison = compare(package_at(old), package_at(new), profiles)
    click.echo(COMPARISON_REPORTERS[report](comparison), nl=False)
    if not comparison.is_safe:
        raise click.exceptions.Exit(1)


@commands.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Say why a rule exists and how to mend a breach of it.

    RULE is an id or a name, as findings print them: SRC-020 or no-such-file.
    """
    from kurspakke.reporters.explain import explanation

    click.echo(explanation(rule), nl=False)


@commands.command()
@click.argument("directory", type=click.Path(file_okay=False))
def new(directory: str) -> None:
    """Make a course project in DIRECTORY that builds at once.

    It holds a small course with each kind of component, and is set up so that editors check the files while you
    write (any editor with a YAML language server, such as VS Code with its YAML extension).
    """
    from kurspakke.starting import start

    for line in start(Path(directory)):
        click.echo(line)


@commands.command()
@click.option(
    "-o",
    "--out",
    type=click.Path(file_okay=False),
    help="Write one schema file for each kind of source file here.",
)
def schema(out: str | None) -> None:
    """Write the JSON Schema of the source files, for editors.

    Without --out, all of it is printed as one schema.
    """
    from kurspakke.schema import schema_text, write_schemas

    if out is None:
        click.echo(schema_text(), nl=False)
    else:
        for path in write_schemas(Path(out)):
            click.echo(path)


def _control(select: Sequence[str], ignore: Sequence[str], severities: Sequence[str]) -> Control:
    from kurspakke.control import Control

    if not (select or ignore or severities):
        return Control()
    from kurspakke.rules.chosen import asked
    from kurspakke.rules.validate import all_rules

    return asked(select, ignore, severities, all_rules())


def _baseline(path: str | None) -> Baseline | None:
    if path is None:
        return None
    from kurspakke.baseline import Baseline

    return Baseline.read(Path(path))


def _write_baseline(path: Path, targets: Sequence[TargetReport]) -> None:
    from kurspakke.baseline import Baseline

    Baseline(path.parent).write(path, targets)
    number = sum(len(target.findings) for target in targets)
    click.echo(f"{path}: {number} finding{'' if number == 1 else 's'} noted")


def _show_findings(findings: Sequence[Finding], source: str | None) -> None:
    """Findings on stderr, as the text reporter has them."""
    if findings:
        from kurspakke.reporters import REPORTERS
        from kurspakke.reporters.target import TargetReport

        target = TargetReport(source or "course", "source", tuple(findings))
        click.echo(REPORTERS["text"].render([target], colour=sys.stderr.isatty()), err=True, nl=False)


def _refuse(error: KurspakkeError) -> NoReturn:
    click.echo(f"kurspakke: {error.message}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)
    raise SystemExit(2 if isinstance(error, UsageError) else 3)


commands.add_command(profile)


def main(run: Callable[[], object] = commands) -> None:
    """The command `kurspakke`: turns the three kinds of failure into exit codes."""
    # pydantic would look through every installed package for plugins, and there are none of ours.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A short life that makes much and drops little: looking for cycles so often takes a tenth of it.
    gc.set_threshold(100_000, 20, 20)
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # captured streams can't be told, and need not be
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        run()
    except ContentError as error:
        _show_findings(error.findings, None)
        click.echo("Nothing was written.", err=True)
        raise SystemExit(1) from None
    except KurspakkeError as error:
        _refuse(error)
    except OSError as error:  # a file that was there is gone, or may not be read
        name = os.fsdecode(error.filename) if error.filename else "a file"
        _refuse(KurspakkeError(f"{name}: {error.strerror or error}", "see that it is there and may be read"))
