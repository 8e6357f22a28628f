"""A comparison in the forms that people and machines want: text, Markdown for a merge request, JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kurspakke import __version__
from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.compare import Comparison
from kurspakke.comparison.wording import Passage

VERSION = 1
MOST_LINES = 40
"""So many lines of changed texts are printed for people; JSON has them all."""
LONGEST_LINE = 200
"""Longer texts are cut for people."""
MOST_FILES = 30
"""So many harmless changes are printed for people."""

_HEADINGS = {
    Effect.LOSES: "Results or progress would be lost",
    Effect.CHANGES: "What learners under way will notice",
    Effect.HARMLESS: "Harmless",
}


def verdict(comparison: Comparison) -> str:
    """The answer in a sentence."""
    if comparison.is_safe:
        return "Safe to replace: upload the new package over the old one."
    return "Not safe to replace: upload the new package as a new activity."


def text(comparison: Comparison) -> str:
    """For a person at a terminal."""
    lines = [f"{comparison.old} → {comparison.new}", verdict(comparison), ""]
    for effect, changes in _by_effect(comparison):
        lines += [f"{_HEADINGS[effect]}:", *_cut([f"  {_one_line(_line(change))}" for change in changes]), ""]
    if comparison.notes:
        lines += ["In single LMSs:", *(f"  {note.title}: {note.text}" for note in comparison.notes), ""]
    if comparison.passages:
        lines += [f"Texts that changed: {len(comparison.passages)}"]
        lines += [*(f"  {line}" for line in _differences(comparison)), ""]
    return "\n".join(lines)


def markdown(comparison: Comparison) -> str:
    """For a merge request: the verdict and the reasons in the open, files and texts folded."""
    sign = "✅" if comparison.is_safe else "⛔"
    lines = [f"### {sign} {_escaped(verdict(comparison))}", ""]
    lines += [f"`{_code(comparison.old)}` → `{_code(comparison.new)}`", ""]
    for effect, changes in _by_effect(comparison):
        points = _cut([f"* {_escaped(_line(change))}" for change in changes])
        if effect is Effect.HARMLESS:
            lines += ["<details>", f"<summary>{_HEADINGS[effect]} ({len(changes)})</summary>", ""]
            lines += [*points, "", "</details>", ""]
        else:
            lines += [f"**{_HEADINGS[effect]}**", "", *points, ""]
    if comparison.notes:
        lines += ["| LMS | |", "|---|---|"]
        lines += [f"| {_escaped(note.title)} | {_escaped(note.text)} |" for note in comparison.notes]
        lines += [""]
    if comparison.passages:
        count = len(comparison.passages)
        fence = _fence(comparison)
        lines += ["<details>", f"<summary>Texts that changed ({count})</summary>", "", f"{fence}diff"]
        lines += [*_differences(comparison), fence, "", "</details>", ""]
    return "\n".join(lines)


def as_json(comparison: Comparison) -> str:
    """For machines; the form is numbered, and changes only with its number."""
    plain: dict[str, Any] = {
        "version": VERSION,
        "tool": f"kurspakke {__version__}",
        "old": comparison.old,
        "new": comparison.new,
        "kind": comparison.kinds[0],
        "verdict": "safe-to-replace" if comparison.is_safe else "new-activity",
        "changes": [
            {
                "kind": change.kind,
                "effect": change.effect,
                "subject": change.subject,
                "message": change.message,
                "reason": change.reason,
            }
            for change in comparison.changes
        ],
        "notes": [
            {"profile": note.profile, "about": list(note.kinds), "text": note.text, "source": note.source}
            for note in comparison.notes
        ],
        "texts": [
            {"page": passage.page, "before": list(passage.before), "after": list(passage.after)}
            for passage in comparison.passages
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=2) + "\n"


COMPARISON_REPORTERS: Mapping[str, Callable[[Comparison], str]] = {
    "text": text,
    "markdown": markdown,
    "json": as_json,
}
"""Every form of a comparison by the word that the command line knows it by."""


def _by_effect(comparison: Comparison) -> Iterator[tuple[Effect, list[Change]]]:
    for effect in Effect:
        if changes := [change for change in comparison.changes if change.effect is effect]:
            yield effect, changes


def _line(change: Change) -> str:
    return f"{change.message}: {change.reason}" if change.reason else change.message


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_FILES
    return lines if more <= 0 else [*lines[:MOST_FILES], f"  … and {more} more"]


def _differences(comparison: Comparison) -> list[str]:
    """The changed texts as a difference is written, the first lines of them."""
    lines = [line for passage in comparison.passages for line in _difference(passage)]
    more = len(lines) - MOST_LINES
    return lines if more <= 0 else [*lines[:MOST_LINES], f"… and {more} lines more"]


def _difference(passage: Passage) -> Iterator[str]:
    yield f"@@ {_one_line(passage.page)}"
    yield from (f"- {_short(words)}" for words in passage.before)
    yield from (f"+ {_short(words)}" for words in passage.after)


def _short(words: str) -> str:
    line = _one_line(words)
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]} …"


def _one_line(words: str) -> str:
    """Without control characters: a package must not speak to somebody's terminal."""
    return "".join(sign if sign.isprintable() else " " for sign in words)


def _escaped(words: str) -> str:
    """Words that mean nothing to Markdown, HTML or a table."""
    plain = _one_line(words).replace("&", "&amp;").replace("<", "&lt;")
    return "".join(f"\\{sign}" if sign in "\\`*_[]|#~" else sign for sign in plain)


def _code(words: str) -> str:
    return _one_line(words).replace("`", "'")


def _fence(comparison: Comparison) -> str:
    """More backticks than any run of them in the texts."""
    runs = re.findall("`+", "\n".join(_differences(comparison)))
    return "`" * max(3, *(len(run) + 1 for run in runs), 3)
