"""Packages that were damaged at random: findings or none, but never a traceback, and never for long."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.rules.validate import validate_package
from tests.packages import BASES, base

CASES = 80
SECONDS = 5.0
TEXTS = ("imsmanifest.xml", "tincan.xml", "cmi5.xml", "index.html", "course.css", "course.js")
PIECES = (
    *(
        b"<",
        b">",
        b'"',
        b"&",
        b"&amp;",
        b"<a>",
        b"</a>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"<!DOCTYPE x>",
        b"<?x?>",
    ),
    *(
        b'xmlns=""',
        b'xml:base="../"',
        b' href=""',
        b' href="//x"',
        b' lang=""',
        b'identifierref="a:b"',
        b"%zz",
    ),
    *(b"\x00", b"\xff", b"\xc3", b"\r", b"url(", b"<template>", b"<input type=radio>", b"<h6>", b"9" * 50),
    *(
        b"<meta name=viewport content='maximum-scale=1.2.3'>",
        b"srcset=' , ,a 1x'",
        b"http://[",
        b"tabindex='99'",
    ),
)


def cut(data: bytes, choose: random.Random) -> bytes:
    begin = choose.randint(0, len(data))
    return data[:begin] + data[begin + choose.choice((1, 3, 20, 200)) :]


def put(data: bytes, choose: random.Random) -> bytes:
    at = choose.randint(0, len(data))
    return data[:at] + choose.choice(PIECES) + data[at:]


def flip(data: bytes, choose: random.Random) -> bytes:
    at = choose.randint(0, len(data))
    return data[:at] + choose.randbytes(1) + data[at + 1 :]


def repeat(data: bytes, choose: random.Random) -> bytes:
    begin = choose.randint(0, len(data))
    return data[:begin] + data[begin : begin + 100] * choose.choice((2, 50)) + data[begin + 100 :]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (cut, put, flip, repeat)


@pytest.mark.parametrize("kind", BASES)
def test_no_damage_breaks_the_validator(kind: str) -> None:
    choose = random.Random(kind)  # noqa: S311  # the same damage in every run
    sound = {path: file.read() for path, file in base(kind).items()}
    begun = time.process_time()

    for _ in range(CASES):
        files = dict(sound)
        for _ in range(choose.randint(1, 4)):
            path = choose.choice([text for text in TEXTS if text in files])
            files[path] = choose.choice(CHANGES)(files[path], choose)
        tree = FileTree({path: File(data) for path, data in files.items()})
        assert all(finding.message for finding in validate_package(Package("kurs.zip", tree)))

    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("index.html", b"<html lang=nb data-format=web><title>x</title>" + b"<div>" * 100_000),
        (
            "index.html",
            b"<html data-format=web>" + b"<fieldset>" * 200 + b"<input type=radio name=a>" * 5_000,
        ),
        ("course.css", b"url(a.png)" * 100_000),
        ("course.css", b"/*" * 500_000),
        ("course.css", b'url("' * 500_000),
        ("course.js", b'fetch("https://a/b");' * 100_000),
        ("course.js", b'"//' * 500_000),
    ],
    ids=["deep-page", "deep-groups", "links", "comments", "quotes", "calls", "addresses"],
)
def test_no_file_keeps_the_validator_busy(path: str, data: bytes) -> None:
    tree = FileTree({**base("web"), path: File(data)})
    begun = time.process_time()

    validate_package(Package("kurs.zip", tree))

    assert time.process_time() - begun < SECONDS
