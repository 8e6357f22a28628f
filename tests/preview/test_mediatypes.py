from __future__ import annotations

import mimetypes

import pytest

from kurspakke.preview.mediatypes import UNKNOWN, content_type, media_type


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", "text/html"),
        ("a/B.HTM", "text/html"),
        ("js/app.min.js", "text/javascript"),
        ("media/film.mp4", "video/mp4"),
        ("tekst.vtt", "text/vtt"),
        ("bilde.svg", "image/svg+xml"),
        ("skrift.woff2", "font/woff2"),
        ("ingen", UNKNOWN),
        ("mappe.js/ingen", UNKNOWN),
        ("noe.exe", UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_a_type_follows_from_the_ending(path: str, expected: str) -> None:
    assert media_type(path) == expected


def test_what_the_system_says_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(mimetypes.types_map, ".js", "text/plain")
    assert media_type("a.js") == "text/javascript"


@pytest.mark.parametrize(
    ("kind", "head", "expected"),
    [
        ("text/html", b"<p>\xc3\xa6", "text/html; charset=utf-8"),
        ("text/html", b'<meta charset="UTF-8">', "text/html; charset=utf-8"),
        ("text/html", b'<meta charset="iso-8859-1">', "text/html"),
        ("text/html", b'<meta http-equiv=x content="text/html; charset=windows-1252">', "text/html"),
        ("text/html", b"\xff\xfe<\0", "text/html"),
        ("text/javascript", b"// \xe6\xf8\xe5", "text/javascript"),
        ("text/javascript", b"// charset=latin1", "text/javascript; charset=utf-8"),
        ("text/css", "a{content:'å'}".encode()[:-3], "text/css; charset=utf-8"),
        ("text/css", b"", "text/css; charset=utf-8"),
        ("application/xml", b"<a/>", "application/xml"),
        ("image/png", b"\x89PNG", "image/png"),
    ],
)
def test_the_encoding_is_utf_8_unless_the_file_shows_otherwise(kind: str, head: bytes, expected: str) -> None:
    assert content_type(kind, head) == expected
