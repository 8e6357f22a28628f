"""The LMS's own statements are held to the same rules as everybody's."""

from __future__ import annotations

from kurspakke.preview.cmi5 import terms
from kurspakke.xapi.validate import problems
from tests.launching import Person, World, au, block, cmi5


def test_the_lmss_own_statements_are_valid_xapi() -> None:
    world = World(cmi5(block("1", au("1", move_on="NotApplicable")), au("2", more=" masteryScore='0.5'")))
    world.launch("https://kurs.example/au2").begins()
    world.launches.enrolments.waive("kurs", Person(), "https://kurs.example/au2", "Tested Out")
    world.launch("https://kurs.example/au1").begins().says("terminated")
    statements = world.records.statements
    assert {"launched", "satisfied", "waived", "abandoned"} <= set(world.records.verbs())
    assert [problem for each in statements for problem in problems(each)] == []


def test_what_cmi5_defines_is_found_without_all_the_rest() -> None:
    world = World(cmi5(au()))
    player = world.launch().begins()
    allowed = player.statement("experienced")
    allowed["context"]["contextActivities"]["category"] = []
    assert player.sends(allowed) == []
    player.says("completed")
    registration = player.launch.registration
    found = world.records.defined("kurs", registration)
    assert [terms.short(each["verb"]["id"]) for each in found] == [
        "launched",
        "initialized",
        "completed",
        "satisfied",
    ]
    assert len(world.records.of_registration("kurs", registration)) == 5
    assert world.records.has("kurs", allowed["id"])
    assert not world.records.has("annet", allowed["id"])
