"""A new course project: small, whole, and set up for editors."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

from kurspakke.findings import KurspakkeError
from kurspakke.medianames import slug
from kurspakke.schema import write_schemas

STARTER = Path(__file__).parent / "starter"
SCHEMAS = ".kurspakke/schema"
COURSE_ID = b"mitt-kurs"


def start(folder: Path) -> Iterator[str]:
    """Make the project and say what to do next. Raises KurspakkeError if the folder is not empty or not writable.

    The course's id is made from the folder's name, so that two projects are two courses.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise KurspakkeError(f"{folder} is not empty", "name a folder that does not exist yet")
        for path, data in _files(folder):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    except OSError as error:
        raise KurspakkeError(
            f"can't write {error.filename}: {error.strerror}", "choose another folder"
        ) from error
    list(write_schemas(folder / SCHEMAS))
    yield f"A course project is in {folder}:"
    yield ""
    yield f"  cd {shlex.quote(str(folder))}"
    yield "  kurspakke build        makes packages in dist/"
    yield "  kurspakke validate     says what is wrong, while you write"
    yield ""
    yield "Begin in course_source/course.yaml; README.md says what is where."


def _files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    """Where each of the starter's files goes, and what it says there; `dot-` stands for a hidden file's dot."""
    name = slug(folder.resolve().name)
    course = name if name[0].isalpha() else f"kurs-{name}"
    for path in sorted(STARTER.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            parts = [
                f".{part[4:]}" if part.startswith("dot-") else part
                for part in path.relative_to(STARTER).parts
            ]
            yield (
                folder.joinpath(*parts),
                path.read_bytes().replace(COURSE_ID, course[:64].rstrip("-").encode()),
            )
