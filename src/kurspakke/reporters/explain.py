"""A rule, explained."""

from __future__ import annotations

from kurspakke.findings import Rule, UsageError
from kurspakke.rules.suggest import did_you_mean
from kurspakke.rules.validate import all_rules
from kurspakke.wcag import spec_of


def explanation(name: str) -> str:
    """Why the rule of this id or name exists. Raises UsageError if there is none."""
    rules = all_rules()
    for rule in rules:
        if name.lower() in {rule.id.lower(), rule.name}:
            return _text(rule)
    known = [rule.name for rule in rules] + [rule.id for rule in rules]
    raise UsageError(
        f"there is no rule «{name}»", did_you_mean(name, known, "findings print the rule's id and name")
    )


def _text(rule: Rule) -> str:
    clause = f"\n{spec_of(rule)}" if rule.spec else ""
    return f"{rule.id} {rule.name} ({rule.severity}){clause}\n\n{rule.explanation}\n"
