"""scorm-again as a second, independent SCORM 1.2 API."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import BrowserContext

from tests.lms.apihost import ApiHost
from tests.lms.story import Story, finish
from tests.playing import Learner


def test_no_call_is_refused(scorm_again_lms: ApiHost, scorm_again_story: Story) -> None:
    assert scorm_again_story.lesson.questions
    calls = scorm_again_lms.calls("scorm-again-0")
    assert {call.name for call in calls} == {
        *("LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish")
    }
    assert [call for call in calls if call.error != "0"] == []


def test_its_own_data_model_holds_the_result(
    scorm_again_lms: ApiHost, scorm12_package: Path, desk: BrowserContext
) -> None:
    course = scorm_again_lms.add(scorm12_package)
    page, frame = scorm_again_lms.open(course, desk)
    learner = Learner(frame)
    finish(learner)
    page.wait_for_timeout(300)
    cmi = json.loads(page.evaluate("JSON.stringify(inside.cmi)"))
    assert cmi["core"]["lesson_status"] == "completed"
    assert (cmi["core"]["score"]["raw"], cmi["core"]["score"]["min"], cmi["core"]["score"]["max"]) == (
        "100",
        "0",
        "100",
    )
    assert cmi["core"]["lesson_location"] == learner.page()
    assert 5 < len(cmi["suspend_data"]) <= 4096
