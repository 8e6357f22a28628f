from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.lrs import multipart
from kurspakke.lrs.statements import Attachment
from tests.recordstore import BASIC, TWO, Answer, RecordStore

PDF = b"%PDF-1.7\r\n--b--\r\n\x00\xff\r\n"
SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"


def attached(content: bytes, **more: object) -> dict[str, Any]:
    return {
        "usageType": "https://kurs.example/bevis",
        "display": {"nb": "Kursbevis"},
        "contentType": "application/pdf",
        "length": len(content),
        "sha2": hashlib.sha256(content).hexdigest(),
        **more,
    }


def part(content: bytes, kind: str = "application/pdf", **headers: str) -> bytes:
    given = {
        "Content-Type": kind,
        "Content-Transfer-Encoding": "binary",
        "X-Experience-API-Hash": hashlib.sha256(content).hexdigest(),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return (
        "".join(f"{name}: {value}\r\n" for name, value in given.items() if value).encode() + b"\r\n" + content
    )


def post(lrs: RecordStore, statement: object, *parts: bytes, boundary: str = "kp:b") -> Answer:
    pieces = [b"Content-Type: application/json\r\n\r\n" + json.dumps(statement).encode(), *parts]
    body = b"".join(b"--kp:b\r\n" + piece + b"\r\n" for piece in pieces) + b"--kp:b--\r\n"
    return lrs.ask(
        "POST", "statements", body, headers={"Content-Type": f'multipart/mixed; boundary="{boundary}"'}
    )


def test_attachments_come_back_as_they_were_sent(lrs: RecordStore) -> None:
    note = "Notat: æøå".encode()
    sub = {"objectType": "SubStatement", **BASIC, "attachments": [attached(note)]}
    statement = {**BASIC, "object": sub, "attachments": [attached(PDF), attached(PDF)]}
    answer = post(lrs, statement, part(PDF), part(note, "text/plain; charset=utf-8"))
    assert answer.status == 200
    for query in ({"statementId": answer.json[0], "attachments": True}, {"attachments": True}):
        got = lrs.ask("GET", "statements", query=query)
        first, *others = multipart.parts(got.headers["content-type"], got.body)
        given = json.loads(first.content)
        (kept,) = given.get("statements", [given])
        assert kept["attachments"] == statement["attachments"]
        assert [(each.headers["content-type"], each.content) for each in others] == [
            ("application/pdf", PDF),
            ("text/plain; charset=utf-8", note),
        ]
        assert others[0].headers["x-experience-api-hash"] == attached(PDF)["sha2"]
        assert others[0].headers["content-transfer-encoding"] == "binary"
    assert lrs.ask("GET", "statements").headers["content-type"] == "application/json"
    # Another space that knows the hash does not get at the bytes.
    url = {**BASIC, "attachments": [attached(PDF, fileUrl="https://kurs.example/b.pdf")]}
    lrs.keep(url, Authorization=TWO)
    got = lrs.ask("GET", "statements", query={"attachments": True}, headers={"Authorization": TWO})
    assert len(multipart.parts(got.headers["content-type"], got.body)) == 1


def test_a_file_elsewhere_needs_no_part(lrs: RecordStore) -> None:
    lrs.keep({**BASIC, "attachments": [attached(PDF, fileUrl="https://kurs.example/bevis.pdf")]})
    answer = lrs.ask("POST", "statements", {**BASIC, "attachments": [attached(PDF)]})
    assert answer.status == 400
    assert "fileUrl" in answer.json["error"]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([], "neither a part"),
        ([part(PDF), part(b"mer")], "no attachment"),
        ([part(b"andre bytes")], "neither a part"),
        (
            [part(b"andre bytes", X_Experience_API_Hash=hashlib.sha256(PDF).hexdigest())],
            "does not have the SHA-2",
        ),
        ([part(PDF, X_Experience_API_Hash="")], "X-Experience-API-Hash"),
        ([part(PDF, X_Experience_API_Hash="12")], "SHA-2"),
        ([part(PDF, Content_Transfer_Encoding="base64")], "binary"),
        ([b"no header and no line"], "empty line"),
        ([b"no colon\r\n\r\nx"], "colon"),
    ],
)
def test_parts_and_attachments_have_to_agree(lrs: RecordStore, parts: list[bytes], why: str) -> None:
    answer = post(lrs, {**BASIC, "attachments": [attached(PDF)]}, *parts)
    assert answer.status == 400
    assert why in answer.json["error"]
    assert lrs.ids() == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/mixed", b"--b\r\n\r\n{}\r\n--b--"),
        ("multipart/mixed; boundary=", b"--b\r\n\r\n{}\r\n--b--"),
        ("multipart/mixed; boundary=b", b""),
        ("multipart/mixed; boundary=b", b"--b"),
        ("multipart/mixed; boundary=b", b"--b--"),
        ("multipart/mixed; boundary=b", b"--b\r\n"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-Type: application/json\r\n\r\n{}"),
        ("multipart/mixed; boundary=b", b"--b\r\n\r\n{}\r\n--b--"),
        ("multipart/mixed; boundary=b", b"--bx\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--"),
        ("multipart/mixed; boundary=b", b"--b\r\nContent-Type: text/html\r\n\r\n{}\r\n--b--"),
        ("multipart/mixed; boundary=b", b"--b\r\n" * 2000 + b"--b--"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Type: application/json\r\n\r\n{}\r\n--b--"),
    ],
)
def test_what_is_no_multipart_body_is_refused(lrs: RecordStore, content_type: str, body: bytes) -> None:
    answer = lrs.ask("POST", "statements", body, headers={"Content-Type": content_type})
    assert answer.status == 400
    assert answer.json["error"]


@given(st.lists(st.binary(max_size=60), max_size=4), st.binary(max_size=20))
def test_parts_are_read_as_they_are_written(contents: list[bytes], first: bytes) -> None:
    files = [Attachment(hashlib.sha256(each).hexdigest(), "x/y", each) for each in contents]
    content_type, body = multipart.joined(first, files)
    head, *others = multipart.parts(content_type, body)
    assert head.content == first
    assert [each.content for each in others] == contents


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    found: list[multipart.Part] = []
    why = ""
    try:
        found = multipart.parts("multipart/mixed; boundary=b", b"--b\r\n" + data + b"\r\n--b--")
    except ValueError as error:
        why = str(error)
    assert bool(found) != bool(why)


def signed(payload: object, header: object) -> bytes:
    pieces = (json.dumps(header).encode(), json.dumps(payload).encode(), b"signature")
    return b".".join(base64.urlsafe_b64encode(each).rstrip(b"=") for each in pieces)


RS256: dict[str, object] = {"alg": "RS256"}
GIVEN = {**BASIC, "timestamp": "2026-05-17T09:30:00Z"}


@pytest.mark.parametrize(
    ("signature", "why"),
    [
        (signed(GIVEN, RS256), ""),
        (signed({**GIVEN, "timestamp": "2026-05-17T11:30:00+02:00"}, RS256), ""),
        (signed(GIVEN, {"alg": "none"}), "RS256"),
        (signed(GIVEN, []), "RS256"),
        (signed({**GIVEN, "verb": {"id": "urn:x:other"}}, RS256), "another statement"),
        (signed({"actor": {}}, RS256), "no valid statement"),
        (signed(GIVEN, RS256).rpartition(b".")[0], "three parts"),
        (b"a.b.c", "JSON"),
        (b"\xff.{}.!", "JSON"),
    ],
)
def test_a_signature_is_of_this_statement(lrs: RecordStore, signature: bytes, why: str) -> None:
    kind = "application/octet-stream"
    attachment = attached(signature, usageType=SIGNATURE, contentType=kind)
    answer = post(lrs, {**GIVEN, "attachments": [attachment]}, part(signature, kind))
    assert answer.status == (400 if why else 200)
    assert not why or why in answer.json["error"]


def test_a_signature_is_sent_along(lrs: RecordStore) -> None:
    attachment = attached(
        b"x", usageType=SIGNATURE, contentType="application/octet-stream", fileUrl="https://x.no/s"
    )
    assert lrs.ask("POST", "statements", {**BASIC, "attachments": [attachment]}).status == 400
