"""The preview's own pages: templates of `templates/preview/`, with a table of words in two languages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kurspakke import __version__, resources
from kurspakke.preview.pagewords import WORDS

if TYPE_CHECKING:
    from jinja2 import Environment


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
