from __future__ import annotations

import http.client
import os
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from kurspakke.filetree import File, FileTree
from kurspakke.preview.content import content_app
from tests.previewing import Served, serving, zipped

FILM = random.Random(5).randbytes(700_001)  # noqa: S311 - a film, no secret
LONG = b"".join(b"linje %d\n" % number for number in range(120_000))
FILES = {
    "index.html": "<!DOCTYPE html><title>Æ</title>".encode(),
    "gammel.html": '<meta charset="iso-8859-1"><p>blåbær'.encode("latin-1"),
    "js/app.js": b"alert(1)",
    "media/film.mp4": FILM,
    "lang.txt": LONG,
    "tom.txt": b"",
    "mappe med rom/blåbærsyltetøy & 100%.html": b"<p>ja",
    "%2e%2e/hemmelig.txt": b"skrevet slik",
}
FORMS = ("stored", "deflated", "folder", "memory")


def tree_of(form: str, folder: Path) -> FileTree:
    if form == "memory":
        return FileTree({name: File(data=data) for name, data in FILES.items()})
    if form == "folder":
        for name, data in FILES.items():
            path = folder / "package" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        return FileTree.from_folder(folder / "package")
    method = zipfile.ZIP_STORED if form == "stored" else zipfile.ZIP_DEFLATED
    return zipped(folder / f"{form}.zip", FILES, method)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serving")
    (folder / "secret.txt").write_text("hemmelig")
    return folder


@pytest.fixture(scope="module")
def served(folder: Path) -> Iterator[Served]:
    trees = {form: tree_of(form, folder) for form in FORMS}
    trees["damaged"] = zipped(
        folder / "damaged.zip",
        {"small.html": b"<p>hei", "a.mp4": FILM},
        zipfile.ZIP_STORED,
        damaged=b"<p>hei",
    )
    trees["late"] = zipped(folder / "late.zip", {"a.mp4": FILM}, zipfile.ZIP_STORED, damaged=FILM[-9:])
    with serving(content_app(trees.get)) as served:
        yield served


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_served_whole(served: Served, form: str, name: str) -> None:
    reply = served.ask(f"/{form}/{quote(name)}")
    assert (reply.status, reply.body) == (200, FILES[name])
    assert reply.headers["content-length"] == str(len(FILES[name]))
    assert reply.headers["accept-ranges"] == "bytes"


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["media/film.mp4", "lang.txt"])
@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("bytes=0-0", slice(0, 1)),
        ("bytes=5-9", slice(5, 10)),
        ("bytes=600000-", slice(600_000, None)),
        ("bytes=-7", slice(-7, None)),
    ],
)
def test_a_part_is_served(served: Served, form: str, name: str, header: str, wanted: slice) -> None:
    whole = FILES[name]
    reply = served.ask(f"/{form}/{name}", range=header)
    first, last, _ = wanted.indices(len(whole))
    assert (reply.status, reply.body) == (206, whole[wanted])
    assert reply.headers["content-range"] == f"bytes {first}-{last - 1}/{len(whole)}"
    assert reply.headers["content-length"] == str(last - first)


@pytest.mark.parametrize("form", FORMS)
def test_a_part_behind_the_end_is_refused(served: Served, form: str) -> None:
    reply = served.ask(f"/{form}/media/film.mp4", range="bytes=700001-")
    assert (reply.status, reply.body, reply.headers["content-range"]) == (416, b"", "bytes */700001")


def test_several_parts_are_answered_with_the_whole(served: Served) -> None:
    reply = served.ask("/stored/media/film.mp4", range="bytes=0-1,5-6")
    assert (reply.status, reply.body) == (200, FILM)


@pytest.mark.parametrize("form", FORMS)
def test_what_the_browser_has_is_not_sent_again(served: Served, form: str) -> None:
    path = f"/{form}/js/app.js"
    etag = served.ask(path).headers["etag"]
    again = served.ask(path, if_none_match=f'"x", {etag}')
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", etag)
    assert served.ask(path, if_none_match='"x"').status == 200


@pytest.mark.parametrize("form", FORMS)
def test_a_part_of_another_version_is_not_given(served: Served, form: str) -> None:
    path = f"/{form}/media/film.mp4"
    etag = served.ask(path, method="HEAD").headers["etag"]
    assert served.ask(path, range="bytes=0-1", if_range=etag).status == 206
    assert served.ask(path, range="bytes=0-1", if_range='"other"').status == 200


@pytest.mark.parametrize("form", FORMS)
def test_head_tells_the_same_without_the_bytes(served: Served, form: str) -> None:
    for asked in ({}, {"range": "bytes=2-5"}):
        get = served.ask(f"/{form}/lang.txt", **asked)
        head = served.ask(f"/{form}/lang.txt", method="HEAD", **asked)
        assert (head.status, head.body) == (get.status, b"")
        assert {**head.headers, "date": ""} == {**get.headers, "date": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"])
def test_nothing_but_reading_is_possible(served: Served, method: str) -> None:
    reply = served.ask("/stored/index.html", method=method)
    assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


def test_a_file_that_changes_on_the_disk_is_a_new_version(served: Served, folder: Path) -> None:
    file = folder / "package" / "js" / "app.js"
    before, whole = served.ask("/folder/js/app.js"), file.read_bytes()
    try:
        file.write_bytes(b"alert('en lengre fil')")
        os.utime(file, ns=(1, 1))
        after = served.ask("/folder/js/app.js", if_none_match=before.headers["etag"])
        assert (after.status, after.body) == (200, b"alert('en lengre fil')")
    finally:
        file.write_bytes(whole)


CLIMBING = [
    "../secret.txt",
    "..%2fsecret.txt",
    "%2e%2e/secret.txt",
    "%2e%2e%2fsecret.txt",
    "%252e%252e%252fsecret.txt",
    "..%5csecret.txt",
    "..\\secret.txt",
    "js/../../secret.txt",
    "js/..%2f..%2fsecret.txt",
    "index.html%00",
    "index.html%00.js",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "//etc/passwd",
    "C:%5cWindows%5cwin.ini",
    "%c0%ae%c0%ae/secret.txt",
    "%e6",
    "./index.html",
    "index.html/",
    "js",
    "",
]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", CLIMBING)
def test_nothing_outside_of_the_package_is_reached(served: Served, form: str, path: str) -> None:
    reply = served.ask(f"/{form}/{path}")
    assert reply.status == 404
    assert b"hemmelig" not in reply.body
    assert b"root:" not in reply.body


@pytest.mark.parametrize("form", FORMS)
def test_a_name_is_decoded_once(served: Served, form: str) -> None:
    assert served.ask(f"/{form}/%252e%252e/hemmelig.txt").body == b"skrevet slik"


def test_what_is_not_there_is_told_in_two_languages(served: Served) -> None:
    reply = served.ask("/stored/js/%3Cscript%3E%C3%B8%07.js")
    assert reply.status == 404
    assert "Nettleseren ba om <code>js/&lt;script&gt;ø\\x07.js</code>" in reply.text
    assert "The browser asked for <code>js/&lt;script&gt;ø\\x07.js</code>" in reply.text
    assert "<script>" not in reply.text
    assert reply.headers["content-type"] == "text/html; charset=utf-8"
    assert reply.headers["content-security-policy"].startswith("default-src 'none'")


def test_a_name_that_is_nearly_right_is_told(served: Served) -> None:
    assert "<code>js/app.js</code>: de fleste" in served.ask("/stored/JS/App.js").text
    decomposed = quote("mappe med rom/bla\u030abærsyltetøy & 100%.html")
    assert (
        "<code>mappe med rom/blåbærsyltetøy &amp; 100%.html</code>"
        in served.ask(f"/stored/{decomposed}").text
    )


def test_an_unknown_package_is_told(served: Served) -> None:
    reply = served.ask("/other/index.html")
    assert reply.status == 404
    assert "Denne pakken vises ikke" in reply.text


def test_headers_fit_a_frame_of_the_preview(served: Served) -> None:
    headers = served.ask("/stored/index.html").headers
    port = served.port
    assert headers["content-security-policy"] == (
        f"frame-ancestors 'self' http://127.0.0.1:{port} http://localhost:{port}"
    )
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["origin-agent-cluster"] == "?1"
    assert headers["cache-control"] == "no-cache"
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert served.ask("/stored/gammel.html").headers["content-type"] == "text/html"
    assert "access-control-allow-origin" not in headers
    assert "server" not in headers


def test_a_damaged_member_is_told(served: Served) -> None:
    reply = served.ask("/damaged/small.html")
    assert reply.status == 500
    assert "er skadet eller kan ikke leses" in reply.text


def test_damage_found_late_breaks_the_connection_off(served: Served) -> None:
    with pytest.raises(http.client.IncompleteRead):
        served.ask("/late/a.mp4")
    assert served.ask("/late/a.mp4", range="bytes=0-3").body == FILM[:4]
