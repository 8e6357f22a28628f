"""cmi5's rules for the result of a statement: success, completion, duration, progress (cmi5 9.5.2 to 9.5.5)."""

from __future__ import annotations

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.rules import Check, Table
from kurspakke.preview.cmi5.said import Said, number_of, object_of

RESULTS: Table[Said] = Table()
_SCORED = frozenset({terms.PASSED, terms.FAILED})


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
