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
from typing import NoReturn, TypeVar

import click

from kurspakke import __version__
from kurspakke.buildcommand import build, show_findings
from kurspakke.findings import ContentError, KurspakkeError, UsageError
from kurspakke.options import NameList
from kurspakke.previewcommand import preview
from kurspakke.profilecommand import profile
from kurspakke.releasecommand import release
from kurspakke.validatecommand import validate

COMPARISON_NAMES = ("text", "markdown", "json")
EXPLAIN_FORMATS = ("text", "html", "md")
LANGUAGE_NAMES = ("nb", "nn", "en", "se")

Result = TypeVar("Result")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kurspakke")
def commands() -> None:
    """Compile course text into packages that any LMS takes: SCORM 1.2, xAPI, cmi5 and plain web.

    \b
    A course to start from:   kurspakke new mitt-kurs
    Its packages in dist/:    cd mitt-kurs && kurspakke build
    As learners see it:       kurspakke preview
    What is wrong, and why:   kurspakke validate, kurspakke explain RULE

    Exit codes: 0 all is well, 1 findings, 2 the command was not understood, 3 the program had to refuse.
    """  # noqa: D301 - click reads the backspace


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
@click.argument("rule", required=False)
@click.option("--all", "everything", is_flag=True, help="All rules, on one page.")
@click.option(
    "--format",
    "form",
    type=click.Choice(EXPLAIN_FORMATS),
    default="text",
    show_default=True,
    help="Form of that page.",
)
def explain(rule: str | None, form: str, *, everything: bool) -> None:
    """Say why a rule exists and how to mend a breach of it.

    RULE is an id or a name, as findings print them: SRC-020 or no-such-file.

    \b
    kurspakke explain missing-alt
    kurspakke explain --all --format html > regler.html
    """  # noqa: D301 - click reads the backspace
    from kurspakke.reporters.explain import explanation, handbook

    if everything == (rule is not None):
        raise click.UsageError("name a rule by its id or name, or ask for --all")
    click.echo(handbook(form) if rule is None else explanation(rule, form), nl=False)


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
@click.option("--report", is_flag=True, help="The schema of the JSON report instead.")
def schema(out: str | None, *, report: bool) -> None:
    """Write the JSON Schema of the source files, for editors.

    Without --out, all of it is printed as one schema.
    """
    from kurspakke.schema import report_schema_text, schema_text, write_schemas

    if report:
        if out is not None:
            raise click.UsageError(
                "--report and --out don't go together: the report has one schema, and it is printed"
            )
        click.echo(report_schema_text(), nl=False)
    elif out is None:
        click.echo(schema_text(), nl=False)
    else:
        for path in write_schemas(Path(out)):
            click.echo(path)


@commands.command()
@click.argument("language", type=click.Choice(LANGUAGE_NAMES))
@click.argument("source", required=False, type=click.Path(file_okay=False))
@click.option("--edition", metavar="ID", help="The own texts of that edition instead of the course's.")
def translate(language: str, source: str | None, edition: str | None) -> None:
    """Bring a file of translations up to date with the course, or make it: locale/LANGUAGE.po.

    SOURCE is the folder that holds course.yaml; without it, course_source/ or the folder you are in.
    What is translated stays. Translations of a text that has changed are marked `fuzzy`, with the former text beside
    them; those of a text that is gone are kept at the end. Running it again changes nothing. Any editor for gettext
    files opens the file, such as Poedit.

    \b
    kurspakke translate nn
    kurspakke translate nn --edition digi-agder     what a local edition brings, in its own locale/
    """  # noqa: D301 - click reads the backspace
    from kurspakke.project import Project
    from kurspakke.translating import translate

    tally = translate(Project.of(source, None).source, language, edition)
    click.echo(
        f"{tally.file}: {tally.translated} translated, {tally.outdated} outdated, {tally.missing} missing"
    )
    if tally.unused:
        click.echo(f"  {tally.unused} of texts that are gone are kept at the end")
    if not tally.declared:
        click.echo(f"  when all is translated, add {language} to `languages` in course.yaml")


def _refuse(error: KurspakkeError) -> NoReturn:
    click.echo(f"kurspakke: {error.message}", err=True)
    if error.hint:
        click.echo(f"  {error.hint}", err=True)
    raise SystemExit(2 if isinstance(error, UsageError) else 3)


commands.add_command(build)
commands.add_command(preview)
commands.add_command(profile)
commands.add_command(release)
commands.add_command(validate)


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
        show_findings(error.findings, None)
        click.echo("Nothing was written.", err=True)
        raise SystemExit(1) from None
    except KurspakkeError as error:
        _refuse(error)
    except OSError as error:  # a file that was there is gone, or may not be read
        name = os.fsdecode(error.filename) if error.filename else "a file"
        _refuse(KurspakkeError(f"{name}: {error.strerror or error}", "see that it is there and may be read"))
