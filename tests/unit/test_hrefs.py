"""Where links lead, seen from a file in a package."""

from __future__ import annotations

import pytest

from kurspakke.hrefs import Reach, folder_of, is_absolute_iri, is_language_tag, resolve


@pytest.mark.parametrize(
    ("written", "folder", "reach", "path"),
    [
        ("index.html", "", Reach.INSIDE, "index.html"),
        (" index.html ", "", Reach.INSIDE, "index.html"),
        ("./a/../b.html?x=/../y#z", "", Reach.INSIDE, "b.html"),
        ("../b.png", "a/", Reach.INSIDE, "b.png"),
        ("bl%C3%A5%20b%C3%A6r.png", "media/", Reach.INSIDE, "media/blå bær.png"),
        ("..", "a/", Reach.INSIDE, ""),
        ("../b.png", "", Reach.OUTSIDE, ""),
        ("a/../../b.png", "", Reach.OUTSIDE, ""),
        ("%2e%2e/b.png", "", Reach.OUTSIDE, ""),
        ("/b.png", "a/", Reach.ROOT, ""),
        ("\\b.png", "", Reach.ROOT, ""),
        ("C:\\b.png", "", Reach.ROOT, ""),
        ("file:///b.png", "", Reach.ROOT, ""),
        ("//cdn.example/b.png", "", Reach.HOST, ""),
        ("HTTPS://cdn.example/b.png", "", Reach.HOST, ""),
        ("", "", Reach.NOWHERE, ""),
        ("#top", "a/", Reach.NOWHERE, ""),
        ("?x", "a/", Reach.NOWHERE, ""),
        ("data:image/png;base64,x", "", Reach.NOWHERE, ""),
        ("mailto:post@example.no", "", Reach.NOWHERE, ""),
        ("javascript:void(0)", "", Reach.NOWHERE, ""),
    ],
)
def test_links_reach(written: str, folder: str, reach: Reach, path: str) -> None:
    href = resolve(written, folder)

    assert (href.reach, href.path) == (reach, path)


def test_the_folder_of_a_path_ends_in_a_slash_or_is_empty() -> None:
    assert [folder_of(path) for path in ("a.html", "x/a.html", "x/y/a.html")] == ["", "x/", "x/y/"]


@pytest.mark.parametrize(
    "tag", ["nb", "nn-NO", "se", "zh-Hant-TW", "x-none", "sl-rozaj", "en-x-private", "i-klingon"]
)
def test_language_tags(tag: str) -> None:
    assert is_language_tag(tag)


@pytest.mark.parametrize("text", ["", "n", "norsk bokmål", "nb_NO", "nb-", "-nb", "123", "nb-NO-"])
def test_what_is_no_language_tag(text: str) -> None:
    assert not is_language_tag(text)


@pytest.mark.parametrize("iri", ["https://example.no/æ", "urn:uuid:1", "tag:example.no,2026:x"])
def test_absolute_iris(iri: str) -> None:
    assert is_absolute_iri(iri)


@pytest.mark.parametrize("text", ["", "kurs", "/kurs", "https:", "https://a b", "https://a<b>", "1x:y"])
def test_what_is_no_absolute_iri(text: str) -> None:
    assert not is_absolute_iri(text)
