from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WORDS = ROOT / "src" / "kurspakke" / "words"
VIEWS = ROOT / "src" / "runtime" / "src"
# Keys that are put together where they are used.
FAMILIES = ("form_", "callout_", "lang_", "sector_", "privacy_", "trouble_", "coordinator_blank_")


def words(language: str) -> dict[str, str]:
    texts: dict[str, str] = json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
    return texts


def sources() -> str:
    files = [*(ROOT / "templates").rglob("*.j2"), *(VIEWS / "views").glob("*.ts"), VIEWS / "player.ts"]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_full_languages_have_the_same_texts_with_the_same_gaps(language: str) -> None:
    norwegian, other = words("nb"), words(language)
    assert list(other) == list(norwegian)
    for key, text in norwegian.items():
        assert other[key].strip(), key
        assert sorted(re.findall(r"\{\w+\}", other[key])) == sorted(re.findall(r"\{\w+\}", text)), key


def test_sami_texts_are_a_part_of_them() -> None:
    assert set(words("se")) < set(words("nb"))


def test_every_text_is_used_and_every_used_text_is_there() -> None:
    written = sources()
    named = set(re.findall(r"\bwords\.(\w+)", written)) - {"ts"}  # words.ts is a file
    used = set(named)
    used |= {
        key
        for call in re.findall(r"\bsay\(([^;]*?)[;\n]", written)
        for key in re.findall(r'"([a-z_]+)"', call)
    }
    texts = set(words("nb"))
    states = {"completed", "in_progress", "not_started"}  # chosen before they are said
    assert {key for key in texts if not key.startswith(FAMILIES)} <= used | states
    assert named <= texts
    assert set(re.findall(r'\bsay\("(\w+)"', written)) <= texts
