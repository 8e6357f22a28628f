"""Bytes that are not what an XML file says they are."""

from __future__ import annotations

import pytest

from kurspakke.xmltree import NOT_WELL_FORMED, XmlError, parse


@pytest.mark.parametrize(
    "data",
    [
        b"<a>\xf8</a>",
        b"<?xml version='1.0' encoding='UTF-8'?><a>S\xf8knaden</a>",
        b"\xef\xbb\xbf<a b='\xe5'/>",
        "<a>ø</a>".encode("utf-16")[:-1],
    ],
)
def test_bytes_that_are_no_text_are_told(data: bytes) -> None:
    with pytest.raises(XmlError) as told:
        parse(data)
    assert told.value.reason == NOT_WELL_FORMED
