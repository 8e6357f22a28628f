"""What the course model is made of: frozen values, and the kinds of text and file names that stand in them.

A field's kind is written in its type (`Markdown`, `Inline`, `PlainText`, `Picture`), so that one walk over a
model finds every text to translate or to render and every file to carry along (`leaves.py`).
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)

from kurspakke.yamltree import Plain


class Kind(Enum):
    """What a text in the model is: a text to read, or the name of a file in the module's media/ folder."""

    PLAIN = "plain text"
    INLINE = "inline Markdown"
    MARKDOWN = "Markdown"
    PICTURE = "picture"
    FILM = "film"
    CAPTIONS = "captions"
    SOUND = "sound recording"
    DOWNLOAD = "file to download"

    @property
    def is_media(self) -> bool:
        """True for the name of a file."""
        return self not in {Kind.PLAIN, Kind.INLINE, Kind.MARKDOWN}


class Model(BaseModel):
    """A frozen part of the course that knows exactly its own keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _whole_number(value: Any) -> Any:
    """A plain scalar of digits as an integer; anything else for pydantic to refuse."""
    if isinstance(value, Plain) and value.removeprefix("-").isascii() and value.removeprefix("-").isdecimal():
        return int(value)
    return _refused(value)


def _truth(value: Any) -> Any:
    """YAML 1.2's plain `true` and `false`; `yes`, `no`, `on` and quoted words are texts."""
    if isinstance(value, Plain) and value in {"true", "True", "TRUE", "false", "False", "FALSE"}:
        return value.lower() == "true"
    return _refused(value)


_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


def _number(value: Any) -> Any:
    """A plain scalar with a decimal point or none as exactly that number; anything else is refused."""
    if isinstance(value, Plain) and _NUMBER.fullmatch(value):
        return Decimal(value)
    return _refused(value)


def _refused(value: Any) -> Any:
    """Text as something that no number and no `bool` will take, whatever pydantic would make of it."""
    return [value] if isinstance(value, str) else value


WholeNumber = Annotated[int, BeforeValidator(_whole_number)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Number = Annotated[
    Decimal,
    Field(allow_inf_nan=False),
    BeforeValidator(_number),
    WithJsonSchema({"type": "number"}),
]
"""At most 12 digits before the decimal point and 6 after it: exact in every browser."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
Local = Literal["locked", "allowed"]
"""Whether local editions may change something."""
Language = Annotated[str, StringConstraints(pattern=r"^(nb|nn|en|se)$")]
Version = Annotated[str, StringConstraints(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
Iri = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"{}|\\^`#?]+/$", max_length=500)]
EmailAddress = Annotated[str, StringConstraints(pattern=r"^[^\s@<>\"]+@[^\s@<>\"]+$", max_length=254)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"]+$", max_length=2000)]
Date = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$")]


def _one_line(text: str) -> str:
    """A text that YAML has broken over lines, as the one line it is."""
    return " ".join(text.split())


_NOT_EMPTY = StringConstraints(min_length=1, strip_whitespace=True)
_ONE_LINE = AfterValidator(_one_line)
PlainText = Annotated[str, _NOT_EMPTY, _ONE_LINE, Kind.PLAIN]
Title = Annotated[
    str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True), _ONE_LINE, Kind.PLAIN
]
Inline = Annotated[str, _NOT_EMPTY, _ONE_LINE, Kind.INLINE]
Markdown = Annotated[str, StringConstraints(min_length=1), Kind.MARKDOWN]
_FILE_NAME = StringConstraints(min_length=1, max_length=200)
Picture = Annotated[str, _FILE_NAME, Kind.PICTURE]
Film = Annotated[str, _FILE_NAME, Kind.FILM]
CaptionsFile = Annotated[str, _FILE_NAME, Kind.CAPTIONS]
Sound = Annotated[str, _FILE_NAME, Kind.SOUND]
DownloadFile = Annotated[str, _FILE_NAME, Kind.DOWNLOAD]
