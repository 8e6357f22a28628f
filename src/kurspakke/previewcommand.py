"""The command `preview`: courses and packages in the browser, in an LMS on this machine."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("paths", nargs=-1, type=click.Path())
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port.  [default: a free one]")
@click.option("--profile", default="", metavar="ID", help="The LMS to begin with, by its profile's id.")
@click.option("--open/--no-open", "opens", default=True, help="Open the browser, or leave that to you.")
@click.option("--present", "presents", is_flag=True, help="Only the course, without the panel beside it.")
@click.option(
    "--store",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where learners and their attempts are kept.  [default: your user's folder for such things]",
)
@click.option(
    "--static",
    "static",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write a folder that shows the courses from any web server instead, and end.",
)
def preview(  # noqa: PLR0913 - one parameter for each option
    paths: tuple[str, ...],
    *,
    port: int | None,
    profile: str,
    opens: bool,
    presents: bool,
    store: str | None,
    static: str | None,
) -> None:
    """Show courses and packages in an LMS on this machine, and all that passes between the two.

    PATHS are courses' sources, zips or unpacked packages of any origin, or folders of them; without any, the course
    in course_source/ or in the folder you are in. Courses are packaged as a build would, in memory; what you save
    is shown at once. Nobody but this machine reaches it. Ctrl-C ends it.

    \b
    kurspakke preview
    kurspakke preview Nedlastinger/kurs.zip --profile moodle
    kurspakke preview --static nettside
    """  # noqa: D301 - click reads the backspace
    from kurspakke.preview.server import Wish, serve
    from kurspakke.preview.storefolder import store_folder
    from kurspakke.temperament import character

    if profile:
        character(profile)  # there is one, or that is told
    if static is not None:
        from kurspakke.preview.export import export
        from kurspakke.preview.shelf import open_shelf

        exported = export(open_shelf(paths, b""), Path(static), profile=profile)
        click.echo(f"{exported.folder}: {len(exported.shown)} packages")
        if exported.left_out:
            click.echo(f"left out, as they need an LRS: {', '.join(exported.left_out)}", err=True)
        return
    folder = Path(store) if store else store_folder()
    serve(Wish(paths, folder, port or 0, profile, opens=opens, presents=presents), click.echo)
