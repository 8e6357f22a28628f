"""The questionnaire about an LMS: a profile with nothing in it yet, and a question at each fact, in Norwegian."""

from __future__ import annotations

from pathlib import Path

from kurspakke.clock import today
from kurspakke.findings import KurspakkeError, UsageError
from kurspakke.medianames import slug
from kurspakke.profiles import profile_ids

TEMPLATE = Path(__file__).parent / "profiles" / "new" / "questionnaire.yaml"
ENDING = ".yaml"


def write_questionnaire(path: Path) -> None:
    """Write the questionnaire into a new file, whose name becomes the profile's id.

    Raises:
        UsageError: the file's name can't be an id, or is that of a profile there is.
        KurspakkeError: there is a file of this name, or it can't be written.
    """
    name = path.name.removesuffix(ENDING)
    if path.suffix != ENDING or slug(name) != name or not name[:1].isalpha():
        example = slug(name.removesuffix(path.suffix)) or "min-lms"
        raise UsageError(
            f"«{path.name}» can't be a profile's name", f"write small letters: {example}{ENDING}"
        )
    if name in profile_ids():
        raise UsageError(f"there is a profile «{name}» already", f"choose another name: min-{name}{ENDING}")
    values = {"ID": name, "TITLE": name.replace("-", " ").capitalize(), "FILE": path.as_posix()}
    text = TEMPLATE.read_text("utf-8").replace("__TODAY__", today().isoformat())
    for key, value in values.items():
        text = text.replace(f"__{key}__", value)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise KurspakkeError(f"{path} is there already", "choose another name, or move it away") from error
    except OSError as error:
        raise KurspakkeError(f"can't write {path}: {error.strerror}", "choose another folder") from error
