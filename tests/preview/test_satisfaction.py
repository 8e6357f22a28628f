from __future__ import annotations

import pytest

from kurspakke.preview.cmi5 import terms
from kurspakke.preview.cmi5.satisfaction import Progress, due, is_met, progress_of, satisfied_parts
from kurspakke.preview.launchable import course_of
from kurspakke.preview.sessions import Mode, given_id
from tests.launching import AU, BLOCK, COURSE, Person, World, au, block, cmi5

CRITERIA = ("Passed", "Completed", "CompletedAndPassed", "CompletedOrPassed", "NotApplicable")
MET = {
    (): {"NotApplicable"},
    ("completed",): {"Completed", "CompletedOrPassed", "NotApplicable"},
    ("passed",): {"Passed", "CompletedOrPassed", "NotApplicable"},
    ("completed", "passed"): set(CRITERIA),
    ("failed",): {"NotApplicable"},
    ("completed", "failed"): {"Completed", "CompletedOrPassed", "NotApplicable"},
    ("waived",): set(CRITERIA),
}


@pytest.mark.parametrize("verbs", MET)
@pytest.mark.parametrize("criterion", CRITERIA)
def test_an_au_is_satisfied_by_its_move_on(verbs: tuple[str, ...], criterion: str) -> None:
    """9.3.3.0-3; 9.3.4.0-4; 9.3.9 (waived)."""
    said = frozenset(getattr(terms, verb.upper()) for verb in verbs)
    assert is_met(criterion, said) == (criterion in MET[verbs])


def test_no_move_on_is_not_applicable_and_an_unknown_one_is_never_met() -> None:
    assert is_met(None, frozenset())
    assert not is_met("Fullført", frozenset({terms.COMPLETED, terms.PASSED}))


def parts(said: dict[str, str], *tree: str) -> list[str]:
    """The ids of the blocks and the course that are satisfied."""
    found = course_of(cmi5(*tree))
    assert found
    known = Progress(
        {given_id("kurs", "au", AU + name): frozenset({getattr(terms, verb)}) for name, verb in said.items()}
    )
    return [part.id or "" for part in satisfied_parts("kurs", *found, known)]


TREE = (block("1", au("a"), block("2", au("b"))), au("c"))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", []),
        ("a", []),
        ("b", [f"{BLOCK}2"]),
        ("ab", [f"{BLOCK}2", f"{BLOCK}1"]),
        ("c", []),
        ("abc", [f"{BLOCK}2", f"{BLOCK}1", COURSE]),
    ],
)
def test_blocks_are_satisfied_from_within_and_the_course_last(said: str, expected: list[str]) -> None:
    """9.3.9.0-1, -5."""
    assert parts(dict.fromkeys(said, "COMPLETED"), *TREE) == expected


def test_what_was_told_is_not_due_again() -> None:
    found = course_of(cmi5(*TREE))
    assert found
    done = {given_id("kurs", "au", AU + name): frozenset({terms.COMPLETED}) for name in "abc"}
    told = frozenset({given_id("kurs", "block", f"{BLOCK}1")})
    assert [part.id for part in due("kurs", *found, Progress(done, told))] == [f"{BLOCK}2", COURSE]


def test_statements_without_the_categories_count_for_nothing() -> None:
    player = World(cmi5(au())).launch().begins()
    good = player.statement("completed")
    plain = player.statement("completed")
    plain["context"]["contextActivities"]["category"] = {"id": terms.CATEGORY}
    single = player.statement("completed")
    single["context"]["contextActivities"]["category"] = [{"id": terms.MOVE_ON_CATEGORY}]
    activity = player.query["activityId"]
    assert progress_of([good]).said == {activity: frozenset({terms.COMPLETED})}
    assert progress_of([plain, single]).said == {}


# As it happens


def satisfied(world: World) -> list[str]:
    return [
        each["context"]["contextActivities"]["grouping"][0]["id"] for each in world.records.said("satisfied")
    ]


def test_the_lms_says_satisfied_once_as_the_learner_goes_along() -> None:
    """9.3.9.0-1 to -9; 9.6.2.3-2."""
    world = World(cmi5(*TREE))
    world.launch(f"{AU}b").begins().says("completed", "terminated")
    assert satisfied(world) == [f"{BLOCK}2"]
    world.launch(f"{AU}a").begins().says("completed", "terminated")
    assert satisfied(world) == [f"{BLOCK}2", f"{BLOCK}1"]
    last = world.launch(f"{AU}c").begins()
    last.says("completed")
    assert satisfied(world) == [f"{BLOCK}2", f"{BLOCK}1", COURSE]
    *blocks, course = world.records.said("satisfied")
    assert {each["object"]["definition"]["type"] for each in blocks} == {terms.BLOCK}
    assert course["object"]["definition"]["type"] == terms.COURSE
    assert course["object"]["definition"]["name"] == {"nb": "Kurs", "en": "Kurs (en)"}
    assert course["context"]["extensions"][terms.SESSION_ID] == last.launch.session
    assert course["context"]["registration"] == last.launch.registration
    ids = {each["object"]["id"] for each in (*blocks, course)}
    assert len(ids) == 3
    assert not ids & {f"{BLOCK}1", f"{BLOCK}2", COURSE}
    again = world.launch(f"{AU}a").begins()
    again.says("passed", "terminated")
    assert len(satisfied(world)) == 3


def test_a_course_that_asks_for_nothing_is_satisfied_at_registration() -> None:
    """9.6.1.1-3; 9.3.9 (a session id of its own)."""
    world = World(cmi5(au(move_on="NotApplicable")))
    player = world.launch()
    assert world.records.verbs() == ["satisfied", "launched"]
    (said,) = world.records.said("satisfied")
    assert said["context"]["extensions"][terms.SESSION_ID] != player.launch.session
    assert said["context"]["registration"] == player.launch.registration
    world.launch()
    assert len(world.records.said("satisfied")) == 1


def test_a_new_registration_is_satisfied_anew() -> None:
    world = World(cmi5(au()))
    world.launch().begins().says("completed", "terminated")
    world.launches.enrolments.anew("kurs", Person())
    assert world.launches.enrolments.standing("kurs", Person()) == {AU: False}
    world.launch().begins().says("completed")
    assert satisfied(world) == [COURSE, COURSE]


def test_the_standing_of_each_au_is_known() -> None:
    world = World(cmi5(au("1", move_on="CompletedAndPassed"), au("2", move_on="NotApplicable")))
    standing = world.launches.enrolments.standing
    assert standing("kurs", Person()) == {f"{AU}1": False, f"{AU}2": True}
    player = world.launch(f"{AU}1").begins()
    player.says("completed")
    assert standing("kurs", Person())[f"{AU}1"] is False
    player.says("passed")
    assert standing("kurs", Person())[f"{AU}1"] is True
    assert standing("kurs", Person("per", "Per"))[f"{AU}1"] is False
    assert standing("annet", Person()) == {}


def test_failed_and_browse_satisfy_nothing() -> None:
    world = World(cmi5(au(move_on="CompletedOrPassed")))
    world.launch().begins().says("failed", "terminated")
    browsing = world.launch(mode=Mode.BROWSE).begins()
    assert browsing.says("completed") == ["10.2.2.0-2"]
    assert satisfied(world) == []


# Waived (9.3.7)


def test_an_au_is_waived_once_with_its_reason() -> None:
    """9.3.0.0-11; 9.3.7.0-1 to -4; 9.5.2.0-1; 9.5.3.0-1; 9.5.5.2-1; 9.6.2.2-1."""
    world = World(cmi5(au("1"), au("2")))
    waive = world.launches.enrolments.waive
    (waived,) = waive("kurs", Person(), f"{AU}1", " Administrative ")
    assert waived["verb"]["id"] == terms.WAIVED
    assert waived["object"]["id"] == given_id("kurs", "au", f"{AU}1")
    assert waived["result"] == {
        "success": True,
        "completion": True,
        "extensions": {terms.REASON: "Administrative"},
    }
    context = waived["context"]
    assert {each["id"] for each in context["contextActivities"]["category"]} == {
        terms.CATEGORY,
        terms.MOVE_ON_CATEGORY,
    }
    assert context["contextActivities"]["grouping"][0]["id"] == f"{AU}1"
    sessions = [each["context"]["extensions"][terms.SESSION_ID] for each in world.records.statements]
    assert len(set(sessions)) == len(sessions)
    assert waive("kurs", Person(), f"{AU}1", "Tested Out") == ()
    _, satisfied = waive("kurs", Person(), f"{AU}2", "Tested Out")
    assert satisfied["verb"]["id"] == terms.SATISFIED
    assert world.launches.enrolments.standing("kurs", Person()) == {f"{AU}1": True, f"{AU}2": True}


def test_nothing_is_waived_without_a_reason_or_an_au() -> None:
    world = World(cmi5(au()))
    with pytest.raises(ValueError, match="reason"):
        world.launches.enrolments.waive("kurs", Person(), AU, "  ")
    assert world.launches.enrolments.waive("kurs", Person(), "https://andre", "Administrative") == ()
    assert world.records.statements == []
