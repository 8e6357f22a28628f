"""A rule, explained; and all of them on one page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from kurspakke.findings import Rule, UsageError
from kurspakke.minding import minding
from kurspakke.rules.building import BUILDING
from kurspakke.rules.suggest import did_you_mean
from kurspakke.rules.validate import all_rules
from kurspakke.ruletexts import RuleText, rule_text
from kurspakke.wcag import spec_of

FAMILIES: Mapping[str, str] = {
    "SRC": "The source of a course",
    "PKG": "Packages of any standard",
    "S12": "SCORM 1.2",
    "S24": "SCORM 2004",
    "XAP": "xAPI (Tin Can)",
    "CM5": "cmi5",
    "HTM": "Pages and media",
    "RTE": "What happens when it is played",
    "BLD": "What can't be built",
}
"""The families of rules, in the order of the page of all rules."""
_WIDTH = 110


def explained() -> tuple[Rule, ...]:
    """Every rule that can be explained: `validate`'s, and what a build refuses."""
    return (*all_rules(), *BUILDING)


def explanation(name: str, form: str = "text") -> str:
    """Why the rule of this id or name exists, as `text`, `md` or `html`. Raises UsageError if there is none."""
    rules = explained()
    for rule in rules:
        if name.lower() in {rule.id.lower(), rule.name}:
            return _page([rule], form)
    known = [rule.name for rule in rules] + [rule.id for rule in rules]
    raise UsageError(
        f"there is no rule «{name}»", did_you_mean(name, known, "findings print the rule's id and name")
    )


def handbook(form: str = "text") -> str:
    """All rules, family by family, as `text`, `md` or `html`."""
    order = list(FAMILIES)
    return _page(sorted(explained(), key=lambda rule: (order.index(rule.id[:3]), rule.id)), form)


def _page(rules: list[Rule], form: str) -> str:
    if form == "html":
        return _html(rules)
    if form == "md":
        return _markdown(rules)
    return "\n\n".join(_text(rule).rstrip() for rule in rules) + "\n"


def _text(rule: Rule) -> str:
    lines = [f"{rule.id} {rule.name} ({rule.severity})", *filter(None, [spec_of(rule)])]
    text = rule_text(rule)
    norwegian = [] if text.language != "nb" else ["", *_wrapped(text)]
    minds = [f"\n{line}" for line in _minds(rule.id)]
    return "\n".join([*lines, "", rule.explanation, *norwegian, *minds])


def _wrapped(text: RuleText) -> Iterator[str]:
    import textwrap

    for line in (f"På norsk: {text.title}.", f"{text.meaning} {text.mend}"):
        yield from textwrap.wrap(line, _WIDTH, break_on_hyphens=False)


def _markdown(rules: list[Rule]) -> str:
    blocks = ["# The rules of kurspakke validate"] if len(rules) > 1 else []
    for prefix, family in groupby(rules, key=lambda rule: rule.id[:3]):
        found = list(family)
        if len(rules) > 1:
            links = "\n".join(f"- [{rule.id}](#{rule.id.lower()}) {rule.name}" for rule in found)
            blocks.append(f"## {FAMILIES[prefix]} ({prefix})\n\n{links}")
        blocks += [_markdown_of(rule) for rule in found]
    return "\n\n".join(blocks) + "\n"


def _markdown_of(rule: Rule) -> str:
    facts = [f"*{rule.severity}*", *filter(None, [spec_of(rule)])]
    if profiles := minding(rule.id):
        facts.append(f"minded by {', '.join(profiles)}")
    head = f'<a id="{rule.id.lower()}"></a>\n\n### {rule.id} {rule.name}\n\n{" · ".join(facts)}'
    text = rule_text(rule)
    norwegian = f"> **{text.title}.** {text.meaning} {text.mend}" if text.language == "nb" else ""
    return "\n\n".join(filter(None, [head, _escaped(rule.explanation), norwegian]))


def _escaped(explanation: str) -> str:
    """The explanation as Markdown: elements are named in backticks or not at all meant as markup."""
    return "`".join(
        part.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_") if number % 2 == 0 else part
        for number, part in enumerate(explanation.split("`"))
    )


def _html(rules: list[Rule]) -> str:
    from kurspakke.reporters.sheet import sheet

    families = [
        (
            prefix,
            FAMILIES[prefix],
            [(rule, rule_text(rule), spec_of(rule), minding(rule.id)) for rule in found],
        )
        for prefix, found in groupby(rules, key=lambda rule: rule.id[:3])
    ]
    title = f"{rules[0].id} {rules[0].name}" if len(rules) == 1 else "The rules of kurspakke validate"
    return sheet("rules.html.j2", title=title, families=families)


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
