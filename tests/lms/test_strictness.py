"""The strict API refuses what it must: a judge that accepts everything would prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

_SCRIPT = Path(__file__).resolve().parent / "api_host" / "strict-api.js"
_FIRST = "cmi.interactions.0"
SET = "api.LMSInitialize(''); return [api.LMSSetValue(...given), api.LMSGetLastError()];"

ACCEPTED = [
    ("cmi.core.lesson_status", "completed"),
    ("cmi.core.score.raw", "75"),
    ("cmi.core.session_time", "0000:01:30.25"),
    ("cmi.core.exit", ""),
    ("cmi.suspend_data", "æ" * 4096),
    ("cmi.core.lesson_location", "s" * 255),
    (f"{_FIRST}.id", "strategi.sjekk-behov"),
    (f"{_FIRST}.result", "wrong"),
    (f"{_FIRST}.latency", "0000:00:05.12"),
]
REFUSED = [
    ("cmi.core.lesson_status", "not attempted", "405"),
    ("cmi.core.lesson_status", "Completed", "405"),
    ("cmi.core.score.raw", "101", "405"),
    ("cmi.core.score.raw", "85,5", "405"),
    ("cmi.core.score.raw", "-1", "405"),
    ("cmi.core.score.scaled", "0.5", "201"),
    ("cmi.core.session_time", "PT1M30S", "405"),
    ("cmi.core.session_time", "0000:01:30.125", "405"),
    ("cmi.core.exit", "normal", "405"),
    ("cmi.suspend_data", "æ" * 4097, "405"),
    ("cmi.core.lesson_location", "s" * 256, "405"),
    ("cmi.core.student_id", "ola", "403"),
    ("cmi.interactions._count", "1", "402"),
    ("cmi.completion_status", "completed", "201"),
    ("cmi.interactions.1.id", "a", "201"),
    (f"{_FIRST}.id", "spørsmål", "405"),
    (f"{_FIRST}.id", "to ord", "405"),
    (f"{_FIRST}.result", "incorrect", "405"),
    (f"{_FIRST}.time", "2026-11-21T12:00:00Z", "405"),
    (f"{_FIRST}.description", "tekst", "201"),
]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    opened.add_script_tag(path=_SCRIPT)
    yield opened
    opened.close()


def outcome(page: Page, steps: str, *given: str) -> Any:
    """What `steps` return, with a new API and the `given` texts at hand."""
    return page.evaluate(f"(given) => {{ const api = new StrictApi({{}}); {steps} }}", list(given))


@pytest.mark.parametrize(("name", "value"), ACCEPTED, ids=lambda text: text[:40])
def test_what_scorm_allows_is_taken(page: Page, name: str, value: str) -> None:
    assert outcome(page, SET, name, value) == ["true", "0"]


@pytest.mark.parametrize(("name", "value", "error"), REFUSED, ids=lambda text: text[:40])
def test_what_an_lms_refuses_is_refused(page: Page, name: str, value: str, error: str) -> None:
    assert outcome(page, SET, name, value) == ["false", error]


@pytest.mark.parametrize(
    ("steps", "error"),
    [
        ("api.LMSSetValue('cmi.core.exit', '');", "301"),
        ("api.LMSGetValue('cmi.suspend_data');", "301"),
        ("api.LMSInitialize('');", "101"),
        ("api.LMSInitialize(undefined);", "201"),
    ],
)
def test_calls_out_of_order_are_refused(page: Page, steps: str, error: str) -> None:
    before = "api.LMSInitialize('');" if error == "101" else ""
    assert outcome(page, f"{before}{steps} return api.LMSGetLastError();") == error


def test_nothing_is_taken_after_the_end(page: Page) -> None:
    steps = "api.LMSInitialize(''); api.LMSFinish(''); return [api.LMSFinish(''), api.LMSCommit('')];"
    assert outcome(page, steps) == ["false", "false"]
