"""The names of media inside packages."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kurspakke.medianames import media_names, slug

NAME = re.compile(r"media/[a-z][a-z0-9-]*-[a-z0-9-]+\.[a-z0-9-]+")


@pytest.mark.parametrize(
    ("text", "ascii_text"),
    [
        ("Blåbær og rødløk", "blabaer-og-rodlok"),
        ("Čáhci_đ ŋ", "cahci-d-n"),
        ("a--b..c", "a-b-c"),
        ("STRASSE ß", "strasse-ss"),
        ("日本", "fil"),
        ("", "fil"),
    ],
)
def test_slug(text: str, ascii_text: str) -> None:
    assert slug(text) == ascii_text


def test_names_tell_modules_apart() -> None:
    assert media_names([("a", "Kart.SVG"), ("b", "Kart.SVG"), ("a", "Kart.SVG")]) == {
        ("a", "Kart.SVG"): "media/a-kart.svg",
        ("b", "Kart.SVG"): "media/b-kart.svg",
    }


def test_names_that_would_be_alike_are_numbered() -> None:
    names = media_names([("a", "kart.svg"), ("a", "Kart.svg"), ("a", "kårt.svg"), ("a", "under/kart.svg")])
    assert sorted(names.values()) == [
        "media/a-kart-2.svg",
        "media/a-kart-3.svg",
        "media/a-kart.svg",
        "media/a-under-kart.svg",
    ]


USES = st.lists(
    st.tuples(
        st.from_regex(r"[a-z][a-z0-9-]{0,5}", fullmatch=True),
        st.tuples(st.text(min_size=1, max_size=8), st.sampled_from(["svg", "PNG", "mp4", "nb.vtt"])).map(
            ".".join
        ),
    ),
    max_size=12,
)


@given(USES, st.randoms(use_true_random=False))
def test_names_are_ascii_unique_and_the_same_in_any_order(
    uses: list[tuple[str, str]], chance: object
) -> None:
    names = media_names(uses)
    assert names.keys() == set(uses)
    assert len(set(names.values())) == len(names)
    assert all(NAME.fullmatch(name) for name in names.values())
    chance.shuffle(uses)  # type: ignore[attr-defined]
    assert media_names(uses) == names
