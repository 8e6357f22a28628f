"""Where the preview keeps what learners have done: in the user's own folder, as each system wants it."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def store_folder() -> Path:
    """The folder; it need not be there yet."""
    return user_data_path("kurspakke", appauthor=False) / "preview"
