"""Zips with odd members and damaged bytes."""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Mapping

_NAMES = (
    *(
        "../ut.txt",
        "/etc/passwd",
        "C:\\x.txt",
        "a\\b.txt",
        "con",
        "nul.txt",
        "a//b",
        "./a",
        "a/",
        "",
        " ",
        "a:b",
        "~x",
    ),
    *(
        "index.html",
        "INDEX.HTML",
        "imsmanifest.xml",
        "kurs/imsmanifest.xml",
        "å.html",
        "a\u202eb",
        "a" * 300,
        "x/" * 60,
    ),
    *("__MACOSX/._x", ".git/config", "a.zip", "kurs.php", "tincan.xml", "cmi5.xml", "kurs.crs"),
)
_METHODS = (
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_DEFLATED,
    zipfile.ZIP_BZIP2,
    zipfile.ZIP_LZMA,
)


def packed(files: Mapping[str, bytes], choose: random.Random) -> bytes:
    """The files as a zip, with some members that no honest program would write."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")  # of names that are there twice: that is meant
        for path, data in files.items():
            archive.writestr(path, data, compress_type=choose.choice(_METHODS[:3]))
        for _ in range(choose.choice((0, 0, 1, 3))):
            entry = zipfile.ZipInfo(choose.choice(_NAMES))
            entry.external_attr = choose.choice((0, 0o120777 << 16, 0o040755 << 16, 0o644 << 16, 0x10))
            entry.compress_type = choose.choice(_METHODS)
            archive.writestr(entry, choose.choice((b"", b"x", b"\x00" * 5000, b"PK\x05\x06")))
        archive.comment = choose.choice((b"", b"", b"hei", b"PK\x05\x06" * 5))
    return out.getvalue()


def hurt(data: bytes, choose: random.Random) -> bytes:
    """A zip with bytes changed, mostly where its directory is; or cut, or with something before or behind it."""
    how = choose.randrange(6)
    if how == 0:
        return data[: choose.randint(0, len(data))]
    if how == 1:
        return choose.randbytes(choose.randint(1, 50)) + data
    if how == 2:
        return data + choose.randbytes(choose.randint(1, 50))
    changed = bytearray(data)
    start = max(data.rfind(b"PK\x01\x02") - 400, 0) if how < 5 else 0
    for _ in range(choose.choice((1, 1, 2, 8))):
        changed[choose.randrange(start, len(changed))] = choose.choice((0, 1, 0xFF, choose.randrange(256)))
    return bytes(changed)
