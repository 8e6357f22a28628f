"""`SHA256SUMS`: a line for each file of a release, in the form that `sha256sum -c` reads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from kurspakke.filetree import File

FILE = "SHA256SUMS"
_LINE = re.compile(r"[0-9a-f]{64} [ *](.+)")


def sums(folder: Path, known: Mapping[str, str]) -> bytes:
    """The lines for all files in `folder`; `known` are sums that need not be made again."""
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    lines = [f"{known.get(name) or File(path=folder / name).sha256}  {name}\n" for name in names]
    return "".join(lines).encode()


def carried(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files in a former release that are not of its making, such as a web server's settings."""
    try:
        lines = (folder / FILE).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return
    own = {FILE} | {match[1] for line in lines if (match := _LINE.fullmatch(line))}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name not in own:
            yield name, path
