"""Rules, explained: one, or all on one page."""

from __future__ import annotations

import re

import pytest
from lxml import html

from kurspakke.minding import minding
from kurspakke.reporters import explain
from kurspakke.ruletexts import rule_text
from tests.command import run

RULES = explain.explained()


def test_a_rule_is_explained_with_clause_requirement_and_norwegian_text() -> None:
    told = run("explain", "missing-alt").out

    assert told.startswith("HTM-020 missing-alt (warning)\n")
    assert "WCAG 2.1, 1.1.1" in told
    assert "EN 301 549, 9.1.1.1" in told
    assert "universell utforming" in told
    assert "På norsk: Et bilde mangler alternativ tekst." in told
    assert told == run("explain", "HTM-020").out


def test_it_is_told_which_lms_mind() -> None:
    assert "moodle" in minding("PKG-003")

    for form in explain_forms():
        told = explain.explanation("PKG-003", form)
        assert "docebo" in told
        assert "moodle" in told


def explain_forms() -> tuple[str, ...]:
    return ("text", "md", "html")


@pytest.mark.parametrize("form", explain_forms())
def test_all_rules_are_on_the_page(form: str) -> None:
    page = run("explain", "--all", "--format", form).out

    assert page.endswith("\n")
    for rule in RULES:
        assert f"{rule.id} {rule.name}" in page


def test_the_page_is_sorted_by_family_and_has_anchors() -> None:
    page = html.fromstring(explain.handbook("html"))

    anchors = [article.get("id") for article in page.iter("article")]
    families = list(dict.fromkeys(anchor[:3] for anchor in anchors))
    assert families == [family for family in explain.FAMILIES if family in families]
    assert sorted(anchors) == sorted(rule.id for rule in RULES)
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(page.xpath("//@id"))
    assert page.xpath("//div[@lang='nb']")


def test_links_of_the_markdown_page_lead_somewhere() -> None:
    page = explain.handbook("md")

    links = re.findall(r"\]\(#([a-z0-9-]+)\)", page)
    assert sorted(links) == sorted(re.findall(r'<a id="([a-z0-9-]+)">', page))
    assert len(links) == len(RULES)


def test_the_markdown_page_holds_no_markup_of_its_texts() -> None:
    page = re.sub(r"`[^`]*`", "", explain.handbook("md"))

    assert not re.search(r"<(?!a id=|/a>)", page)


def test_each_family_has_a_name() -> None:
    assert {rule.id[:3] for rule in RULES} <= set(explain.FAMILIES)


def test_the_page_has_each_norwegian_text() -> None:
    page = " ".join(explain.handbook("md").split())

    for rule in RULES:
        assert rule_text(rule).title in page


@pytest.mark.parametrize("words", [(), ("--all", "PKG-001")])
def test_one_rule_or_all_of_them(words: tuple[str, ...]) -> None:
    answer = run("explain", *words)

    assert answer.code == 2
    assert "--all" in answer.err
