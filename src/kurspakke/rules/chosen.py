"""Rules as people name them: by id, by name, or by the beginning of ids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kurspakke.control import OFF, Control
from kurspakke.findings import Rule, Severity, UsageError
from kurspakke.rules.suggest import did_you_mean

LEVELS = (*(severity.value for severity in Severity), OFF)


def named(word: str, rules: Iterable[Rule]) -> frozenset[str]:
    """The ids that `word` stands for: SRC-020, no-such-file, or SRC-02 and SRC for many. Empty where it is nothing."""
    upper = word.upper()
    return frozenset(
        rule.id
        for rule in rules
        if upper == rule.id or word == rule.name or (len(upper) >= 3 and rule.id.startswith(upper))
    )


def weights(levels: Mapping[str, str], rules: Iterable[Rule]) -> dict[str, Severity | None]:
    """The severities of rules by their ids, None for `off`; a later word counts more, a word for nothing is left out."""
    known = tuple(rules)
    return {
        rule: None if level == OFF else Severity(level)
        for word, level in levels.items()
        for rule in named(word, known)
    }


def asked(
    select: Iterable[str], ignore: Iterable[str], levels: Iterable[str], rules: Iterable[Rule]
) -> Control:
    """What the command line asks for; `levels` are as written, `RULE=error`.

    Raises:
        UsageError: a word stands for no rule, or is no severity.
    """
    known = tuple(rules)
    chosen = [_some(word, known) for word in select]
    return Control(
        select=frozenset().union(*chosen) if chosen else None,
        ignore=frozenset().union(*(_some(word, known) for word in ignore)),
        weights=weights(dict(_level(written, known) for written in levels), known),
    )


def hint(word: str, rules: Iterable[Rule]) -> str:
    """What may have been meant by a word that stands for no rule."""
    known = [name for rule in rules for name in (rule.id, rule.name)]
    return did_you_mean(word, known, "write an id, a name or the beginning of ids, such as SRC-020 or HTM")


def _some(word: str, rules: tuple[Rule, ...]) -> frozenset[str]:
    if found := named(word, rules):
        return found
    raise UsageError(f"there is no rule «{word}»", hint(word, rules))


def _level(written: str, rules: tuple[Rule, ...]) -> tuple[str, str]:
    word, _, level = written.partition("=")
    if level not in LEVELS:
        example = f"write RULE={'|'.join(LEVELS)}"
        raise UsageError(
            f"«{written}» gives no severity", did_you_mean(level, LEVELS, example) if level else example
        )
    _some(word, rules)
    return word, level
