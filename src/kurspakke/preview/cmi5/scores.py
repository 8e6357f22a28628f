"""cmi5's rules for scores, and what they are measured by (cmi5 9.5.1; 9.3.4, 9.3.5; 9.6.3.2)."""

from __future__ import annotations

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.context import mastery_given
from kurspakke.preview.cmi5.rules import Table
from kurspakke.preview.cmi5.said import Said

SCORES: Table[Said] = Table()
_SCORED = frozenset({terms.PASSED, terms.FAILED})


@SCORES.rule(
    "9.5.1.0-2",
    "result.score",
    "poengsum i «{found}»; den hører bare hjemme i passed og failed",
    "a score in `{found}`; it belongs in passed and failed only",
)
def score_elsewhere(said: Said) -> str | None:
    """Only what is judged has a score."""
    return (
        terms.short(said.verb)
        if said.is_of_au and "score" in said.result and said.verb not in _SCORED
        else None
    )


@SCORES.rule(
    "9.5.1.0-3",
    "result.score",
    "score.raw uten {found}",
    "score.raw without {found}",
)
def raw_without_bounds(said: Said) -> str | None:
    """A raw score says nothing without the scale."""
    score = said.score or {}
    if not said.is_defined or "raw" not in score:
        return None
    return next((name for name in ("min", "max") if name not in score), None)


@SCORES.rule(
    "9.5.1",
    "result.score.scaled",
    "score.scaled er {found}; i cmi5 går den fra 0 til 1",
    "score.scaled is {found}; in cmi5 it goes from 0 to 1",
    refuses=False,
)
def scaled_below_zero(said: Said) -> str | None:
    """Allowed by xAPI, and not by cmi5."""
    scaled = said.scaled
    return f"{scaled:g}" if said.is_defined and scaled is not None and not 0 <= scaled <= 1 else None


@SCORES.rule(
    "9.3.4.0-2",
    "result.score.scaled",
    "passed med {found}, under masteryScore",
    "passed with {found}, below the masteryScore",
)
def passed_below_mastery(said: Said) -> str | None:
    """The limit is the LMS's, whatever stands in the AU."""
    mastery, scaled = said.session.mastery, said.scaled
    if not _is(said, terms.PASSED) or mastery is None or scaled is None or scaled >= mastery:
        return None
    return f"{scaled:g} < {mastery:g}"


@SCORES.rule(
    "9.3.5.0-2",
    "result.score.scaled",
    "failed med {found}, ikke under masteryScore",
    "failed with {found}, not below the masteryScore",
)
def failed_above_mastery(said: Said) -> str | None:
    """The limit is the LMS's, whatever stands in the AU."""
    mastery, scaled = said.session.mastery, said.scaled
    if not _is(said, terms.FAILED) or mastery is None or scaled is None or scaled < mastery:
        return None
    return f"{scaled:g} ≥ {mastery:g}"


@SCORES.rule(
    "9.6.3.2-2",
    "context.extensions",
    "poengsummen er vurdert uten utvidelsen masteryscore ({found}) i context",
    "the score was judged without the extension masteryscore ({found}) in the context",
)
def without_mastery_score(said: Said) -> str | None:
    """It tells what the result was measured by."""
    mastery = said.session.mastery
    judged = said.is_defined and said.verb in _SCORED and said.score is not None
    return f"{mastery:g}" if judged and mastery is not None and mastery_given(said) != mastery else None


@SCORES.rule(
    "10.2.4.0-2",
    "result.score",
    "«{found}» uten poengsum, enda LMS-et ga en masteryScore å vurdere etter",
    "`{found}` without a score, though the LMS gave a masteryScore to judge by",
    refuses=False,
)
def judged_without_score(said: Said) -> str | None:
    """So nobody can see that it was judged by that limit."""
    judged = said.is_defined and said.verb in _SCORED and said.scaled is None
    return terms.short(said.verb) if judged and said.session.mastery is not None else None


def _is(said: Said, verb: str) -> bool:
    return said.is_defined and said.verb == verb
