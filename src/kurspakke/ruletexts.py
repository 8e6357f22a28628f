"""What an administrator reads about a rule: plain Norwegian, one file for each family in words/rules/.

The reports for people who import packages are written in it. A rule without such a text is shown by its English
explanation: a report is never stopped by a missing word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from kurspakke.findings import Rule

LANGUAGE = "nb"


class Mender(StrEnum):
    """Who can mend a breach of a rule."""

    ADMINISTRATOR = "administrator"
    """Whoever imports the package."""
    AUTHOR = "author"
    """Whoever made the course."""
    SUPPLIER = "supplier"
    """Whoever makes the authoring tool."""


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule for people: what is wrong (`title`), what it means for learners or administrators, what to do.

    `stops_import`: there are LMSs that refuse a package for it; where not, it comes in and fails at something.
    """

    title: str
    meaning: str
    mend: str
    mender: Mender
    stops_import: bool = False
    language: str = LANGUAGE


def rule_text(rule: Rule) -> RuleText:
    """The Norwegian text about the rule, or what its explanation says in English."""
    prefix = rule.id.partition("-")[0]
    return texts(prefix).get(rule.id) or _english(rule)


@cache
def texts(prefix: str) -> Mapping[str, RuleText]:
    """The texts of one family of rules, by their ids; none where there is no file of them."""
    import yaml

    path = resources.files("kurspakke.words") / "rules" / f"{prefix}.{LANGUAGE}.yaml"
    if not path.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    whole = yaml.load(path.read_text("utf-8"), Loader=loader)  # noqa: S506 - a safe loader, the quick one if any
    return {rule: _text(plain, whole["mender"]) for rule, plain in whole["rules"].items()}


def _text(plain: Mapping[str, str], mender: str) -> RuleText:
    return RuleText(
        title=plain["title"],
        meaning=plain["meaning"],
        mend=plain["mend"],
        mender=Mender(plain.get("mender", mender)),
        stops_import=plain.get("stops") == "import",
    )


def _english(rule: Rule) -> RuleText:
    first, _, rest = rule.explanation.partition("\n\n")
    return RuleText(" ".join(first.split()), " ".join(rest.split()), "", Mender.AUTHOR, language="en")
