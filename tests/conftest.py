"""What every test has at hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.chromium import launch_options


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """pytest-playwright starts the machine's own browser, one for all tests."""
    return launch_options()
