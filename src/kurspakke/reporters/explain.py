"""A rule, explained."""

from __future__ import annotations

from collections.abc import Iterator

from kurspakke.findings import Rule, UsageError
from kurspakke.minding import minding
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
    minds = "".join(f"\n{line}" for line in _minds(rule.id))
    return f"{rule.id} {rule.name} ({rule.severity}){clause}\n\n{rule.explanation}\n{minds}"


def _minds(rule: str) -> Iterator[str]:
    """A line for each LMS of which it is known that it minds."""
    if not minding(rule):
        return
    # Here, since it takes a while to have profiles read.
    from kurspakke.objections import objections
    from kurspakke.profiles import profile

    yield "LMSs that mind:\n"
    for lms in (profile(name) for name in minding(rule)):
        objection = objections(lms)[rule]
        yield f"{lms.title} ({lms.id}): {objection.text}\n  {objection.cited}\n"
