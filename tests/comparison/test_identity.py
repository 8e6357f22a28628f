"""What an LMS knows packages by: each change, its smallest case, and the verdict."""

from __future__ import annotations

import pytest

from kurspakke.comparison.change import Effect
from kurspakke.comparison.compare import CHECKS, compare
from kurspakke.comparison.notes import QUIRKS
from kurspakke.filetree import File, FileTree
from kurspakke.findings import KurspakkeError
from kurspakke.package import Package
from kurspakke.profiles import profile, profile_ids
from tests.packages import base

MANIFESTS = {"scorm12": "imsmanifest.xml", "xapi": "tincan.xml", "cmi5": "cmi5.xml"}
SECOND = '<item identifier="item-to" identifierref="sco-soknaden"><title>To</title></item>'
FIRST = """<item identifier="item-soknaden" identifierref="sco-soknaden" isvisible="true">
        <title>Søknaden, leksjonen</title>
      </item>"""


def package(kind: str, *edits: tuple[str, str], files: dict[str, str] | None = None) -> Package:
    tree = dict(base(kind))
    manifest = MANIFESTS[kind]
    text = tree[manifest].read().decode()
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    tree[manifest] = File(text.encode())
    tree.update({path: File(words.encode()) for path, words in (files or {}).items()})
    return Package("course.zip", FileTree(tree))


@pytest.mark.parametrize("kind", MANIFESTS)
def test_the_same_package_is_safe_and_nothing_to_upload(kind: str) -> None:
    told = compare(package(kind), package(kind))
    assert told.is_safe
    assert [change.kind for change in told.changes] == ["nothing-changed"]


@pytest.mark.parametrize(
    ("kind", "edit", "change", "effect"),
    [
        (
            "scorm12",
            ('identifier="kurs-soknaden"', 'identifier="kurs-x"'),
            "identifier-changed",
            Effect.LOSES,
        ),
        ("scorm12", ('"item-soknaden"', '"item-x"'), "sco-gone", Effect.LOSES),
        ("scorm12", ('scormtype="sco"', 'scormtype="asset"'), "type-changed", Effect.LOSES),
        ("scorm12", ('"sco-soknaden"', '"sco-x"'), "resource-identifier-changed", Effect.CHANGES),
        ("scorm12", ('"org"', '"org-x"'), "organization-changed", Effect.CHANGES),
        ("scorm12", ("</organization>", f"{SECOND}</organization>"), "sco-added", Effect.CHANGES),
        (
            "scorm12",
            ("leksjonen</title>", "leksjonen</title><adlcp:masteryscore>80</adlcp:masteryscore>"),
            "masteryscore-changed",
            Effect.CHANGES,
        ),
        (
            "scorm12",
            ("leksjonen</title>", "leksjonen</title><adlcp:prerequisites>a</adlcp:prerequisites>"),
            "prerequisites-changed",
            Effect.CHANGES,
        ),
        (
            "scorm12",
            ('scormtype="sco" href="index', 'scormtype="sco" href="side'),
            "launch-changed",
            Effect.HARMLESS,
        ),
    ],
)
def test_a_change_in_a_scorm_manifest(kind: str, edit: tuple[str, str], change: str, effect: Effect) -> None:
    told = compare(package(kind), package(kind, edit))
    found = {each.kind: each.effect for each in told.changes}
    assert found[change] is effect
    assert told.is_safe == (effect is not Effect.LOSES)


def test_two_items_in_another_order() -> None:
    old = package("scorm12", ("</organization>", f"{SECOND}</organization>"))
    new = package("scorm12", (FIRST, SECOND + FIRST))
    assert compare(old, new).changes[0].kind == "order-changed"


@pytest.mark.parametrize(
    ("edit", "change"),
    [
        (('masteryScore="', 'masteryScore="0.1'), "masteryscore-changed"),
        (('moveOn="', 'moveOn="x'), "moveon-changed"),
    ],
)
def test_a_change_in_a_course_structure(edit: tuple[str, str], change: str) -> None:
    told = compare(package("cmi5"), package("cmi5", edit))
    assert change in {each.kind for each in told.changes}
    assert told.is_safe


@pytest.mark.parametrize("kind", ["xapi", "cmi5"])
def test_another_activity_id_is_another_activity(kind: str) -> None:
    old = package(kind)
    text = old.bytes_of(MANIFESTS[kind]).decode()
    activity = text.partition("<activity id=" if kind == "xapi" else "<au id=")[2].split('"')[1]
    told = compare(old, package(kind, (f'"{activity}"', f'"{activity}-x"')))
    assert not told.is_safe


def test_a_package_of_another_standard_is_no_replacement() -> None:
    told = compare(package("scorm12"), package("cmi5"))
    assert not told.is_safe
    assert told.changes[0].kind == "standard-changed"


def test_another_course_is_told_in_one_line() -> None:
    edits = (("kurs-soknaden", "kurs-x"), ("item-soknaden", "item-x"), ("sco-soknaden", "sco-x"))
    told = compare(package("scorm12"), package("scorm12", *edits))
    assert [change.kind for change in told.changes] == ["another-course"]
    assert not told.is_safe


def test_texts_and_files_that_changed() -> None:
    page = package("scorm12").bytes_of("side.html").decode()
    words = page.partition("<p>")[2].partition("</p>")[0]
    told = compare(
        package("scorm12"),
        package("scorm12", files={"side.html": page.replace(words, "Noe nytt."), "ny.html": page}),
    )
    assert told.is_safe
    assert [(change.kind, change.subject) for change in told.changes if change.kind.startswith("file")] == [
        ("file-added", "ny.html"),
        ("file-changed", "side.html"),
    ]
    (changed,) = [passage for passage in told.passages if passage.page == "side.html"]
    assert changed.after == ("Noe nytt.",)


def test_content_by_others_is_to_be_tried() -> None:
    told = compare(package("scorm12"), package("scorm12", files={"ny.txt": "x"}))
    assert "player-unknown" in {change.kind for change in told.changes}


def test_notes_are_of_the_lms_that_minds() -> None:
    told = compare(package("scorm12"), package("scorm12", ('"item-soknaden"', '"item-x"')))
    assert {"moodle", "totara"} <= {note.profile for note in told.notes}
    only = compare(package("scorm12"), package("scorm12", ('"item-soknaden"', '"item-x"')), ("moodle",))
    assert {note.profile for note in only.notes} == {"moodle"}


def test_an_unknown_lms_is_refused() -> None:
    with pytest.raises(KurspakkeError, match="no LMS profile"):
        compare(package("scorm12"), package("scorm12"), ("blackbord",))


def test_what_is_no_package_can_not_be_compared() -> None:
    with pytest.raises(KurspakkeError, match="no package"):
        compare(package("scorm12"), Package("tekst.zip", FileTree({"a.txt": File(b"a")})))


def test_every_quirk_that_notes_go_by_is_of_some_lms() -> None:
    known = {quirk.id for name in profile_ids() for quirk in profile(name).quirks}
    assert set(QUIRKS) <= known


def test_every_check_says_what_it_is() -> None:
    assert all(check.__doc__ for check in CHECKS)
