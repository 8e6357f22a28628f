"""The command `release`: packages that are built become a folder to publish."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kurspakke.findings import UsageError
from kurspakke.options import is_url, processors

if TYPE_CHECKING:
    from kurspakke.release.make import Released

_ANSWERS = {
    "first": "first release",
    "new": "new",
    "unchanged": "unchanged",
    "safe": "safe to replace",
    "unknown": "not known whether safe (the old packages are not at hand)",
    "unsafe": "to be uploaded as new activities",
    "gone": "no longer released",
}


@click.command()
@click.argument("source", required=False, type=click.Path(file_okay=False))
@click.option(
    "--from",
    "folders",
    type=click.Path(file_okay=False),
    multiple=True,
    metavar="DIR",
    help="A folder with packages and their build.json; may be given again for the parts of one build.  [default: dist]",
)
@click.option(
    "-o",
    "--out",
    metavar="DIR|URL",
    default="release",
    show_default=True,
    help="Where the release goes: a folder, or an address such as s3://bucket/kurs.",
)
@click.option(
    "--previous",
    type=click.Path(),
    metavar="PATH",
    help="The release before: its folder, or its build.json.  [default: what is in the folder it goes to]",
)
@click.option(
    "--breaking", is_flag=True, help="Release packages that can't replace those before, and say so."
)
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the release.  [default: as in CHANGELOG.md]")
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=processors,
    metavar="N",
    help="So many packages are looked at side by side.  [default: as many as there are processors]",
)
def release(  # noqa: PLR0913 - one parameter for each option
    source: str | None,
    *,
    folders: tuple[str, ...],
    out: str,
    previous: str | None,
    breaking: bool,
    date: str | None,
    jobs: int,
) -> None:
    """Make a folder to publish of packages that are built: with a page, import guides, reports and sums.

    SOURCE is the course that the packages were built from; without it, course_source/ or the folder you are in.
    Packages that can't take the place of those released before are refused, unless --breaking is given. The folder
    appears whole or stays as it was.

    \b
    kurspakke build && kurspakke release
    kurspakke release --previous ../forrige -o utgivelse --date 2027-01-15
    kurspakke release --from del-1 --from del-2 --from del-3
    kurspakke release -o s3://bucket/kurs           what is there is the release before
    """  # noqa: D301 - click reads the backspace
    from kurspakke.project import DIST, Project
    from kurspakke.release import make

    wish = make.Wish(
        source=Project.of(source, None).source,
        folders=tuple(map(Path, folders or (DIST,))),
        out=Path(out),
        previous=Path(previous) if previous else None,
        breaking=breaking,
        date=_day(date),
        jobs=jobs,
    )
    if not is_url(out):
        released = make.release(wish, _say)
        click.echo(f"{_told(released, f'{out}{os.sep}')}open {released.out / 'index.html'}")
        return
    from kurspakke.destination.releasing import release_to
    from kurspakke.reporters.sending import SendReport, line

    with SendReport(lambda: None) as sending:
        released, sent = release_to(out, wish, _say, sending)
    click.echo(_told(released, sent.shown) + line(sent), nl=False)


def _say(words: str) -> None:
    click.echo(words, err=True)


def _day(text: str | None) -> str:
    """The day that is asked for, or that of SOURCE_DATE_EPOCH; "" leaves it to the changelog."""
    from kurspakke.clock import day_of, told_day

    if text is None:
        day = told_day()
        return day.isoformat() if day else ""
    try:
        return day_of(text).isoformat()
    except ValueError:
        raise UsageError(f"{text!r} is no day", "write it as 2027-01-15") from None


def _told(released: Released, place: str) -> str:
    lines = [f"{released.packages} packages in {place}"]
    if released.earlier:
        lines.append(f"beside version {released.earlier.version}:")
        lines += [f"  {count:>5}  {_ANSWERS[answer]}" for answer, count in released.answers.items()]
    if not released.has_feed:
        lines.append("no feed.atom: nothing says the day (CHANGELOG.md in the course, or --date)")
    return "\n".join((*lines, ""))
