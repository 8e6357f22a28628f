"""The JSON Schema of the source files, for editors that complete and check while one writes, and of the report."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

from kurspakke.coordinator import Coordinator
from kurspakke.course import CourseHead, ModuleHead, Page
from kurspakke.findings import KurspakkeError
from kurspakke.glossary import Glossary
from kurspakke.instrument import Instrument
from kurspakke.locality.layer import EditionHead
from kurspakke.locality.table import TableFacts
from kurspakke.model import Model
from kurspakke.profile import Profile
from kurspakke.release.guide import Guide

DIALECT = "https://json-schema.org/draft/2020-12/schema"
KINDS: dict[str, type[Model]] = {
    "course": CourseHead,
    "module": ModuleHead,
    "page": Page,
    "glossary": Glossary,
    "instrument": Instrument,
    "edition": EditionHead,
    "localities": TableFacts,
    "profile": Profile,
    "coordinator": Coordinator,
    "guide": Guide,
}
"""The kinds of source file, each with what stands in it."""


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of one kind of file."""
    return {"$schema": DIALECT, "$id": f"kurspakke-{kind}.schema.json", **KINDS[kind].model_json_schema()}


def schema_text() -> str:
    """One schema that fits any of the files."""
    from pydantic.json_schema import models_json_schema

    references, together = models_json_schema([(model, "validation") for model in KINDS.values()])
    either = {"anyOf": [references[model, "validation"] for model in KINDS.values()]}
    return _text({"$schema": DIALECT, "title": "kurspakke source file", **either, **together})


def report_schema_text() -> str:
    """The schema of what `validate --report json` prints."""
    return (resources.files("kurspakke.reporters") / "report.schema.json").read_text("utf-8")


def write_schemas(folder: Path) -> Iterator[Path]:
    """Write a schema file per kind into `folder`. Raises KurspakkeError if it can't be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for kind in KINDS:
            path = folder / f"{kind}.schema.json"
            path.write_text(_text(schema_of(kind)), "utf-8")
            yield path
    except OSError as error:
        raise KurspakkeError(
            f"can't write {error.filename}: {error.strerror}", "choose another folder"
        ) from error


def _text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
