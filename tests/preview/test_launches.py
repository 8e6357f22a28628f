from __future__ import annotations

import base64
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from kurspakke.filetree import FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import Package
from kurspakke.preview.cmi5 import terms
from kurspakke.preview.launchaddress import content_address, with_parameters
from kurspakke.preview.launchstore import SqliteLaunchStore
from kurspakke.preview.sessions import Mode
from tests.launching import AU, COURSE, OFFER_ID, PORT, Kept, Person, World, au, cmi5, tincan

HOME = f"http://{OFFER_ID}.localhost:{PORT}/content/{OFFER_ID}/"


# Tin Can


def test_a_tin_can_launch_hands_over_what_the_convention_names() -> None:
    player = World(tincan()).launch()
    assert player.launch.url.startswith(f"{HOME}index.html?")
    assert list(player.query) == ["endpoint", "auth", "actor", "registration", "activity_id"]
    assert player.query["endpoint"] == f"http://127.0.0.1:{PORT}/xapi/"
    assert player.query["activity_id"] == "https://kurs.example/aktivitet"
    assert json.loads(player.query["actor"])["name"] == "Kari Ødegård"
    assert player.query["auth"] == f"Basic {player.launch.token}"


def test_nothing_in_a_launch_address_depends_on_how_a_plus_is_read() -> None:
    assert "+" not in World(tincan()).launch().launch.url


def test_a_tin_can_token_opens_its_own_packages_part_of_the_lrs() -> None:
    world = World(tincan())
    player = world.launch()
    grant = world.launches.allows(player.query["auth"])
    assert grant is not None
    assert (grant.space, grant.label) == ("kurs", player.launch.session)
    assert "account" in grant.authority


@pytest.mark.parametrize(
    "header", ["", "Basic", "Basic x", "Bearer {token}", "Basic {token}x", "{token}", "Basic \ud800"]
)
def test_nothing_else_opens_the_lrs(header: str) -> None:
    world = World(tincan())
    token = world.launch().launch.token or ""
    assert world.launches.allows(header.format(token=token)) is None
    grant, why = world.launches.refusal(header.format(token=token))
    assert (grant, " / " in why) == (None, True)


def test_a_token_has_the_form_of_basic_credentials() -> None:
    token = World(tincan()).launch().launch.token
    name, colon, secret = base64.b64decode(token or "", validate=True).decode().partition(":")
    assert (name, colon, len(secret)) == ("launch", ":", 48)


def test_two_tin_can_launches_may_live_side_by_side_in_one_registration() -> None:
    world = World(tincan())
    first, second = world.launch(), world.launch()
    assert first.launch.token != second.launch.token
    assert first.launch.registration == second.launch.registration
    assert world.launches.allows(first.query["auth"])
    assert world.launches.allows(second.query["auth"])
    assert world.records.statements == []


def test_a_token_ends_a_day_after_its_launch() -> None:
    world = World(tincan())
    player = world.launch()
    world.clock.passes(hours=23)
    assert world.launches.allows(player.query["auth"])
    world.clock.passes(hours=2)
    assert world.launches.allows(player.query["auth"]) is None
    grant, why = world.launches.refusal(player.query["auth"])
    assert "too long ago" in why
    assert grant
    assert grant.space == "kurs"


def test_what_is_not_there_can_not_be_launched() -> None:
    with pytest.raises(KurspakkeError, match="nothing to launch called https://andre"):
        World(tincan()).launch("https://andre")
    with pytest.raises(KurspakkeError, match="anything"):
        World(Package("tom.zip", FileTree({}))).launch()


# Addresses


@pytest.mark.parametrize(
    ("url", "home", "address"),
    [
        ("index.html", "", f"{HOME}index.html"),
        ("index.html", "kurs/", f"{HOME}kurs/index.html"),
        (
            "a b/blåbær%20%25.html?x=1&y=%C3%B8#side",
            "",
            f"{HOME}a%20b/bl%C3%A5b%C3%A6r%20%25.html?x=1&y=%C3%B8#side",
        ),
        ("./sub/../index.html", "", f"{HOME}index.html"),
        (" https://annet.example/a?b=1 ", "", "https://annet.example/a?b=1"),
    ],
)
def test_content_is_found_where_the_manifest_says(url: str, home: str, address: str) -> None:
    assert content_address(OFFER_ID, PORT, home, url) == address


@pytest.mark.parametrize(
    ("address", "result"),
    [
        ("http://a/b", "http://a/b?actor=%7B%7D"),
        ("http://a/b?", "http://a/b?actor=%7B%7D"),
        ("http://a/b?x=1&x=2#c?d", "http://a/b?x=1&x=2&actor=%7B%7D#c?d"),
        ("http://a/b?actor=someone&act%6Fr&x", "http://a/b?x&actor=%7B%7D"),
    ],
)
def test_the_own_query_is_kept_and_the_launch_wins(address: str, result: str) -> None:
    assert with_parameters(address, {"actor": "{}"}) == result


def test_a_files_own_query_stays_in_the_launch_address() -> None:
    for world in (
        World(tincan("index.html?spr%C3%A5k=nb&amp;x")),
        World(cmi5(au(url="index.html?spr%C3%A5k=nb&amp;x"))),
    ):
        query = parse_qsl(urlsplit(world.launch().launch.url).query, keep_blank_values=True)
        assert query[:2] == [("språk", "nb"), ("x", "")]
        assert len(query) == 7


# cmi5: the launch (8.1)


def test_a_cmi5_launch_hands_over_the_five_parameters() -> None:
    """8.1.0.0-4, -5, -8; 8.1.1.0-1; 8.1.2.0-1; 8.1.3.0-1; 8.1.4.0-1; 8.1.5.0-2; 9.2.0.0-2, -3."""
    player = World(cmi5(au())).launch()
    assert list(player.query) == ["endpoint", "fetch", "actor", "registration", "activityId"]
    assert player.query["fetch"].startswith(
        f"http://{OFFER_ID}.localhost:{PORT}/lms/{OFFER_ID}/fetch?launch="
    )
    actor = json.loads(player.query["actor"])
    assert actor["objectType"] == "Agent"
    assert actor["account"]["name"] == "kari"
    assert player.launch.token is None


def test_the_activity_id_is_the_lmss_own_and_stays_the_same() -> None:
    """8.1.5.0-1, -3, -4."""
    world = World(cmi5(au("1"), au("2")))
    ids = [world.launch(unit).query["activityId"] for unit in (f"{AU}1", f"{AU}2", f"{AU}1")]
    other = world.launch(f"{AU}1", learner=Person("per", "Per")).query["activityId"]
    assert ids[0] == ids[2] == other != ids[1]
    assert AU not in "".join(ids)


def test_a_second_launch_resumes_the_registration_until_a_new_one_is_asked_for() -> None:
    world = World(cmi5(au()))
    first, second = world.launch(), world.launch()
    assert first.launch.registration == second.launch.registration
    assert first.launch.session != second.launch.session
    assert world.launch(learner=Person("per", "Per")).launch.registration != first.launch.registration
    anew = world.launches.enrolments.anew("kurs", Person())
    assert world.launch().launch.registration == anew != first.launch.registration


def test_an_au_that_asks_for_its_own_window_is_known() -> None:
    """8.1.0.0-2, -3."""
    assert World(cmi5(au(more=" launchMethod='OwnWindow'"))).launch().launch.own_window
    assert not World(cmi5(au())).launch().launch.own_window


# cmi5: the fetch address (8.2)


def test_the_token_is_given_once_and_only_then_opens_the_lrs() -> None:
    """8.2.1.0-4; 8.2.2.0-1; 8.2.3.0-1; 8.1.2.0-2."""
    world = World(cmi5(au()))
    player = world.launch()
    answer = player.fetches()
    assert list(answer) == ["auth-token"]
    assert world.launches.allows(f"Basic {answer['auth-token']}")
    assert world.launches.allows(f"basic  {answer['auth-token']}")
    again = player.fetches()
    assert again["error-code"] == "1"
    assert set(again) == {"error-code", "error-text"}
    assert world.launches.allows(f"Basic {answer['auth-token']}")


def test_of_many_that_ask_at_once_one_gets_the_token(tmp_path: Path) -> None:
    world = World(cmi5(au()), store=SqliteLaunchStore(tmp_path / "launches.sqlite"))
    key = parse_qs(urlsplit(world.launch().query["fetch"]).query)["launch"][0]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: world.launches.fetch("kurs", key), range(40)))
    assert sum("auth-token" in answer for answer in answers) == 1


def test_another_package_can_not_fetch_the_token() -> None:
    world = World(cmi5(au()))
    player = world.launch()
    key = parse_qs(urlsplit(player.query["fetch"]).query)["launch"][0]
    assert world.launches.fetch("annet kurs", key)["error-code"] == "2"
    assert world.launches.fetch("kurs", "gjettet")["error-code"] == "2"
    assert "auth-token" in world.launches.fetch("kurs", key)


def test_an_abandoned_session_gets_no_token() -> None:
    world = World(cmi5(au()))
    player = world.launch()
    world.launch()
    assert player.fetches()["error-code"] == "1"


# cmi5: LMS.LaunchData (10) and launched (9.3.1)


def test_the_launch_data_say_what_the_course_structure_says() -> None:
    """10.1.0.0-1 to -5; 10.2.1.0-1 to -3; 10.2.2.0-4; 10.2.3.0-1; 10.2.4.0-1; 10.2.5.0-1; 10.2.7.0-1; 9.6.2.3-1."""
    inside = "<launchParameters> Start=1 </launchParameters><entitlementKey>xyz-1</entitlementKey>"
    world = World(cmi5(au(more=" masteryScore='0.85' launchMethod='OwnWindow'", inside=inside)))
    player = world.launch(mode=Mode.BROWSE, back="http://127.0.0.1/ferdig")
    data = world.records.launch_data(player.query)
    grouping = data["contextTemplate"]["contextActivities"]["grouping"]
    assert [each["id"] for each in grouping] == [AU, COURSE]
    assert data["contextTemplate"]["extensions"] == {terms.SESSION_ID: player.launch.session}
    assert {name: value for name, value in data.items() if name != "contextTemplate"} == {
        "launchMode": "Browse",
        "launchMethod": "OwnWindow",
        "launchParameters": "Start=1",
        "masteryScore": 0.85,
        "moveOn": "Completed",
        "returnURL": "http://127.0.0.1/ferdig",
        "entitlementKey": {"courseStructure": "xyz-1"},
    }


def test_what_the_course_structure_leaves_out_is_left_out_or_has_its_default() -> None:
    world = World(cmi5(au(move_on=None, more=" masteryScore='1,5'")))
    data = world.records.launch_data(world.launch().query)
    assert set(data) == {"contextTemplate", "launchMode", "launchMethod", "moveOn"}
    assert data["moveOn"] == "NotApplicable"
    assert data["launchMethod"] == "AnyWindow"


def test_launched_is_said_before_the_au_is_opened() -> None:
    """9.3.1.0-1, -2; 9.6.2.3-2; 9.6.3.1-3; 9.6.3.2-1; 9.6.3.3-1; 9.6.3.4-1; 9.6.3.6-1; 9.6.3.7-1."""
    inside = "<launchParameters>Start=1</launchParameters>"
    world = World(cmi5(au(more=" masteryScore='0.5'", inside=inside, url="index.html?a=1")))
    player = world.launch(mode=Mode.REVIEW)
    (launched,) = world.records.said("launched")
    context = launched["context"]
    assert launched["object"]["id"] == player.query["activityId"]
    assert context["registration"] == player.launch.registration
    assert [each["id"] for each in context["contextActivities"]["category"]] == [terms.CATEGORY]
    assert context["contextActivities"]["grouping"][0]["id"] == AU
    assert context["extensions"] == {
        terms.SESSION_ID: player.launch.session,
        terms.LAUNCH_MODE: "Review",
        terms.LAUNCH_URL: f"{HOME}index.html?a=1",
        terms.MOVE_ON: "Completed",
        terms.MASTERY_SCORE: 0.5,
        terms.LAUNCH_PARAMETERS: "Start=1",
    }
    assert launched["timestamp"].endswith("Z")


# From run to run


def test_registrations_and_tokens_outlive_the_server(tmp_path: Path) -> None:
    path, records = tmp_path / "launches.sqlite", Kept()
    store = SqliteLaunchStore(path)
    first = World(cmi5(au()), records, store).launch().begins()
    store.close()
    again = World(cmi5(au()), records, SqliteLaunchStore(path))
    assert again.launches.allows(first.authorization)
    assert again.launch().launch.registration == first.launch.registration
    assert records.verbs() == ["launched", "initialized", "abandoned", "launched"]


def test_the_file_holds_no_secret(tmp_path: Path) -> None:
    path = tmp_path / "launches.sqlite"
    store = SqliteLaunchStore(path)
    player = World(cmi5(au()), store=store).launch().begins()
    store.close()
    key = parse_qs(urlsplit(player.query["fetch"]).query)["launch"][0]
    written = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert player.launch.session.encode() in written
    assert key.encode() not in written
    assert player.authorization.partition(" ")[2].encode() not in written


def test_a_file_that_is_none_of_ours_is_told(tmp_path: Path) -> None:
    path = tmp_path / "launches.sqlite"
    path.write_text("noe helt annet, og langt nok til å ligne" * 40)
    with pytest.raises(KurspakkeError, match="nothing can be kept in"):
        SqliteLaunchStore(path)


def test_what_is_forgotten_is_gone() -> None:
    world = World(cmi5(au()))
    player = world.launch().begins()
    other = world.launch(learner=Person("per", "Per")).begins()
    world.store.forget("kurs", "kari")
    assert world.launches.allows(player.authorization) is None
    assert world.launches.allows(other.authorization)
    assert world.launch().launch.registration != player.launch.registration
