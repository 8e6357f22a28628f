"""The style sheet that a brand adds, as it was when somebody last looked at it."""

from pathlib import Path

import pytest

from kurspakke.brand import Brand
from kurspakke.brandstyle import style_of
from tests.golden.golden import compare_file

HERE = Path(__file__).parent
BRANDS = {
    "teal": Brand(accent="#0a6b5e", logo="brand/logo.svg", logo_alt="Prøvekommunen"),
    "purple": Brand(accent="#5b2a86", accent_dark="#c9a6ea"),
    "logo": Brand(logo="brand/logo.png", logo_alt="Prøvekommunen"),
}


@pytest.mark.parametrize("name", BRANDS)
def test_style(name: str, request: pytest.FixtureRequest) -> None:
    compare_file(style_of(BRANDS[name]), HERE / "brand" / f"{name}.css", request.config)
