"""What the LRS holds, and what the learner has seen, when something goes wrong between them.

Each story is played with the xAPI and the cmi5 package. In the end the LRS has been told of each answer once, and no
more; and the learner has it when the package, launched anew in another browser, shows it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, expect

from tests.chromium import launch_options
from tests.conformance import launchers
from tests.conformance.sitting import Sitting
from tests.lms.story import finish
from tests.lrs import Faults
from tests.playing import Learner, leave
from tests.webhost import Request

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(params=["xapi", "cmi5"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sitting(form: str, packages: dict[str, Path], browser: Browser, tmp_path: Path) -> Iterator[Sitting]:
    with launchers.of(form, tmp_path) as launch:
        sitting = Sitting(launch, packages[form], browser)
        yield sitting
        sitting.close()


def statements(request: Request) -> bool:
    return request.path == "statements"


@pytest.mark.parametrize(
    ("fault", "cause"),
    [
        (Faults(status=401), "trouble_expired"),
        (Faults(status=403), "trouble_refused"),
        (Faults(status=429, headers={"Retry-After": "3"}), "trouble_failed"),
        (Faults(status=500), "trouble_failed"),
        (Faults(down=True), "trouble_failed"),
        (Faults(deaf=True), "trouble_failed"),
        (Faults(status=500, only=statements), "trouble_failed"),
        (Faults(status=503, only=lambda request: not statements(request)), "trouble_failed"),
    ],
    ids=["401", "403", "429", "500", "down", "unheard", "statements-500", "documents-503"],
)
def test_what_fails_in_the_middle_is_told_and_saved_later(
    sitting: Sitting, fault: Faults, cause: str
) -> None:
    sitting.answer(0)
    sitting.wait(lambda: len(sitting.told()) == 1)
    sitting.settle()
    sitting.lrs.faults = fault
    sitting.answer(1)
    sitting.sees("unsaved_kept", cause)
    sitting.answer(2)
    sitting.lrs.faults = Faults()
    sitting.sees("saved_status")
    sitting.has(0, 1, 2)


@pytest.mark.parametrize("status", [400, 413])
def test_one_statement_that_is_refused_holds_up_nothing(sitting: Sitting, status: int) -> None:
    name = sitting.questions[0].id.split(".")[1].encode()

    def bad(request: Request) -> bool:
        return statements(request) and b"/verbs/answered" in request.body and b"/" + name in request.body

    sitting.lrs.faults = Faults(status=status, only=bad)
    sitting.answer(0)
    sitting.sees("trouble_refused")
    sitting.answer(1)
    sitting.wait(lambda: sitting.told() == [sitting.questions[1].id])
    sitting.sees("saved_status")
    sitting.lrs.faults = Faults()
    sitting.leave()
    fresh = sitting.open(sitting.another_browser())
    for question in sitting.questions[:2]:
        assert fresh.chosen(question) == question.right, "the state has what no statement could tell"


def test_a_statement_that_the_store_has_already_is_not_sent_for_ever(sitting: Sitting) -> None:
    sitting.lrs.faults = Faults(status=409, only=statements)
    sitting.answer(0)
    sitting.settle()
    asked = len(sitting.lrs.requests)
    sitting.lrs.faults = Faults()
    sitting.answer(1)
    sitting.wait(lambda: sitting.told() == [sitting.questions[1].id])
    assert len(sitting.lrs.requests) > asked
    expect(sitting.page.locator("#kp_notices")).to_have_text("")


def test_a_slow_store_gets_everything_also_when_the_learner_does_not_wait(sitting: Sitting) -> None:
    sitting.settle()
    sitting.lrs.faults = Faults(slow=5)
    sitting.answer(0)
    sitting.answer(1)
    sitting.leave()
    sitting.wait(lambda: len(sitting.told()) == 2)
    sitting.pause(6_000)
    sitting.lrs.faults = Faults()
    # Answers that are five seconds on their way overtake each other.
    sitting.excused = ("9.3.0.0-5",)
    sitting.has(0, 1)


def test_a_store_that_is_away_at_launch_and_comes_later(sitting: Sitting) -> None:
    sitting.answer(0)
    sitting.leave()
    sitting.lrs.faults = Faults(down=True)
    sitting.open()
    sitting.answer(1)
    sitting.sees("unsaved_kept", "trouble_failed")
    sitting.lrs.faults = Faults()
    sitting.sees("saved_status")
    sitting.has(0, 1)


def test_what_is_left_behind_without_a_store_comes_with_the_next_launch(sitting: Sitting) -> None:
    sitting.settle()
    sitting.lrs.faults = Faults(down=True)
    sitting.answer(0)
    sitting.answer(1)
    sitting.sees("unsaved_kept")
    sitting.leave()
    assert sitting.told() == []
    sitting.lrs.faults = Faults()
    # The first session's last word could not be heard, and is not said afterwards.
    sitting.excused = ("9.3.0.0-5",)
    learner = sitting.open()
    for question in sitting.questions[:2]:
        assert learner.chosen(question) == question.right
    sitting.has(0, 1)


def test_what_waits_when_the_page_is_killed_comes_with_the_next_launch(
    form: str, packages: dict[str, Path], playwright: Playwright, tmp_path: Path
) -> None:
    # A browser of its own: nobody else's pages are to die.
    alone = playwright.chromium.launch(**launch_options())
    with launchers.of(form, tmp_path) as launch:
        sitting = Sitting(launch, packages[form], alone)
        sitting.settle()
        sitting.lrs.faults = Faults(down=True)
        sitting.answer(0)
        sitting.answer(1)
        sitting.sees("unsaved_kept")
        sitting.kill()
        assert sitting.told() == []
        sitting.lrs.faults = Faults()
        sitting.excused = ("9.3.0.0-5",)
        learner = sitting.open()
        for question in sitting.questions[:2]:
            assert learner.chosen(question) == question.right
        sitting.has(0, 1)
        sitting.close()
    alone.close()


def test_without_the_network_and_back(sitting: Sitting) -> None:
    sitting.answer(0)
    sitting.settle()
    sitting.context.set_offline(True)
    sitting.answer(1)
    sitting.sees("unsaved_kept", "trouble_offline")
    sitting.answer(2)
    sitting.context.set_offline(False)
    sitting.sees("saved_status")
    sitting.has(0, 1, 2)


HIDE = """
Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
document.dispatchEvent(new Event("visibilitychange"));
"""


@pytest.mark.parametrize("way", ["close", "navigate", "reload", "crash", "switch"])
def test_an_answer_is_kept_however_the_learner_leaves_in_that_moment(sitting: Sitting, way: str) -> None:
    sitting.settle()
    sitting.half_answer(1)
    scripts = {"navigate": "location.assign('about:blank')", "reload": "location.reload()", "switch": HIDE}
    if way in ("navigate", "reload"):
        with sitting.page.expect_event("domcontentloaded"):
            sitting.answer_and(0, scripts[way])
    else:
        sitting.answer_and(0, scripts.get(way, ""))
    if way == "reload":
        again = Learner(sitting.page)
        assert again.chosen(sitting.questions[0]) == sitting.questions[0].right
        assert not any(again.chosen(sitting.questions[1]))
    elif way == "close":
        sitting.leave()
    elif way == "crash":
        # A process that is gone says no last words.
        sitting.excused = ("9.3.0.0-5",)
        sitting.crash()
        # Nor has it sent what it kept, if it died before it had drawn the feedback: the next launch does.
        assert sitting.open().chosen(sitting.questions[0]) == sitting.questions[0].right
    else:
        sitting.settle()  # whoever has only switched away closes the window some other time
    sitting.has(0)


def test_a_page_that_comes_back_from_the_browsers_cache(sitting: Sitting, form: str) -> None:
    sitting.answer(0)
    for event, state in (("pagehide", "hidden"), ("pageshow", "visible")):
        sitting.page.evaluate(
            """([event, state]) => {
              dispatchEvent(new PageTransitionEvent(event, { persisted: true }));
              Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
              document.dispatchEvent(new Event("visibilitychange"));
            }""",
            [event, state],
        )
    sitting.answer(1)
    if form == "cmi5":
        # 9.3.8: nothing more in this session. The browser keeps the answer for the next one, and says so.
        sitting.sees("session_ended_kept")
        sitting.leave()
        sitting.open()
        assert sitting.learner.chosen(sitting.questions[1]) == sitting.questions[1].right
        sitting.leave()
        sitting.open(sitting.another_browser())
        assert sitting.learner.chosen(sitting.questions[1]) == sitting.questions[1].right
    else:
        sitting.has(0, 1)


def test_two_windows_at_once(sitting: Sitting) -> None:
    first, one = sitting.page, sitting.learner
    sitting.settle()
    two = sitting.open()
    # The LMS has closed the first window's session by now; for Tin Can there is one for both.
    for learner, number in ((one, 0), (two, 1), (one, 2)):
        question = sitting.questions[number]
        learner.go_to(question.page)
        learner.answer(question, question.right)
    for question in sitting.questions[:3]:
        for learner in (one, two):
            sitting.wait(lambda asked=question, by=learner: by.chosen(asked) == asked.right)  # type: ignore[misc]
    finish(one)
    finish(two)
    for window in (first, sitting.page):
        leave(window)
    # The first window's last word comes too late; what only that one knows is said in the next session.
    sitting.excused = ("9.3.0.0-5",)
    sitting.open()
    sitting.wait(lambda: len(sitting.lrs.said("completed")) == 1)
    sitting.has(*range(len(sitting.questions)))


def test_two_machines_at_once(sitting: Sitting, form: str) -> None:
    """What the one puts there, the other takes in before it writes (HTTP 412)."""
    one = sitting.learner
    sitting.settle()
    two = sitting.open(sitting.another_browser())
    if form == "cmi5":
        # Both sessions go on: this LMS does not close the first when it opens the second.
        sitting.launch.revive()  # type: ignore[union-attr]
    sitting.settle()
    for learner, number in ((two, 1), (one, 0), (two, 2)):
        question = sitting.questions[number]
        learner.go_to(question.page)
        learner.answer(question, question.right)
        sitting.settle()
    assert any(line.startswith("412 PUT activities/state") for line in sitting.lrs.refusals)
    sitting.excused = ("9.3.0.0-5",)
    sitting.has(0, 1, 2)


def test_what_the_learner_writes_is_in_no_statement(sitting: Sitting) -> None:
    words = "Hemmelig øvelse"
    for note in sitting.page.locator("textarea[data-note]").all():
        page = note.locator("xpath=ancestor::section").get_attribute("data-page") or ""
        sitting.learner.go_to(page)
        note.fill(words)
    finish(sitting.learner)
    sitting.wait(lambda: len(sitting.lrs.said("completed")) == 1)
    sitting.leave()
    assert words not in json.dumps(sitting.lrs.statements, ensure_ascii=False)
    state = sitting.launch.stored(sitting.course).suspend_data or ""
    assert len(state) > 0
    assert "Hemmelig" not in state
