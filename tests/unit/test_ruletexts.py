"""The Norwegian texts of the rules: one for each rule, whole and plain."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from kurspakke.findings import Rule, Severity
from kurspakke.reporters.explain import explained
from kurspakke.ruletexts import Mender, RuleText, rule_text, texts

FOLDER = Path(__file__).resolve().parents[2] / "src/kurspakke/words/rules"
RULES = explained()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_norwegian_text(rule: Rule) -> None:
    text = rule_text(rule)

    assert text.language == "nb", f"write it in src/kurspakke/words/rules/{rule.id[:3]}.nb.yaml"
    assert 8 <= len(text.title) <= 90
    assert not text.title.endswith(".")
    for sentence in (text.meaning, text.mend):
        assert sentence.endswith(".")
        assert sentence[0].isupper() or sentence[0] == "«"
        assert "  " not in sentence
    assert isinstance(text.mender, Mender)
    assert not (text.stops_import and rule.severity is not Severity.ERROR)


@pytest.mark.parametrize("path", sorted(FOLDER.iterdir()), ids=lambda path: path.name)
def test_a_file_of_texts_is_whole(path: Path) -> None:
    whole = yaml.safe_load(path.read_text())
    ids = {rule.id for rule in RULES}

    assert whole.keys() == {"mender", "rules"}
    assert whole["mender"] in set(Mender)
    assert list(whole["rules"]) == sorted(whole["rules"])
    for rule, plain in whole["rules"].items():
        assert rule in ids
        assert rule.startswith(path.name.partition(".")[0])
        assert {"title", "meaning", "mend"} <= plain.keys() <= {"title", "meaning", "mend", "mender", "stops"}
        assert plain.get("stops", "import") == "import"
        assert plain.get("mender", "author") in set(Mender)


def test_titles_tell_rules_of_a_family_apart() -> None:
    for path in FOLDER.iterdir():
        titles = [text.title for text in texts(path.name.partition(".")[0]).values()]
        assert sorted(set(titles)) == sorted(titles)


def test_a_rule_without_a_text_is_shown_in_english() -> None:
    rule = Rule("ZZZ-001", "new", Severity.ERROR, "", "Zips are\nzipped.\n\nZip it\nagain.")

    assert rule_text(rule) == RuleText("Zips are zipped.", "Zip it again.", "", Mender.AUTHOR, language="en")
