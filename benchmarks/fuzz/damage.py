"""Ways to damage a text or the bytes of a file: what transfers, editors, exporters and attackers do."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]

_SIGNS = (
    *(
        b"<",
        b">",
        b'"',
        b"'",
        b"&",
        b"&amp;",
        b"&#0;",
        b"&x;",
        b"<a>",
        b"</a>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"]]>",
    ),
    *(
        b"<!DOCTYPE x>",
        b'<!DOCTYPE x [<!ENTITY a "b">]>',
        b"<?x?>",
        b"<?xml version='1.1'?>",
        b"<template>",
        b"<svg>",
    ),
    *(
        b'xmlns=""',
        b'xmlns:a="urn:a"',
        b'xml:base="../"',
        b' href=""',
        b' href="//x"',
        b' lang=""',
        b' id="a" id="a"',
    ),
    *(
        b"\x00",
        b"\xff",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\r",
        b"\x0b",
        "\u202e".encode(),
        "\ufeff".encode(),
        "å".encode(),
    ),
    *(
        b"url(",
        b"@import '",
        b"/*",
        b"*/",
        b"//",
        b"`${",
        b"\\u{110000}",
        b"fetch('https://a/b')",
        b"9" * 400,
    ),
    *(
        b"{",
        b"}",
        b"[",
        b"]",
        b"- ",
        b": ",
        b"? ",
        b"&a ",
        b"*a ",
        b"!!python/object:x ",
        b"|2\n",
        b"---\n",
        b"%YAML 9\n",
    ),
    *(
        b"00:00:01.000 --> 00:00:00.000\n",
        b"-->",
        b"WEBVTT",
        b"NOTE\n",
        b"%zz",
        b"http://[",
        b"srcset=' , ,a 1x'",
    ),
    *(
        b"<meta charset=utf-7>",
        b"<meta name=viewport content='maximum-scale=1.2.3'>",
        b"<h6>",
        b"tabindex='99'",
    ),
)
_VALUES = (
    b"",
    b"x" * 5000,
    b"../../etc/passwd",
    b"C:\\x",
    b"a b",
    b"-1",
    b"1e999",
    b"NaN",
    b"\xc3\xa6",
    b"a#b?c",
    b"%00",
)
_TAG = re.compile(rb"<[^<>]{1,400}>")
_ATTRIBUTE = re.compile(rb"""([\w:.-]{1,40})=("[^"<]{0,300}"|'[^'<]{0,300}')""")
_WORD = re.compile(rb"[\w-]{2,40}")


def cut(data: bytes, choose: random.Random) -> bytes:
    """Take some bytes out."""
    begin = choose.randint(0, len(data))
    return data[:begin] + data[begin + choose.choice((1, 3, 20, 200)) :]


def end(data: bytes, choose: random.Random) -> bytes:
    """End too early."""
    return data[: choose.randint(0, len(data))]


def put(data: bytes, choose: random.Random) -> bytes:
    """Put signs with a meaning somewhere."""
    at = choose.randint(0, len(data))
    return data[:at] + choose.choice(_SIGNS) + data[at:]


def flip(data: bytes, choose: random.Random) -> bytes:
    """Change a byte."""
    at = choose.randint(0, len(data))
    return data[:at] + choose.randbytes(1) + data[at + 1 :]


def repeat(data: bytes, choose: random.Random) -> bytes:
    """Repeat a part."""
    begin = choose.randint(0, len(data))
    return data[:begin] + data[begin : begin + 100] * choose.choice((2, 50)) + data[begin + 100 :]


def recode(data: bytes, choose: random.Random) -> bytes:
    """Write it in another encoding than it says."""
    text = data.decode(errors="replace")
    return text.encode(
        choose.choice(("utf-16", "utf-16-be", "latin-1", "cp1252", "utf-32", "utf-8-sig")), "replace"
    )


def drop_tag(data: bytes, choose: random.Random) -> bytes:
    """Take a tag out."""
    return _change(_TAG, data, choose, lambda _: b"")


def double_tag(data: bytes, choose: random.Random) -> bytes:
    """Write a tag twice."""
    return _change(_TAG, data, choose, lambda found: found[0] * 2)


def swap_tags(data: bytes, choose: random.Random) -> bytes:
    """Let two tags change places."""
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    first, second = sorted(choose.sample(tags, 2), key=lambda tag: tag.start())
    between = data[first.end() : second.start()]
    return data[: first.start()] + second[0] + between + first[0] + data[second.end() :]


def rename(data: bytes, choose: random.Random) -> bytes:
    """Write a word as another one that stands somewhere in the file."""
    words = _WORD.findall(data)
    return _change(_WORD, data, choose, lambda _: choose.choice(words))


def drop_attribute(data: bytes, choose: random.Random) -> bytes:
    """Take an attribute out."""
    return _change(_ATTRIBUTE, data, choose, lambda _: b"")


def other_value(data: bytes, choose: random.Random) -> bytes:
    """Give an attribute an odd value."""
    return _change(_ATTRIBUTE, data, choose, lambda found: found[1] + b'="' + choose.choice(_VALUES) + b'"')


def other_json(data: bytes, choose: random.Random) -> bytes:
    """Change a value in the JSON of a page, or anywhere where there is none."""
    begin, finish = data.find(b"{"), data.rfind(b"}")
    try:
        plain = json.loads(data[begin : finish + 1])
    except ValueError:
        return put(data, choose)
    if isinstance(plain, dict) and plain:
        plain[choose.choice(list(plain))] = choose.choice((None, [], {}, -1, "x", [[[]]], 1e308, {"a": None}))
    return data[:begin] + json.dumps(plain).encode() + data[finish + 1 :]


def _change(
    pattern: re.Pattern[bytes], data: bytes, choose: random.Random, new: Callable[[re.Match[bytes]], bytes]
) -> bytes:
    found = list(pattern.finditer(data))
    if not found:
        return data
    one = choose.choice(found)
    return data[: one.start()] + new(one) + data[one.end() :]


PLAIN: tuple[Damage, ...] = (cut, end, put, flip, repeat, recode, rename)
"""Damage to any text."""
MARKUP: tuple[Damage, ...] = (
    *PLAIN,
    drop_tag,
    double_tag,
    swap_tags,
    drop_attribute,
    other_value,
    other_json,
)
"""Damage to XML and HTML."""
JSON: tuple[Damage, ...] = (*PLAIN, other_json, other_json)
"""Damage to JSON."""


def damaged(path: str, data: bytes, choose: random.Random) -> bytes:
    """The content of a file of that name, damaged in one way."""
    is_markup = path.endswith((".xml", ".html", ".xsd", ".svg"))
    ways = MARKUP if is_markup else JSON if path.endswith(".json") else PLAIN
    return choose.choice(ways)(data, choose)
