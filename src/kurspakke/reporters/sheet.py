"""One self-contained HTML file: a template, a style sheet in it, and a policy that allows nothing else."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from kurspakke import __version__, resources
from kurspakke.reporters.text import printable


def sheet(template: str, **values: Any) -> str:
    """The template of templates/reports/ with `values`, escaped, and with the style sheet of all reports."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    folder = resources.templates() / "reports"
    css = (folder / "report.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["printable"] = printable
    page = environment.get_template(template).render(
        style=Markup("<style>{}</style>").format(Markup(css)),  # noqa: S704 - our own file
        policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
        version=__version__,
        **values,
    )
    return page if page.endswith("\n") else f"{page}\n"
