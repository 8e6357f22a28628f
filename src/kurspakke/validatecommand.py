"""The command `validate`: what is wrong in courses and packages, in every form of report."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kurspakke.findings import Severity
from kurspakke.options import NameList, processors

if TYPE_CHECKING:
    from kurspakke.baseline import Baseline
    from kurspakke.control import Control
    from kurspakke.reporters.target import TargetReport

REPORT_NAMES = ("text", "json", "sarif", "junit", "github", "html")


class ReportName(click.ParamType[tuple[str, str | None]]):
    """The form of a report, and `=FILE` where it is to be written."""

    name = "report"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, str | None]:
        """Form and file of a value such as `html=rapport.html`."""
        if isinstance(value, tuple):
            return value
        name, equals, file = str(value).partition("=")
        if name not in REPORT_NAMES:
            self.fail(f"{name!r} is not one of {', '.join(REPORT_NAMES)}", param, ctx)
        if equals and not file:
            self.fail(f"there is no file name after {value!r}", param, ctx)
        return name, file or None


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option(
    "--report",
    "reports",
    type=ReportName(),
    multiple=True,
    metavar="NAME[=FILE]",
    help=f"Form of the report: {', '.join(REPORT_NAMES)}; several with a FILE each.  [default: text]",
)
@click.option(
    "-o",
    "--out",
    "out",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Where the report without a FILE of its own goes.  [default: the terminal]",
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
    default=processors,
    metavar="N",
    help="So many packages are looked at side by side.  [default: as many as there are processors]",
)
@click.option("--play", is_flag=True, help="Play packages in a browser, too (needs kurspakke[play]).")
def validate(  # noqa: PLR0913 - one parameter for each option
    paths: tuple[str, ...],
    *,
    reports: tuple[tuple[str, str | None], ...],
    out: str | None,
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
    kurspakke validate fra-leverandor.zip --report html -o rapport.html
    kurspakke validate dist/ --report text --report html=rapport.html --report sarif=funn.sarif
    kurspakke validate fra-leverandor.zip --ignore HTM,large-package --severity PKG-060=warning
    kurspakke validate fra-leverandor.zip --profile moodle,min-lms.yaml
    kurspakke validate pakker/ --write-baseline kjent.json
    kurspakke validate pakker/ --baseline kjent.json
    kurspakke validate innsendt/ --limit seconds=20,bytes=500M
    """  # noqa: D301 - click reads the backspace
    from kurspakke.limits import limits_from
    from kurspakke.project import Project
    from kurspakke.reporters.delivery import Delivery
    from kurspakke.validation import Wish, validate_paths

    delivery = Delivery.of(reports or (("text", None),), out)
    wish = Wish(
        _control(select, ignore, severities),
        baseline=_baseline(None if write_baseline else baseline),
        play=play,
        profiles=tuple(word for given in profiles for word in given),
        describes=delivery.describes,
        limits=limits_from(limits),
        jobs=1 if play else jobs,
    )
    targets = tuple(validate_paths(paths or (str(Project.of(None, None).source),), wish))
    if write_baseline:
        _write_baseline(Path(write_baseline), targets)
        return
    click.echo(delivery.deliver(targets, colour=sys.stdout.isatty()), nl=False)
    limit = Severity(fail_on).rank
    if any(finding.severity.rank <= limit for target in targets for finding in target.findings):
        raise click.exceptions.Exit(1)


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
