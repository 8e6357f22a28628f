"""The cmi5 package under the rules of cmi5 for a unit at run time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext

from tests.conformance import launchers
from tests.conformance.cmi5_rules import CONTEXT, MASTERY, SESSION, Launch, breaches, verb
from tests.conformance.judge import complaints
from tests.conformance.launchers import KARI, Cmi5Launch
from tests.lms.story import Story, finish
from tests.lrs import Document
from tests.playing import Learner, leave
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def launches(launch: Cmi5Launch) -> list[Launch]:
    """What was said at each launch of the one course."""
    course = launch.content.course("course-0")
    return [
        Launch(
            session=document["contextTemplate"]["extensions"][SESSION],
            registration=course.registration,
            activity=course.activity,
            actor=KARI,
            template=document["contextTemplate"],
            mode=document["launchMode"],
            mastery=course.mastery,
        )
        for document in launch.launch_data
    ]


@pytest.fixture(scope="module")
def statements(cmi5_launch: Cmi5Launch, cmi5_story: Story) -> list[Document]:
    assert cmi5_story.lesson.questions
    return cmi5_launch.content.lrs.statements


def test_nothing_fails_and_nothing_is_refused(cmi5_launch: Cmi5Launch, cmi5_story: Story) -> None:
    sittings = (cmi5_story.first, cmi5_story.second, cmi5_story.third)
    assert [line for sitting in sittings for line in sitting.complaints if "404 for" not in line] == []
    missing = ["404 GET agents/profile: no such document"] * 3 + [
        "404 GET activities/state: no such document"
    ]
    assert sorted(cmi5_launch.content.lrs.refusals) == sorted(missing)


def test_the_rules_of_cmi5_hold_in_every_session(cmi5_launch: Cmi5Launch, statements: list[Document]) -> None:
    assert len(launches(cmi5_launch)) == 3
    assert breaches(statements, launches(cmi5_launch)) == []


def test_the_statements_are_valid_by_an_independent_judge(statements: list[Document]) -> None:
    assert complaints(statements) == []


def test_the_learner_comes_back_to_the_page_and_the_answers(cmi5_story: Story) -> None:
    assert cmi5_story.second.page == cmi5_story.left
    assert {name: chosen for name, chosen in cmi5_story.second.chosen.items() if chosen} == cmi5_story.answers
    assert cmi5_story.third.chosen == cmi5_story.all_answers


def test_completed_and_passed_are_said_once_in_the_session_that_ends_it(cmi5_story: Story) -> None:
    (completed,) = [
        each for each in cmi5_story.third.stored.everything["statements"] if verb(each) == "completed"
    ]
    (passed,) = [each for each in cmi5_story.third.stored.everything["statements"] if verb(each) == "passed"]
    assert passed["result"]["score"] == {
        "scaled": 0.75,
        "raw": cmi5_story.lesson.score(3),
        "min": 0,
        "max": 100,
    }
    assert cmi5_story.first.stored.status == "incomplete"
    assert "score" not in completed["result"]


def test_launch_data_and_preferences_are_read_before_anything_is_said(
    cmi5_launch: Cmi5Launch, cmi5_story: Story
) -> None:
    assert cmi5_story.lesson.pages
    requests = [line for line in cmi5_launch.content.lrs.requests if not line.startswith("OPTIONS")]
    spoken = requests.index("PUT statements")
    assert "GET activities/state LMS.LaunchData" in requests[:spoken]
    assert "GET agents/profile cmi5LearnerPreferences" in requests[:spoken]
    assert not [line for line in requests if line.endswith("LMS.LaunchData") and not line.startswith("GET")]


@pytest.mark.parametrize("mode", ["Browse", "Review"])
def test_browsing_and_reviewing_say_nothing_about_the_result(
    mode: str, packages: dict[str, Path], desk: BrowserContext, tmp_path: Path
) -> None:
    with launchers.cmi5(tmp_path, mode) as launch:
        course = launch.add(packages["cmi5"])
        page, frame = launch.open(course, desk)
        finish(Learner(frame))
        page.wait_for_timeout(500)
        leave(page)
        said = launch.content.lrs.statements
        until(lambda: verb(said[-1]) == "terminated")
        assert [verb(each) for each in said] == ["initialized", "terminated"]
        assert breaches(said, launches(launch)) == []
        assert launch.stored(course).suspend_data is None


def test_leaving_by_the_button_goes_back_to_the_lms(
    packages: dict[str, Path], desk: BrowserContext, tmp_path: Path
) -> None:
    with launchers.cmi5(tmp_path) as launch:
        course = launch.add(packages["cmi5"])
        page, frame = launch.open(course, desk)
        learner = Learner(frame)
        frame.get_by_role("button", name=learner.lesson.words["leave"]).click()
        page.wait_for_url("**/ferdig")
        assert [verb(each) for each in launch.content.lrs.statements][-1] == "terminated"
        assert breaches(launch.content.lrs.statements, launches(launch)) == []


class TestTheRulesThemselves:
    """A rule that never objects proves nothing: each is shown a session that breaks it alone."""

    launch = Launch("s", "r", "https://e.org/a", KARI, {"extensions": {SESSION: "s"}}, "Normal", 0.75)

    def session(self) -> list[dict[str, Any]]:
        return [
            self.said("initialized"),
            self.said("completed", {"completion": True, "duration": "PT9S"}, moveon=True),
            self.said("passed", {"success": True, "duration": "PT9S", "score": {"scaled": 0.8}}, moveon=True),
            self.said("terminated", {"duration": "PT9.5S"}),
        ]

    def said(self, name: str, result: Document | None = None, *, moveon: bool = False) -> dict[str, Any]:
        categories = ["cmi5", "moveon"] if moveon else ["cmi5"]
        extensions = {SESSION: "s", **({MASTERY: 0.75} if name in ("passed", "failed") else {})}
        statement = {
            "id": "11111111-1111-4111-8111-111111111111",
            "actor": KARI,
            "verb": {"id": f"http://adlnet.gov/expapi/verbs/{name}"},
            "object": {"id": "https://e.org/a"},
            "context": {
                "registration": "r",
                "extensions": extensions,
                "contextActivities": {
                    "category": [{"id": f"{CONTEXT}categories/{each}"} for each in categories]
                },
            },
            "timestamp": "2026-11-21T12:00:00.000Z",
            **({"result": result} if result else {}),
        }
        return dict(json.loads(json.dumps(statement)))

    def test_a_good_session_has_no_breach(self) -> None:
        assert breaches(self.session(), [self.launch]) == []

    @pytest.mark.parametrize(
        ("rule", "place", "path", "value"),
        [
            ("9.1.0.0-1", 0, ("id",), "1"),
            ("9.2.0.0", 0, ("actor",), {"mbox": "mailto:kari@example.org"}),
            ("9.6.1.0-1", 1, ("context", "registration"), "other"),
            ("9.7.0.0-1", 1, ("timestamp",), "2026-11-21T12:00:00"),
            ("10.2.1.0-6", 1, ("context", "extensions", "https://e.org/template"), "x"),
            ("9.3 ", 1, ("verb", "id"), "http://adlnet.gov/expapi/verbs/experienced"),
            ("8.1.5.0-6", 1, ("object", "id"), "https://e.org/b"),
            ("9.5.1.0-2", 1, ("result", "score"), {"scaled": 1}),
            ("9.5.1.0-3", 2, ("result", "score", "raw"), 80),
            ("9.5.2.0", 2, ("result", "success"), False),
            ("9.5.3.0", 1, ("result", "completion"), False),
            ("9.5.4.1", 3, ("result",), {}),
            (
                "9.6.2.2",
                1,
                ("context", "contextActivities", "category"),
                [{"id": f"{CONTEXT}categories/cmi5"}],
            ),
            ("9.6.3.1-4", 1, ("context", "extensions"), {}),
            ("9.6.3.2-2", 2, ("context", "extensions", MASTERY), 0.5),
            ("9.3.4.0-2", 2, ("result", "score", "scaled"), 0.5),
        ],
    )
    def test_a_changed_part_is_found(
        self, rule: str, place: int, path: tuple[str, ...], value: object
    ) -> None:
        statements = self.session()
        launch = self.launch
        if rule == "10.2.1.0-6":
            template = {"extensions": {SESSION: "s", "https://e.org/template": "y"}}
            launch = Launch("s", "r", "https://e.org/a", KARI, template, "Normal", 0.75)
            for statement in statements:
                statement["context"]["extensions"]["https://e.org/template"] = "y"
        part = statements[place]
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = value
        assert any(rule in line for line in breaches(statements, [launch]))

    @pytest.mark.parametrize(
        ("rule", "order"),
        [
            ("9.3.0.0-4", (1, 0, 3)),
            ("9.3.0.0-5", (0, 3, 1)),
            ("9.3.0.0-2", (0, 0, 3)),
            ("9.3.0.0-6", (0, 2, 2, 3)),
        ],
    )
    def test_another_order_is_found(self, rule: str, order: tuple[int, ...]) -> None:
        session = self.session()
        found = breaches([session[place] for place in order], [self.launch])
        assert any(line.startswith(rule) for line in found)

    def test_failed_beside_and_after_passed_is_found(self) -> None:
        failed = self.said("failed", {"success": False, "duration": "PT9S"}, moveon=True)
        session = self.session()
        found = breaches([*session[:3], failed, session[3]], [self.launch])
        assert {line.split()[0] for line in found} == {"9.3.0.0-3", "9.3.0.0-8"}

    def test_a_voided_statement_is_found(self) -> None:
        voided = self.said("voided")
        voided["context"]["contextActivities"] = {}
        session = self.session()
        found = breaches([*session[:3], voided, session[3]], [self.launch])
        assert [line.split()[0] for line in found] == ["6.3.0.0-1"]

    def test_a_result_outside_normal_mode_is_found(self) -> None:
        launch = Launch("s", "r", "https://e.org/a", KARI, self.launch.template, "Review", 0.75)
        assert any(line.startswith("10.2.2.0") for line in breaches(self.session(), [launch]))
