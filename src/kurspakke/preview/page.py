"""The preview's own pages: templates of `templates/preview/`, with a table of words in two languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

from kurspakke import __version__, resources
from kurspakke.preview.pagewords import WORDS

if TYPE_CHECKING:
    from jinja2 import Environment

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "frame-src http://*.localhost:{port}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


def answer(text: str, port: int) -> HTMLResponse:
    """A page that may load the preview's own files, and frame packages at this port."""
    return HTMLResponse(
        text, headers={"Content-Security-Policy": _POLICY.format(port=port), "Cache-Control": "no-store"}
    )


def page(template: str, language: str, **values: Any) -> str:
    """The template with `values`, escaped, and `t` for its words in that language."""
    return (
        _environment()
        .get_template(template)
        .render(t=WORDS[language], language=language, version=__version__, **values)
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(resources.templates() / "preview"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
