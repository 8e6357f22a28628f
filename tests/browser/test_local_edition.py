"""A local edition in the browser: whose it is, whom to ask, what it says instead, and a look that can be read."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import POLICY, Site
from tests.browser.test_accessibility import violations
from tests.command import run
from tests.lms import apihost
from tests.lms.apihost import ApiHost
from tests.localcourse import PICTURE, VIK, opened, own_page, put, tips
from tests.playing import Learner, leave
from tests.states.lives import STORED
from tests.webhost import WebHost

SAID = (
    "contact: {name: Servicetorget i Vik, email: post@vik.example.org}\n"
    "coordinator: {name: Kari i Vik, url: 'https://vik.example.org/kurs'}\n"
    'brand: {accent: "#2F5D3A"}\n'
)
ADDED = (
    "add:\n  - page: post/rad\n    after: to-rad\n    components:\n"
    "      - {type: figure, id: vik-hus, src: hus.svg, alt: Et hus i Vik.}\n"
    "pages:\n  - {module: post, after: rad, page: vik-side}\n"
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The national packages and those of one edition."""
    folder = tmp_path_factory.mktemp("lokalt")
    course = opened(folder / "kurs")
    own = put(course, "vik", VIK + SAID + tips("Våre råd i Vik") + ADDED)
    own_page(
        course, "vik", "vik-side", "{type: true-false, id: vik-sant, statement: Båten går., answer: true}"
    )
    (own / "media").mkdir()
    (own / "media/hus.svg").write_bytes((course / PICTURE).read_bytes())
    for more in ((), ("--edition", "vik")):
        answer = run("build", course, "-o", folder / "ut", "--format", "web,scorm12", *more)
        assert answer.code == 0, answer.err
    return folder / "ut"


@pytest.fixture(scope="module")
def site(built: Path) -> Iterator[Site]:
    folder = built.parent / "vist"
    for name, unit in (("prove-post-nb-web", "nasjonal"), ("prove-post-vik-nb-web", "vik")):
        with zipfile.ZipFile(built / f"{name}.zip") as archive:
            archive.extractall(folder / unit)
    with WebHost() as host:
        host.folder("/", folder, POLICY)
        yield Site(folder, host.address)


def test_the_packages_of_both_stand_beside_each_other(built: Path) -> None:
    assert sorted(path.name for path in built.glob("*.zip")) == [
        f"prove-post{edition}-nb-{form}.zip" for edition in ("", "-vik") for form in ("scorm12", "web")
    ]
    answer = run("validate", *sorted(built.glob("*.zip")))
    assert answer.code == 0, answer.out


def test_the_footer_says_whose_edition_it_is_what_it_builds_on_and_whom_to_ask(
    page: Page, site: Site
) -> None:
    page.goto(site.at("vik"))
    foot = page.get_by_role("contentinfo")
    expect(foot).to_contain_text("Lokal tilpasning")
    expect(foot).to_contain_text("Vik kommune, bygger på nasjonal versjon 1.0.0")
    expect(foot).to_contain_text("Lokal koordinator")
    asked = {
        "Servicetorget i Vik": "mailto:post@vik.example.org",
        "Kari i Vik": "https://vik.example.org/kurs",
    }
    for name, address in asked.items():
        expect(foot.get_by_role("link", name=name)).to_have_attribute("href", address)
    page.goto(site.at("nasjonal"))
    expect(foot).not_to_contain_text("Lokal")


def test_it_says_its_own_and_can_be_read_on_every_page(page: Page, site: Site) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.at("vik"))
    learner = Learner(page)
    found = {}
    for name in learner.lesson.pages:
        if learner.page() != name:
            learner.go_to(name)
        found[name] = violations(page)
        if name == "post.rad":
            expect(page.get_by_role("heading", name="Våre råd i Vik")).to_be_visible()
            expect(page.get_by_text("Rekk båten.")).to_be_visible()
            expect(page.get_by_text("Skriv adressen tydelig.")).to_have_count(0)
            picture = page.get_by_role("img", name="Et hus i Vik.")
            expect(picture).to_be_visible()
            assert picture.evaluate("img => img.complete && img.naturalWidth > 0")
    names = list(found)
    assert names[names.index("post.rad") + 1] == "post.vik-side"
    assert not any(found.values()), found


def test_a_learner_keeps_what_the_nation_asks_from_its_edition_to_a_local_one_and_back(
    browser: Browser, built: Path, tmp_path: Path
) -> None:
    national, own = (built / f"prove-post{edition}-nb-scorm12.zip" for edition in ("", "-vik"))
    with apihost.running(tmp_path, "strict") as host:
        _, first, stored = sit(host, browser, national, {}, "valg")
        seen, second, stored = sit(host, browser, own, stored, "vik-side")
        assert seen.answers == first.answers
        assert set(first.visited) <= set(seen.visited)
        assert {name.rpartition(".")[2] for name in second.answers} == {"porto", "vik-sant"}
        back, third, stored = sit(host, browser, national, stored, "pastand")
        assert back.answers == first.answers
        assert {name.rpartition(".")[2] for name in third.answers} == {"porto", "sant"}
        again, _, _ = sit(host, browser, own, stored, "")
        assert third.answers.items() <= again.answers.items()
        assert set(third.visited) <= set(again.visited)


@dataclass(frozen=True)
class Seen:
    """What a learner finds of earlier sittings."""

    visited: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]


def seen_by(learner: Learner) -> Seen:
    answered = [question for question in learner.lesson.questions if learner.has_answered(question)]
    return Seen(learner.visited(), {question.id: learner.chosen(question) for question in answered})


def sit(
    host: ApiHost, browser: Browser, package: Path, stored: dict[str, str], page: str
) -> tuple[Seen, Seen, dict[str, str]]:
    """What a learner finds, what is there when the questions of a page are answered, and what is stored then."""
    course = host.add(package)
    host.seed(course, stored)
    opened_page, frame = host.open(course, browser.new_context(locale="nb-NO"))
    learner = Learner(frame)
    before = seen_by(learner)
    for question in learner.lesson.questions:
        if question.page == f"post.{page}":
            learner.go_to(question.page)
            learner.answer(question, question.right)
    after = seen_by(learner)
    leave(opened_page)
    end = time.monotonic() + 30
    while host.calls(course)[-1].name != "LMSFinish":
        assert time.monotonic() < end
        time.sleep(0.02)
    held = host.stored(course).everything
    return before, after, {name: held[name] for name in STORED if name in held}
