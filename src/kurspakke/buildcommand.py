"""The command `build`: a course becomes packages, in a folder or in a store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kurspakke.options import NameList, is_url, processors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kurspakke.findings import Finding

FORMAT_NAMES = ("scorm12", "xapi", "cmi5", "web")


@click.command()
@click.argument("source", required=False, type=click.Path(file_okay=False))
@click.option(
    "-o",
    "--out",
    metavar="DIR|URL",
    help="Where the packages go: a folder, or a place in a store, such as s3://bucket/folder.  [default: dist]",
)
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
@click.option(
    "--edition",
    "editions",
    type=NameList(),
    default="",
    metavar="IDS",
    help="Local editions instead of the national one: folders in editions/, ids of its table.",
)
@click.option("--all-editions", is_flag=True, help="Every local edition, besides the national one.")
@click.option("--combined", is_flag=True, help="Also one package of the whole course.")
@click.option(
    "--shard",
    metavar="I/N",
    default="1/1",
    help="Only this part of what is asked for, such as 2/4: for builds that several machines share.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=processors,
    metavar="N",
    help="So many editions are built side by side.  [default: as many as there are processors]",
)
@click.option("--json", "as_json", is_flag=True, help="Print build.json instead of the table.")
def build(  # noqa: PLR0913 - one parameter for each option
    source: str | None,
    out: str | None,
    *,
    formats: tuple[str, ...],
    modules: tuple[str, ...],
    languages: tuple[str, ...],
    audiences: tuple[str, ...],
    editions: tuple[str, ...],
    all_editions: bool,
    combined: bool,
    shard: str,
    jobs: int,
    as_json: bool,
) -> None:
    """Build a course's packages.

    SOURCE is the folder that holds course.yaml; without it, course_source/ or the folder you are in.
    Everything is checked first; if the course has an error, nothing is written and dist/ stays as it was.
    Without --all-editions, the packages of local editions that are there, of the same version, stay as they are.
    A build of some packages leaves the others; those of another version are no part of it, and named.

    \b
    kurspakke build                                 all modules in all formats of the course
    kurspakke build --format scorm12 --module strategi
    kurspakke build --combined -o til-lms           modules, and one package of them all
    kurspakke build --edition digi-agder,bykle      what two localities get
    kurspakke build --all-editions --shard 2/4      the second of four machines' part
    kurspakke build -o s3://bucket/kurs             made and checked here, then sent; build.json last
    """  # noqa: D301 - click reads the backspace
    from kurspakke import pipeline
    from kurspakke.project import Project
    from kurspakke.reporters.build import BuildReport
    from kurspakke.selection import Selection
    from kurspakke.shard import Shard

    part = Shard.of(shard)
    selection = Selection(formats, modules, languages, audiences, combined, editions, all_editions, part)
    report = BuildReport(as_json=as_json)
    end = ""
    if out is not None and is_url(out):
        from kurspakke.destination.building import build_to
        from kurspakke.reporters.sending import SendReport, line

        with report, SendReport(report.close) as sending:
            built, sent = build_to(out, source, selection, report, sending, jobs=jobs)
        end = "" if as_json else line(sent)
    else:
        with report:
            built = pipeline.build(Project.of(source, out), selection, report, jobs)
    show_findings(built.findings, source)
    click.echo(report.table(built) + end, nl=False)


def show_findings(findings: Sequence[Finding], source: str | None) -> None:
    """Findings on stderr, as the text reporter has them."""
    if findings:
        from kurspakke.reporters import REPORTERS
        from kurspakke.reporters.target import TargetReport

        target = TargetReport(source or "course", "source", tuple(findings))
        click.echo(REPORTERS["text"].render([target], colour=sys.stderr.isatty()), err=True, nl=False)
