"""Zips that nobody should have made: each is written into a folder, as an attacker would send it."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.packages import base

Attack = Callable[[Path], None]


def sound() -> dict[str, bytes]:
    """The files of a small sound package."""
    return {path: file.read() for path, file in base("scorm12").items()}


def zipped(members: Iterable[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip by the standard library, of names that may come twice."""
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method, compresslevel=1) as package:
        warnings.simplefilter("ignore")
        for name, data in members:
            package.writestr(zipfile.ZipInfo(name), data, method)
    return stream.getvalue()


def with_files(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The sound package with these files more, or instead."""
    return zipped({**sound(), **files}.items(), method)


def entry_changed(data: bytes, name: str, offset: int, form: str, value: int) -> bytes:
    """`data` with one field of the directory entry of `name` changed."""
    at = data.index(b"PK\1\2")
    while data[at + 46 : at + 46 + struct.unpack_from("<H", data, at + 28)[0]] != name.encode():
        at = data.index(b"PK\1\2", at + 46)
    return data[: at + offset] + struct.pack(form, value) + data[at + offset + struct.calcsize(form) :]


def _overlap(place: Path) -> None:
    """A hundred entries of the directory that all point at the same bytes."""
    data = with_files({})
    start, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    length = 46 + struct.unpack_from("<H", data, start + 28)[0]
    count, size = struct.unpack_from("<HL", data, end + 10)
    numbers = struct.pack("<2HL", count + 100, count + 100, size + 100 * length)
    directory = data[start:end] + data[start : start + length] * 100
    place.write_bytes(data[:start] + directory + data[end : end + 8] + numbers + data[end + 16 :])


def _bomb(place: Path) -> None:
    """A quarter of a gigabyte of zeros in as many kilobytes."""
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for name, data in sound().items():
            package.writestr(name, data)
        with package.open("bomb.html", "w", force_zip64=True) as member:
            for _ in range(64):
                member.write(bytes(1 << 22))


def _quine(place: Path) -> None:
    """A zip that holds itself, as far as anybody who opened it would see: zips within zips, a hundred deep."""
    data = zipped([("r.txt", b"r" * 1000)])
    for _ in range(100):
        data = zipped([("r.zip", data), ("copy.zip", data)] if len(data) < 1 << 16 else [("r.zip", data)])
    place.write_bytes(with_files({"r.zip": data}))


def _zip64(place: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, data in sound().items():
            with package.open(name, "w", force_zip64=True) as member:
                member.write(data)
    data = stream.getvalue()
    end = data.rindex(b"PK\5\6")
    count, size, start = struct.unpack_from("<H2L", data, end + 10)
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, start)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, end, 1)
    last = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    place.write_bytes(data[:end] + record + locator + last)


def _symlink(place: Path) -> None:
    info = zipfile.ZipInfo("link.html")
    info.external_attr = 0o120777 << 16
    stream = io.BytesIO(with_files({}))
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr(info, "/etc/passwd")
    place.write_bytes(stream.getvalue())


def _names(*names: str) -> Attack:
    return lambda place: place.write_bytes(with_files(dict.fromkeys(names, b"x"))) and None


def _manifest(data: bytes) -> Attack:
    return lambda place: place.write_bytes(with_files({"imsmanifest.xml": data}, zipfile.ZIP_STORED)) and None


def _pages(page: bytes, number: int = 1, ending: str = "html") -> Attack:
    pages = {f"p{n:03}.{ending}": page for n in range(number)}
    return lambda place: place.write_bytes(with_files(pages, zipfile.ZIP_STORED)) and None


def _changed(name: str, offset: int, form: str, value: int) -> Attack:
    return lambda place: place.write_bytes(entry_changed(with_files({}), name, offset, form, value)) and None


def _long_title() -> bytes:
    """A sound manifest, but for the length of its title, and one sign in it that makes every other one wide."""
    long = b"<title>\xf0\x9f\x98\x80" + b"x" * (7 << 20)
    return sound()["imsmanifest.xml"].replace(b"<title>", long, 1)


def _long_launch() -> bytes:
    """A sound manifest that launches a file of a name as long as is looked at."""
    return sound()["imsmanifest.xml"].replace(b'href="', b'href="' + b"QUJD" * 1_500_000, 1)


_NODES = b"<manifest>" + b"<a/>" * 1_000_000 + b"</manifest>"
_ENTITIES = (
    b'<!DOCTYPE m [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(12))
    + b"]><manifest>&m;</manifest>"
)
_MANY = b"".join(b" a%x" % number for number in range(200_000))

ATTACKS: Mapping[str, tuple[Attack, frozenset[str]]] = {
    "overlap": (_overlap, frozenset({"PKG-021", "PKG-028"})),
    "duplicate": (
        lambda place: place.write_bytes(zipped([*sound().items(), ("index.html", b"<p>other")])) and None,
        frozenset({"PKG-021"}),
    ),
    "encrypted": (_changed("index.html", 8, "<H", 1), frozenset({"PKG-025"})),
    "symlink": (_symlink, frozenset({"PKG-026"})),
    "traversal": (_names("../../evil.txt", "a/../../evil.txt"), frozenset({"PKG-022"})),
    "absolute": (_names("/etc/evil.txt"), frozenset({"PKG-022"})),
    "drive-letter": (_names("C:/Windows/evil.txt"), frozenset({"PKG-022"})),
    "backslash": (_names("..\\evil.txt"), frozenset({"PKG-022", "PKG-023"})),
    "reserved": (_names("con.txt", "aux/nul", "dot."), frozenset({"PKG-042"})),
    "wrong-crc": (_changed("index.html", 16, "<L", 0xDEADBEEF), frozenset({"PKG-020"})),
    "truncated": (lambda place: place.write_bytes(with_files({})[:-40]) and None, frozenset({"PKG-001"})),
    "cut-in-the-middle": (
        lambda place: place.write_bytes(with_files({})[:900]) and None,
        frozenset({"PKG-001"}),
    ),
    "zip64": (_zip64, frozenset({"PKG-011"})),
    "no-utf-8": (
        lambda place: (
            place.write_bytes(with_files({"ø.html": b"<p>x"}).replace("ø".encode(), b"\xff\xfe")) and None
        ),
        frozenset({"PKG-024"}),
    ),
    "long-names": (_names(*(f"{n}/" + "x" * 60_000 for n in range(100))), frozenset({"PKG-024"})),
    "nested-folders": (_names("a/" * 400 + "x.txt"), frozenset({"PKG-030"})),
    "many-members": (
        lambda place: (
            place.write_bytes(
                zipped(
                    ((f"{n % 99}/{n}/{'n' * 150}.html", b"<p>") for n in range(60_000)), zipfile.ZIP_STORED
                )
            )
            and None
        ),
        frozenset({"PKG-016"}),
    ),
    "bomb": (_bomb, frozenset({"PKG-029"})),
    "quine": (_quine, frozenset()),
    "doctype": (_manifest(b"<!DOCTYPE manifest><manifest/>"), frozenset({"PKG-008"})),
    "entities": (_manifest(_ENTITIES), frozenset({"PKG-008"})),
    "external-entity": (
        _manifest(b'<!DOCTYPE m [<!ENTITY x SYSTEM "file:///etc/passwd">]><manifest>&x;</manifest>'),
        frozenset({"PKG-008"}),
    ),
    "a-million-nodes": (_manifest(_NODES), frozenset({"PKG-009"})),
    "most-nodes": (
        _manifest(b"<manifest>" + b"<a b='c'>x</a>" * 99_000 + b"</manifest>"),
        frozenset({"S12-001"}),
    ),
    "attributes": (
        _manifest(b"<manifest " + _MANY.replace(b" a", b'="" a') + b'=""/>'),
        frozenset({"PKG-009"}),
    ),
    "deep": (_manifest(b"<a>" * 90_000 + b"</a>" * 90_000), frozenset({"PKG-007"})),
    "utf-7": (
        _manifest(b'<?xml version="1.0" encoding="UTF-7"?>' + b"+ADw-a/+AD4-" * 500_000),
        frozenset({"PKG-007"}),
    ),
    "utf-16-that-is-none": (
        _manifest(b'<?xml version="1.0" encoding="UTF-16"?><manifest/>'),
        frozenset({"PKG-007"}),
    ),
    "one-text": (
        _manifest("<manifest>\N{GRINNING FACE}".encode() + b"x" * (7 << 20) + b"</manifest>"),
        frozenset(),
    ),
    "one-value": (
        _manifest(b'<manifest><a href="\xf0\x9f\x98\x80' + b"x" * (7 << 20) + b'"/></manifest>'),
        frozenset({"PKG-009"}),
    ),
    "one-title": (
        lambda place: (
            place.write_bytes(with_files({"imsmanifest.xml": _long_title()}, zipfile.ZIP_STORED)) and None
        ),
        frozenset({"PKG-009"}),
    ),
    "one-launch": (
        lambda place: (
            place.write_bytes(with_files({"imsmanifest.xml": _long_launch()}, zipfile.ZIP_STORED)) and None
        ),
        frozenset({"PKG-060"}),
    ),
    "wide-attribute": (
        _pages("<h1>x</h1><p lang='\N{GRINNING FACE}".encode() + b"x" * ((8 << 20) - 1000) + b"'>x"),
        frozenset({"HTM-003"}),
    ),
    "wide-name": (
        _pages("<input type=radio name='\N{GRINNING FACE}".encode() + b"x" * ((8 << 20) - 1000) + b"'>x"),
        frozenset({"HTM-023"}),
    ),
    "full-pages": (_pages(b"<p id=a><b>x</b>" * 24_000, 8), frozenset()),
    "attributes-of-a-page": (_pages(b"<p" + _MANY + b">", 3), frozenset({"HTM-001"})),
    "links": (_pages(b"<a href='x%d'>" * 30_000, 6), frozenset()),
    "great-styles": (_pages(b"a{b:url(c)}" * 700_000, 20, "css"), frozenset()),
    "great-captions": (
        _pages(b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\nx\n\n" * 250_000, 10, "vtt"),
        frozenset(),
    ),
    "a-text-too-large": (_pages(bytes(9 << 20), 2, "css"), frozenset({"PKG-032"})),
}
"""Each attack by its name: what writes it, and rules that must be among those that tell."""

_GREAT = (8 << 20) - 1000
_WORDS = b"og det er ikke som vi har the and of is with "
_CALLS = b"document.domain = 'a'; parent.document; alert('x'); LMSInitialize(cmi.core); \"unload\";\n"
_PICTURE = b"<img alt=x src='data:image/png;base64," + b"QUJD" * 40 + b"'>\n"


def _great(piece: bytes, size: int = _GREAT) -> bytes:
    """As much of one thing as is looked at in a file."""
    return (piece * (size // len(piece) + 1))[:size]


def _sheets(place: Path) -> None:
    """Ten great style sheets, and three hundred pages that are under all of them."""
    links = b"".join(b"<link rel=stylesheet href=s%d.css>" % number for number in range(10))
    sheets = {f"s{number}.css": _great(b"a,b,c,.d{color:red;x:y}\n", 380_000) for number in range(10)}
    place.write_bytes(with_files({**sheets, **{f"p{n}.html": links + b"<p class=d>x" for n in range(300)}}))


TIRING: Mapping[str, Attack] = {
    "great-pages": _pages("<p>\N{GRINNING FACE}".encode() + _great(_WORDS), 20),
    "great-paragraphs": _pages(_great(b"<p id=a>" + _WORDS * 6), 20),
    "great-attributes": _pages(b"<p title='" + _great(b"x y ") + b"'>x", 20),
    "great-scripts": _pages(_great(_CALLS), 20, "js"),
    "scripts-in-pages": _pages(b"<script>" + _great(_CALLS) + b"</script>", 20),
    "data-links": _pages(_great(_PICTURE), 20),
    "one-data-link": _pages(b"<img alt=x src='data:image/png;base64," + _great(b"QUJD") + b"'>", 20),
    "comments": _pages(_great(b"<!---->"), 10),
    "styles-in-pages": _pages(b"<style>" + _great(b"a{color:#123}\n", 2_000_000) + b"</style>x", 40),
    "style-sheets": _sheets,
    "blanks-in-a-style-sheet": _pages(b"a{b:url(" + _great(b" "), 3, "css"),
    "captions": _pages(b"WEBVTT\n\n" + _great(b"00:00.000 --> 00:01.000\nx\n\n", 2_000_000), 20, "vtt"),
}
"""Packages of as much as is looked at, which would take a validator long: its clock must end them, in little memory."""
