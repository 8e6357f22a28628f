"""XML in: places and prefixes as written, and nothing dangerous."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke import xmltree
from kurspakke.xmltree import DOCTYPE, NOT_WELL_FORMED, TOO_LARGE, Place, XmlError, parse

MANIFEST = """<?xml version="1.0"?>
<m xmlns="urn:a"
   xmlns:adl="urn:b" id='1 > 0'>
  <t a:x="no"  xmlns:a="urn:c">A &amp; <![CDATA[<B>]]></t><adl:e adl:k="v"/>
</m>"""


def test_elements_stand_where_their_start_tags_begin() -> None:
    places = [(element.name, element.place) for element in parse(MANIFEST.encode()).walk()]

    assert places == [("m", Place(2, 1)), ("t", Place(4, 3)), ("e", Place(4, 59))]


def test_names_keep_their_prefixes_and_know_their_namespaces() -> None:
    text, extension = parse(MANIFEST.encode()).children

    assert (text.prefix, text.namespace) == ("", "urn:a")
    assert (extension.prefix, extension.namespace) == ("adl", "urn:b")
    assert list(extension.qualified()) == [("adl:k", "k", "urn:b", "v")]
    assert text.get("x", "urn:c") == "no"
    assert text.get("x", "urn:b") is None


def test_text_is_given_as_meant_and_as_written() -> None:
    text = parse(MANIFEST.encode()).children[0]

    assert text.text == "A & <B>"
    assert text.markup == "A &amp; <![CDATA[<B>]]>"


def test_columns_count_letters_not_bytes() -> None:
    root = parse("<m>æøå<e/></m>".encode())

    assert root.children[0].place == Place(1, 7)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16", "windows-1252"])
def test_the_encoding_that_is_named_is_the_one_that_is_read(encoding: str) -> None:
    declared = encoding.removesuffix("-sig")
    data = f'<?xml version="1.0" encoding="{declared}"?><m>blåbær</m>'.encode(encoding)

    assert parse(data).text == "blåbær"


@pytest.mark.parametrize(
    ("data", "reason", "line"),
    [
        (b"", NOT_WELL_FORMED, 1),
        (b"<m>\n<a></m>", NOT_WELL_FORMED, 2),
        (b"<m>\n&nbsp;</m>", NOT_WELL_FORMED, 2),
        (b"<m>\n\xe6</m>", NOT_WELL_FORMED, 2),
        (b"<m>\n<a:b/></m>", NOT_WELL_FORMED, 2),
        (b'<?xml version="1.0" encoding="nonsense"?><m/>', NOT_WELL_FORMED, 1),
        (b"<?xml version='1.0'?>\n<!DOCTYPE m [<!ENTITY a 'b'>]><m>&a;</m>", DOCTYPE, 2),
        (b'<!DOCTYPE m SYSTEM "file:///etc/passwd"><m/>', DOCTYPE, 1),
        (b"<m>" * 300 + b"</m>" * 300, NOT_WELL_FORMED, 1),
    ],
)
def test_what_is_no_safe_xml_is_refused_with_its_place(data: bytes, reason: str, line: int) -> None:
    with pytest.raises(XmlError) as caught:
        parse(data)

    assert (caught.value.reason, caught.value.line) == (reason, line)
    assert caught.value.message


def test_entities_that_blow_up_are_refused_before_they_do() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 30))
    bomb = f'<!DOCTYPE m [<!ENTITY e0 "boom">{entities}]><m>&e29;</m>'

    with pytest.raises(XmlError):
        parse(bomb.encode())


def test_size_and_number_of_elements_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmltree, "MAX_ELEMENTS", 10)
    with pytest.raises(XmlError) as many:
        parse(b"<m>" + b"<a/>" * 10 + b"</m>")
    monkeypatch.setattr(xmltree, "MAX_BYTES", 10)
    with pytest.raises(XmlError) as large:
        parse(b"<m>          </m>")

    assert (many.value.reason, large.value.reason) == (TOO_LARGE, TOO_LARGE)


@pytest.mark.parametrize("xml", ["<m a='{}'/>", "<m>{}</m>", "<m><a b='{}'/></m>"])
def test_what_texts_take_in_memory_is_bounded(xml: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmltree, "MAX_HELD", 2000)
    parse(xml.format("x" * 1900).encode())
    with pytest.raises(XmlError) as wide:
        parse(xml.format("\N{GRINNING FACE}" + "x" * 1900).encode())

    assert wide.value.reason == TOO_LARGE


@given(st.text())
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    allowed = "".join(char for char in text if char.isprintable())
    escaped = allowed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    root = parse(f"<m><t>{escaped}</t></m>".encode())

    assert root.children[0].text == allowed
    assert root.children[0].markup == escaped


@given(st.binary(max_size=200))
def test_any_bytes_give_an_element_or_an_xml_error(data: bytes) -> None:
    with contextlib.suppress(XmlError):
        assert parse(data).name
