"""The learner's choice to keep what they write in the LMS too: off, remembered, on every device, and taken back."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, expect

from kurspakke.words import words
from tests.browser import faulty
from tests.browser.test_accessibility import violations
from tests.conformance import launchers
from tests.conformance.launchers import KARI
from tests.lms import apihost
from tests.lms.apihost import ApiHost
from tests.playing import Learner, leave
from tests.waiting import PATIENCE, until

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("sharing")]
WORDS = words("nb")
NOTE = "[data-note='post.sist']"
Device = Callable[[], BrowserContext]


@pytest.fixture(scope="module")
def lms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiHost]:
    with apihost.running(tmp_path_factory.mktemp("strict"), "strict") as host:
        yield host


@pytest.fixture
def course(lms: ApiHost, built: Path) -> str:
    return lms.add(next(built.glob("*-post-nb-scorm12.zip")))


class Visit:
    """A learner who has opened the package on a device."""

    def __init__(self, lms: ApiHost, course: str, context: BrowserContext, *, mode: str = "normal") -> None:
        self.lms, self.course = lms, course
        self.page, self.frame = lms.open(course, context, mode=mode)
        self.learner = Learner(self.frame)
        self.box = self.frame.get_by_role("checkbox", name=WORDS["share"])
        self.note = self.frame.locator(NOTE)

    def write(self, text: str) -> None:
        """Fill in the note, and be done with it."""
        self.learner.go_to("post.gjore")
        self.note.fill(text)
        self.note.blur()

    def leave(self) -> None:
        """Close it; what was sent on the way has arrived."""
        leave(self.page)
        self.holds(lambda _: self.lms.calls(self.course)[-1].name == "LMSFinish")

    def holds(self, true: Callable[[str], bool]) -> str:
        """What the LMS holds, as soon as that is so."""
        end = time.monotonic() + PATIENCE
        while not true(held := self.lms.stored(self.course).suspend_data or ""):
            assert time.monotonic() < end, held
            time.sleep(0.05)
        return held


def shared(held: str) -> str:
    """The section with the notes in a state."""
    return next((part[1:] for part in held.split(".") if part.startswith("k")), "")


def note_page(frame: Frame) -> str:
    """The page that the note stands on."""
    return frame.locator(NOTE).evaluate("area => area.closest('[data-page]').dataset.page")


def test_the_note_stands_where_the_tests_say(lms: ApiHost, course: str, device: Device) -> None:
    assert note_page(Visit(lms, course, device()).frame) == "post.gjore"


def test_off_until_chosen_then_on_every_device(lms: ApiHost, course: str, device: Device) -> None:
    here = Visit(lms, course, device())
    expect(here.box).not_to_be_checked()
    here.write("Vi må snakke med innbyggerne.")
    expect(here.frame.locator("[id='post.sist_where']")).to_have_text(WORDS["notes_local"])
    assert "innbyggerne" not in json.dumps([call.given for call in lms.calls(course)])
    assert shared(here.holds(lambda held: held != "")) == ""
    here.box.check()
    assert "innbyggerne" in here.holds(lambda held: shared(held) != "")
    expect(here.frame.locator("[id='post.sist_where']")).to_have_text(WORDS["share_kept"])
    here.leave()

    there = Visit(lms, course, device())
    expect(there.box).to_be_checked()
    expect(there.note).to_have_value("Vi må snakke med innbyggerne.")
    there.write("Vi har snakket med dem.")
    there.holds(lambda held: "snakket" in shared(held))
    there.leave()
    assert not any("comments" in call.given[0] for call in lms.calls(course) if call.given)
    assert not any(
        "snakke" in json.dumps(call.given) for call in lms.calls(course) if "interactions" in call.given[0:1]
    )


def test_the_newest_text_stands(lms: ApiHost, course: str, device: Device) -> None:
    mine, yours = device(), device()
    first = Visit(lms, course, mine)
    first.write("en")
    first.box.check()
    first.holds(lambda held: shared(held) != "")
    first.leave()
    second = Visit(lms, course, yours)
    expect(second.note).to_have_value("en")
    second.write("to")
    second.holds(lambda held: "to" in shared(held))
    second.leave()
    third = Visit(lms, course, mine)
    expect(third.note).to_have_value("to")
    third.write("")
    third.holds(lambda held: "null" in shared(held))
    third.leave()
    expect(Visit(lms, course, yours).note).to_have_value("")


def test_texts_from_before_they_were_kept_together_are_both_kept(
    lms: ApiHost, course: str, device: Device
) -> None:
    mine, yours = device(), device()
    first = Visit(lms, course, yours)
    first.write("skrevet her først")
    first.leave()
    second = Visit(lms, course, mine)
    second.write("skrevet der etterpå")
    second.box.check()
    second.holds(lambda held: "etterp" in shared(held))
    second.leave()
    expect(Visit(lms, course, yours).note).to_have_value("skrevet der etterpå\n\nskrevet her først")


def test_unticking_takes_it_away_again_on_every_device(lms: ApiHost, course: str, device: Device) -> None:
    mine, yours = device(), device()
    first = Visit(lms, course, mine)
    first.write("angret")
    first.box.check()
    first.holds(lambda held: "angret" in shared(held))
    first.leave()
    second = Visit(lms, course, yours)
    expect(second.box).to_be_checked()
    second.box.uncheck()
    second.holds(lambda held: shared(held) == "")
    expect(second.note).to_have_value("angret")
    expect(second.frame.locator("[id='post.sist_where']")).to_have_text(WORDS["notes_local"])
    second.leave()
    third = Visit(lms, course, mine)
    expect(third.box).not_to_be_checked()
    expect(third.note).to_have_value("angret")
    third.write("bare her")
    third.leave()
    assert shared(lms.stored(course).suspend_data or "") == ""


def test_deleting_the_notes_deletes_them_there_too(lms: ApiHost, course: str, device: Device) -> None:
    here = Visit(lms, course, device())
    here.write("hemmelig")
    here.box.check()
    here.holds(lambda held: "hemmelig" in shared(held))
    here.frame.get_by_role("button", name=WORDS["delete_notes"]).click()
    here.holds(lambda held: "hemmelig" not in held)
    expect(here.box).to_be_checked()
    here.frame.get_by_role("button", name=WORDS["undo"]).click()
    here.holds(lambda held: "hemmelig" in shared(held))
    here.frame.get_by_role("button", name=WORDS["delete_notes"]).click()
    here.holds(lambda held: "hemmelig" not in held)
    here.leave()
    expect(Visit(lms, course, device()).note).to_have_value("")


def test_what_does_not_fit_stays_here_and_the_learner_is_told(
    lms: ApiHost, course: str, device: Device
) -> None:
    mine = device()
    here = Visit(lms, course, mine)
    here.box.check()
    here.write("kort")
    here.holds(lambda held: "kort" in shared(held))
    # Numbers in no order: nothing in them is said twice.
    long = " ".join(str(number * number * 7919 % 99991) for number in range(1, 1500))
    here.write(long)
    too_long = re.compile("tegn for langt for læringsplattformen")
    expect(here.frame.get_by_text(too_long)).to_be_visible()
    held = here.holds(lambda held: "kort" not in shared(held))
    assert shared(held), "the choice still stands"
    here.leave()
    again = Visit(lms, course, mine)
    expect(again.note).to_have_value(long)
    expect(again.frame.get_by_text(too_long)).to_be_visible()
    again.write("kort igjen")
    again.holds(lambda held: "kort_igjen" in shared(held))
    expect(again.frame.get_by_text(too_long)).to_have_count(0)
    written = [
        call.given[1]
        for call in lms.calls(course)
        if call.given[:1] == ("cmi.suspend_data",) and call.given[1:]
    ]
    assert max(map(len, written)) <= 4096
    assert all(call.error == "0" for call in lms.calls(course) if call.name == "LMSSetValue")


def test_a_damaged_section_is_ignored_and_the_rest_is_not(
    lms: ApiHost, course: str, built: Path, device: Device
) -> None:
    first = Visit(lms, course, device())
    first.write("borte")
    first.box.check()
    first.learner.go_to("post.svare")
    first.holds(lambda held: "borte" in shared(held))
    first.leave()
    held = lms.stored(course).suspend_data or ""
    payload = held[5:].replace(shared(held), shared(held)[:9] + ",zz")
    fresh = lms.add(next(built.glob("*-post-nb-scorm12.zip")))
    lms.seed(fresh, {"cmi.suspend_data": f"1{checksum(payload)}{payload}"})
    second = Visit(lms, fresh, device())
    assert second.learner.page() == "post.svare"
    expect(second.note).to_have_value("")
    expect(second.box).to_be_checked()
    second.write("på nytt")
    second.holds(lambda held: "_nytt" in shared(held))


def checksum(payload: str) -> str:
    """As state.ts has it."""
    value = 0x811C9DC5
    for sign in payload:
        value = ((value ^ ord(sign)) * 0x01000193) & 0xFFFFFFFF
    bits = (value >> 24) ^ (value & 0xFFFFFF)
    signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return "".join(signs[bits >> shift & 63] for shift in (18, 12, 6, 0))


@pytest.mark.parametrize("mode", ["review", "browse"])
def test_not_offered_where_nothing_is_saved(lms: ApiHost, course: str, device: Device, mode: str) -> None:
    visit = Visit(lms, course, device(), mode=mode)
    expect(visit.frame.get_by_text(WORDS["review_mode"])).to_be_visible()
    expect(visit.box).to_have_count(0)
    visit.write("bare her")
    visit.leave()
    assert not any(call.name == "LMSSetValue" for call in lms.calls(course))


def test_not_offered_without_an_lms(lms: ApiHost, course: str, device: Device) -> None:
    _, frame = lms.open(course, device(), api="none")
    Learner(frame)
    expect(frame.get_by_text(WORDS["no_lms"])).to_be_visible()
    expect(frame.get_by_role("checkbox", name=WORDS["share"])).to_have_count(0)


def test_an_lms_that_turns_up_late_gives_its_copy_to_the_sitting(
    built: Path, device: Device, tmp_path: Path
) -> None:
    with faulty.running(tmp_path) as lms:
        course = lms.add(next(built.glob("*-post-nb-scorm12.zip")))
        page, frame = lms.open(course, device())
        Learner(frame).go_to("post.gjore")
        frame.get_by_role("checkbox", name=WORDS["share"]).check()
        frame.locator(NOTE).fill("fra den andre maskinen")
        frame.locator(NOTE).blur()
        until(lambda: "andre" in shared(lms.stored(course).suspend_data or ""))
        leave(page)
        page, frame = lms.open(course, device(), late="6000")
        learner = Learner(frame)
        expect(frame.get_by_role("checkbox", name=WORDS["share"])).to_have_count(0)
        expect(frame.locator(NOTE)).to_have_value("fra den andre maskinen")
        expect(frame.get_by_role("checkbox", name=WORDS["share"])).to_be_checked()
        learner.go_to("post.gjore")
        frame.locator(NOTE).fill("og fra denne")
        frame.locator(NOTE).blur()
        until(lambda: "denne" in shared(lms.stored(course).suspend_data or ""))


@pytest.mark.parametrize("kind", ["xapi", "cmi5"])
def test_in_a_record_store_it_stands_in_the_state_document_and_nowhere_else(
    kind: str, built: Path, device: Device, tmp_path: Path
) -> None:
    with {"xapi": launchers.tincan, "cmi5": launchers.cmi5}[kind](tmp_path) as launch:
        course = launch.add(next(built.glob(f"*-post-nb-{kind}.zip")))
        lrs, known = launch.content.lrs, launch.content.course(course)

        def document() -> str:
            return (lrs.state(known.activity, KARI, "suspendData", known.registration) or b"").decode()

        def opened() -> tuple[Page, Frame]:
            page, frame = launch.open(course, device())
            Learner(frame).go_to("post.gjore")
            return page, frame

        def holds(true: Callable[[str], bool]) -> None:
            end = time.monotonic() + PATIENCE
            while not true(document()):
                assert time.monotonic() < end, document()
                page.wait_for_timeout(50)

        def left(sessions: int) -> None:
            """Whoever has left is not back before the record store has heard the last word of the session."""
            leave(page)
            until(lambda: kind == "xapi" or len(lrs.said("terminated")) >= sessions)
            lrs.settle()  # what was sent with it may come after it

        page, frame = opened()
        frame.get_by_role("checkbox", name=WORDS["share"]).check()
        frame.locator(NOTE).fill("Et svar om innbyggerne")
        frame.locator(NOTE).blur()
        holds(lambda text: "innbyggerne" in text)
        assert violations(page) == []
        left(1)
        page, frame = opened()
        expect(frame.locator(NOTE)).to_have_value("Et svar om innbyggerne")
        frame.get_by_role("checkbox", name=WORDS["share"]).uncheck()
        holds(lambda text: "innbyggerne" not in text)
        left(2)
        assert "innbyggerne" not in json.dumps(lrs.statements)
        assert [refusal for refusal in lrs.refusals if not refusal.startswith("404 GET")] == []
