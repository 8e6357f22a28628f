"""cmi5's rules for the result of a statement: score, success, completion, duration, progress (cmi5 9.5)."""

from __future__ import annotations

from kurspakke.preview import cmi5terms as terms
from kurspakke.preview.cmi5form import mastery_given
from kurspakke.preview.cmi5rules import Check, Table
from kurspakke.preview.cmi5said import Said, number_of, object_of

RESULTS: Table[Said] = Table()
_SCORED = frozenset({terms.PASSED, terms.FAILED})


@RESULTS.rule(
    "9.5.1.0-2",
    "result.score",
    "poengsum i «{found}»; den hører bare hjemme i passed og failed",
    "a score in `{found}`; it belongs in passed and failed only",
)
def score_elsewhere(said: Said) -> str | None:
    """Only what is judged has a score."""
    return terms.short(said.verb) if _defined(said, "score") and said.verb not in _SCORED else None


@RESULTS.rule(
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


@RESULTS.rule(
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


@RESULTS.rule(
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


@RESULTS.rule(
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


@RESULTS.rule(
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


@RESULTS.rule(
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


@RESULTS.rule(
    "9.5.2.0-1",
    "result.success",
    "passed uten success: true",
    "passed without success: true",
)
def passed_without_success(said: Said) -> str | None:
    """Some LMSs look at success only."""
    return "" if _is(said, terms.PASSED) and said.result.get("success") is not True else None


@RESULTS.rule(
    "9.5.2.0-2",
    "result.success",
    "failed uten success: false",
    "failed without success: false",
)
def failed_without_success(said: Said) -> str | None:
    """Some LMSs look at success only."""
    return "" if _is(said, terms.FAILED) and said.result.get("success") is not False else None


@RESULTS.rule(
    "9.5.2.0-3",
    "result.success",
    "success i «{found}»; det hører bare hjemme i passed og failed",
    "success in `{found}`; it belongs in passed and failed only",
)
def success_elsewhere(said: Said) -> str | None:
    """It would be a result that is none."""
    return terms.short(said.verb) if _defined(said, "success") and said.verb not in _SCORED else None


@RESULTS.rule(
    "9.5.3.0-1",
    "result.completion",
    "completed uten completion: true",
    "completed without completion: true",
)
def completed_without_completion(said: Said) -> str | None:
    """Some LMSs look at completion only."""
    return "" if _is(said, terms.COMPLETED) and said.result.get("completion") is not True else None


@RESULTS.rule(
    "9.5.3.0-2",
    "result.completion",
    "completion i «{found}»; det hører bare hjemme i completed",
    "completion in `{found}`; it belongs in completed only",
)
def completion_elsewhere(said: Said) -> str | None:
    """It would be a result that is none."""
    return terms.short(said.verb) if _defined(said, "completion") and said.verb != terms.COMPLETED else None


def _without_duration(verb: str) -> Check[Said]:
    def without_duration(said: Said) -> str | None:
        return "" if _is(said, verb) and not said.result.get("duration") else None

    without_duration.__name__ = f"{terms.short(verb)}_without_duration"
    return without_duration


for _number, _verb in (
    ("9.5.4.1-1", terms.TERMINATED),
    ("9.5.4.1-2", terms.COMPLETED),
    ("9.5.4.1-3", terms.PASSED),
    ("9.5.4.1-4", terms.FAILED),
):
    RESULTS.rule(
        _number,
        "result.duration",
        f"{terms.short(_verb)} uten duration: hvor lang tid det tok",
        f"{terms.short(_verb)} without a duration: how long it took",
    )(_without_duration(_verb))


@RESULTS.rule(
    "9.5.5.1",
    "result.extensions",
    "progress er {found}, ikke et helt tall fra 0 til 100",
    "progress is {found}, not an integer from 0 to 100",
    refuses=False,
)
def progress_out_of_range(said: Said) -> str | None:
    """A share in percent."""
    extensions = object_of(said.result.get("extensions"))
    if terms.PROGRESS not in extensions:
        return None
    progress = number_of(extensions[terms.PROGRESS])
    is_percent = progress is not None and progress == int(progress) and 0 <= progress <= 100
    return None if is_percent else str(extensions[terms.PROGRESS])


@RESULTS.rule(
    "9.5.5.1",
    "result.extensions",
    "progress i eller etter completed; det er 100 % da",
    "progress in or after completed; it is 100 % then",
    refuses=False,
)
def progress_when_completed(said: Said) -> str | None:
    """A report would show less than what is done."""
    is_done = _is(said, terms.COMPLETED) or terms.COMPLETED in said.earlier.of_unit
    of_unit = said.is_about_unit and terms.PROGRESS in object_of(said.result.get("extensions"))
    return "" if of_unit and is_done else None


def _is(said: Said, verb: str) -> bool:
    return said.is_defined and said.verb == verb


def _defined(said: Said, name: str) -> bool:
    return said.is_of_au and name in said.result
