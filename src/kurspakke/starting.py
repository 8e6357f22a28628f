"""A new course project: small, whole, and set up for editors."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.schema import write_schemas

STARTER = "starter"
SCHEMAS = ".kurspakke/schema"


def start(folder: Path) -> Iterator[str]:
    """Make the project and say what to do next. Raises KurspakkeError if the folder is not empty or not writable."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise KurspakkeError(f"{folder} is not an empty folder", "name a folder that does not exist yet")
    try:
        with resources.as_file(resources.files("kurspakke") / STARTER) as starter:
            shutil.copytree(starter, folder, dirs_exist_ok=True)
    except OSError as error:
        raise KurspakkeError(
            f"can't write {error.filename}: {error.strerror}", "choose another folder"
        ) from error
    list(write_schemas(folder / SCHEMAS))
    yield f"A course project is in {folder}/."
    yield ""
    yield f"  cd {folder}"
    yield "  kurspakke build        makes packages in dist/"
    yield "  kurspakke validate     says what is wrong, while you write"
    yield ""
    yield "Begin in course_source/course.yaml; README.md says what is where."
