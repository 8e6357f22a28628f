"""The preview's pages and what they ask for, all at one port."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from kurspakke.preview.desk import Desk
from kurspakke.preview.opening import opened
from kurspakke.preview.site import site
from tests.previewing import Reply, Served, serving_at

SOURCE = Path(__file__).parent.parent.parent / "course_source"


@dataclass(frozen=True)
class Running:
    served: Served
    desk: Desk

    def json(self, path: str, *, method: str = "GET", body: str = "") -> object:
        return json.loads(self.served.ask(path, method=method, body=body).body)

    def at(self, offer: str, path: str, *, method: str = "GET", body: str = "") -> Reply:
        return self.served.ask(path, method=method, body=body, host=f"{offer}.localhost:{self.served.port}")

    def island(self, reply: Reply) -> dict[str, object]:
        found = re.search(r'<script type="application/json" id="\w+">(.*?)</script>', reply.text, re.DOTALL)
        assert found
        value = json.loads(found[1])
        assert isinstance(value, dict)
        return value


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with ExitStack() as stack:
        desks: list[Desk] = []

        def made(port: int) -> ASGIApp:
            desks.append(stack.enter_context(opened((str(SOURCE),), None, port))[0])
            return site(desks[0])

        served = stack.enter_context(serving_at(made))
        yield Running(served, desks[0])


@pytest.fixture
def offer(running: Running) -> str:
    return next(each.id for each in running.desk.shelf.offers() if each.kind == "scorm12")


def test_the_first_page_lists_everything(running: Running) -> None:
    text = running.served.ask("/").text
    for offer in running.desk.shelf.offers():
        assert f'href="/p/{offer.id}"' in text
    assert "bokmål" in text
    assert '<html lang="en">' in running.served.ask("/?lang=en").text


def test_the_inspector_page_says_what_its_script_needs(running: Running, offer: str) -> None:
    reply = running.served.ask(f"/p/{offer}?learner=ase&trouble=slow,nonsense&lang=en")
    island = running.island(reply)
    assert island["package"] == offer
    assert str(island["lms"]).startswith(f"http://{offer}.localhost:{running.served.port}/lms/{offer}/?")
    assert "learner=ase" in str(island["lms"])
    assert island["trouble"] == ["slow"]
    assert f"frame-src http://*.localhost:{running.served.port}" in reply.headers["content-security-policy"]
    running.desk.troubles.switch(offer, [])
    assert running.served.ask("/p/00000000000000000000000000000000").status == 404


def test_a_launch_begins_a_session_and_what_it_commits_comes_back(running: Running, offer: str) -> None:
    first = running.island(running.at(offer, f"/lms/{offer}/?learner=per"))
    assert (first["attempt"], first["mode"]) == (1, "normal")
    values = {"cmi.core.lesson_status": "incomplete", "cmi.core.exit": "suspend", "cmi.suspend_data": "æ"}
    said = {
        "session": "s1",
        "learner": "per",
        "sco": first["sco"]["id"],  # type: ignore[index]
        "serial": 0,
        "values": values,
        "calls": [{"name": "LMSCommit"}],
    }
    assert running.at(offer, f"/lms/{offer}/attempt", method="POST", body=json.dumps(said)).status == 200
    again = running.island(running.at(offer, f"/lms/{offer}/?learner=per"))
    kept = again["kept"]
    assert isinstance(kept, dict)
    assert (kept["cmi.suspend_data"], kept["cmi.core.entry"]) == ("æ", "resume")
    assert kept["cmi.core.student_name"] == "Hansen, Per"
    (entry,) = again["toc"]  # type: ignore[misc]
    assert entry["status"] == "incomplete"
    others = running.island(running.at(offer, f"/lms/{offer}/?learner=kari"))["kept"]
    assert isinstance(others, dict)
    assert "cmi.suspend_data" not in others
    attempts = running.json(f"/api/attempts/{offer}?learner=per")
    assert isinstance(attempts, list)
    assert [(each["status"], each["calls"]) for each in attempts] == [("incomplete", said["calls"])]
    assert running.json(f"/api/attempts/{offer}?learner=per", method="DELETE") == {"forgotten": 1}
    assert running.json(f"/api/attempts/{offer}?learner=per") == []


@pytest.mark.parametrize(
    "body", ["", "[]", "{", '{"session": 1}', '{"session":"x","serial":"y","values":{}}', "[" * 100_000]
)
def test_what_is_no_commit_is_refused(running: Running, offer: str, body: str) -> None:
    assert running.at(offer, f"/lms/{offer}/attempt", method="POST", body=body).status == 400


@pytest.mark.parametrize("wrong", [{"learner": "nobody"}, {"mode": "exam"}])
def test_a_commit_of_nobody_we_know_is_not_taken(running: Running, offer: str, wrong: dict[str, str]) -> None:
    said = {"session": "x", "learner": "kari", "sco": "i", "serial": 0, "values": {}, **wrong}
    reply = running.at(offer, f"/lms/{offer}/attempt", method="POST", body=json.dumps(said))
    assert (reply.status, running.json(f"/api/attempts/{offer}")) == (400, [])


def test_the_pages_ask_for_findings_and_sizes(running: Running, offer: str) -> None:
    findings = running.json(f"/api/findings/{offer}")
    assert isinstance(findings, list)
    size = running.json(f"/api/size/{offer}")
    assert isinstance(size, dict)
    assert size["files"] > 10
    assert size["bytes"] >= size["largest"][0]["bytes"] > 0


def test_troubles_are_switched_by_name(running: Running, offer: str) -> None:
    on = {"on": ["slow", "lrs-409"]}
    path = f"/api/trouble/{offer}"
    assert running.json(path, method="POST", body=json.dumps(on)) == {"on": ["lrs-409", "slow"]}
    refused = running.served.ask(path, method="POST", body='{"on": ["nonsense"]}')
    assert (refused.status, "there is no nonsense" in refused.text) == (400, True)
    for wrong in ("[]", "{}", '{"on": "slow"}', "{", '{"on": [1]}', "x" * 70_000):
        assert running.served.ask(path, method="POST", body=wrong).status == 400
    assert running.desk.troubles.of(offer) == {"slow", "lrs-409"}
    running.desk.troubles.switch(offer, [])


def test_an_administrator_abandons_a_session_and_waives_an_au(running: Running) -> None:
    offer = next(each.id for each in running.desk.shelf.offers() if each.kind == "cmi5")
    unit = running.island(running.at(offer, f"/lms/{offer}/"))["sco"]
    assert isinstance(unit, dict)

    def said(what: str, **words: str) -> list[str]:
        body = json.dumps({"learner": "kari", **words})
        made = running.json(f"/api/{what}/{offer}", method="POST", body=body)
        assert isinstance(made, list)
        assert not any(each["problems"] for each in made)
        return [each["statement"]["verb"]["id"].rpartition("/")[2] for each in made]

    assert said("abandon") == ["abandoned"]
    assert said("abandon") == []
    assert said("waive", unit=unit["id"], reason="Tested Out") == ["waived", "satisfied"]
    assert said("waive", unit=unit["id"], reason="Tested Out") == []
    for words in ({"unit": unit["id"], "reason": " "}, {"reason": "Tested Out"}, {"learner": "ingen"}):
        body = json.dumps({"learner": "kari", **words})
        assert running.served.ask(f"/api/waive/{offer}", method="POST", body=body).status == 400
    assert running.served.ask(f"/api/abandon/{offer}", method="POST", body="{}").status == 400


def test_learners_can_be_added(running: Running) -> None:
    added = running.json("/api/learners", method="POST", body='{"name": "Åsmund Ærlig"}')
    assert isinstance(added, dict)
    assert added["name"] == "Åsmund Ærlig"
    assert running.served.ask("/api/learners", method="POST", body='{"name": " "}').status == 400


def test_other_origins_get_nothing(running: Running, offer: str) -> None:
    foreign = f"http://{offer}.localhost:{running.served.port}"
    for path in ("/api/attempts/" + offer, "/api/trouble/" + offer, "/events", "/api/learners"):
        asked = running.served.ask(path, method="POST", Origin=foreign, body="{}")
        assert asked.status == 403, path
        assert running.served.ask(path, Origin=foreign).status == 403
    assert running.at(offer, "/api/attempts/" + offer).status == 404
    assert running.at(offer, "/").status == 404


def test_only_the_files_of_the_pages_are_there(running: Running) -> None:
    assert running.served.ask("/static/overview.js").status == 200
    for name in ("runtime-scorm12.js", "..%2foverview.js", "imscp_rootv1p1p2.xsd"):
        assert running.served.ask(f"/static/{name}").status == 404
