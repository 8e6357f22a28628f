"""The commands about LMS profiles, a group of their own."""

from __future__ import annotations

from pathlib import Path

import click


@click.group()
def profile() -> None:
    """What is known of an LMS, as a file."""


@profile.command()
@click.argument("file", type=click.Path(dir_okay=False))
def new(file: str) -> None:
    """Write a questionnaire about an LMS into FILE, for its administrator to fill in.

    The file is a profile as it is, in which nothing is known yet. Its name becomes the profile's id.

    \b
    kurspakke profile new min-lms.yaml
    kurspakke validate pakke.zip --profile min-lms.yaml
    """  # noqa: D301 - click reads the backspace
    from kurspakke.questionnaire import write_questionnaire

    write_questionnaire(Path(file))
    click.echo(f"{file} is there to be filled in. Then: kurspakke validate PACKAGE --profile {file}")
