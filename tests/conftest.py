"""What every test has at hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import launch_options


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--save-golden`: what the tests in tests/golden find is what they are to find from now on."""
    parser.addoption(
        "--save-golden", action="store_true", help="Write the golden files instead of comparing."
    )


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright starts the machine's own browser, one for all tests."""
    return launch_options()
