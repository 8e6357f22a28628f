"""One self-contained HTML file: a template, a style sheet in it, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any

from kurspakke import __version__, resources
from kurspakke.reporters.text import printable

if TYPE_CHECKING:
    from jinja2 import Environment

PAPER = "paper.css"
"""In templates/reports/: the colours and the type of everything that administrators read."""


def sheet(template: str, **values: Any) -> str:
    """The template of templates/reports/ with `values`, escaped, and with the style sheet of all reports."""
    from markupsafe import Markup

    folder = resources.templates() / "reports"
    css = "".join((folder / name).read_text("utf-8") for name in (PAPER, "report.css"))
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    page = (
        _environment()
        .get_template(template)
        .render(
            style=Markup("<style>{}</style>").format(Markup(css)),  # noqa: S704 - our own file
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            version=__version__,
            **values,
        )
    )
    return page if page.endswith("\n") else f"{page}\n"


@cache
def _environment() -> Environment:
    """The templates, each read once: a release has hundreds of reports."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(resources.templates() / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["printable"] = printable
    return environment
