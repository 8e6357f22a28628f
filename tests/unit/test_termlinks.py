"""Links from the texts to the glossary."""

import re

import pytest

from kurspakke.glossary import NO_TERMS, Glossary
from kurspakke.markdown import block, inline
from kurspakke.termlinks import TermLinks, Vocabulary

GLOSSARY = Glossary.model_validate(
    {
        "terms": [
            {"id": "evne", "term": "Evne", "definition": "Det vi kan.", "forms": ["evner", "evnen"]},
            {"id": "digital", "term": "Digital modenhet", "definition": "Hvor langt vi er."},
            {"id": "moden", "term": "modenhet", "definition": "Se [evne](term:evne)."},
            {"id": "aaret", "term": "Året", "definition": "Alt vi har på ett år."},
        ]
    }
)
VOCABULARY = Vocabulary(GLOSSARY)


def linked(text: str) -> list[tuple[str, str]]:
    """The links of a text with automatic links: (term, words)."""
    return re.findall(
        r'<a href="#kp_term_(\w+)"[^>]*>([^<]*)</a>', block(text, TermLinks(VOCABULARY).first_uses)
    )


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Evner er mange; en EVNE er én.", [("evne", "Evner")]),
        ("Sjevne og evnerik er andre ord, men evnen er det.", [("evne", "evnen")]),
        ("En evne-kurve.", []),
        ("Digital\nmodenhet og modenhet.", [("digital", "Digital\nmodenhet"), ("moden", "modenhet")]),
        ("### Evne\n\nHer er evnen.", [("evne", "evnen")]),
        ("Les [om evner](https://example.org/) og `evner`, så **evnen**.", [("evne", "evnen")]),
        ("- evne\n\n> evner", [("evne", "evne")]),
        ("| Evne |\n|---|\n| evner |", [("evne", "Evne")]),
        ("Se [kunnen](term:evne) og [kunnskap](term:evne).", [("evne", "kunnen"), ("evne", "kunnskap")]),
        ("Å året ÅRET", [("aaret", "året")]),
        ("a & b < evne", [("evne", "evne")]),
    ],
)  # fmt: skip
def test_first_uses(text: str, links: list[tuple[str, str]]) -> None:
    assert linked(text) == links


def test_the_first_use_is_the_first_of_the_page() -> None:
    page = TermLinks(VOCABULARY)
    assert "kp_term" in block("Evne.", page.first_uses)
    assert "kp_term" not in block("Evne.", page.first_uses)
    assert "kp_term" in inline("[Evne](term:evne).", page.asked_for)
    assert page.used == {"evne"}


def test_labels_are_linked_only_where_asked_for() -> None:
    page = TermLinks(VOCABULARY)
    assert inline("En evne", page.asked_for) == "En evne"
    assert page.used == set()


def test_an_unknown_term_is_no_address() -> None:
    assert "href" not in block("[x](term:ukjent)", TermLinks(VOCABULARY).first_uses)


def test_without_terms_nothing_changes() -> None:
    page = TermLinks(Vocabulary(NO_TERMS))
    assert block("Evne *og* [x](https://example.org/)", page.first_uses) == block(
        "Evne *og* [x](https://example.org/)"
    )


def test_definitions_bring_the_terms_they_refer_to_in_the_order_of_the_alphabet() -> None:
    found = VOCABULARY.closure({"aaret", "moden"})
    assert [term.id for term in VOCABULARY.sorted(found)] == ["evne", "moden", "aaret"]
