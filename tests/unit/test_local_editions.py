"""Local editions: what they inherit, what they may change and what stays, and where what is wrong with them is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kurspakke.course import Course
from kurspakke.findings import UsageError
from kurspakke.keys import key_of, tracked_names
from kurspakke.locality.own import own_texts
from kurspakke.rules.localities import uncertain
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from kurspakke.texts import Text
from kurspakke.variant import Variant
from tests.courses import edit, findings
from tests.localcourse import NETWORK, PICTURE, VIK, callout, local, opened, own_page, put, table, tips

TRANSLATED = Path(__file__).resolve().parents[1] / "rules/source/SRC-062-outdated-translation/good"
HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return opened(tmp_path / "kurs")


@pytest.fixture
def bilingual(course: Path) -> Path:
    for name in ("course.yaml", "locale/nn.po", "modules/post/pages/film.yaml"):
        (course / name).parent.mkdir(exist_ok=True)
        shutil.copy(TRANSLATED / name, course / name)
    return course


def said(course: Path) -> list[str]:
    return [f"{found.rule.id} {found.location}" for found in findings(course)]


def ids(course: Course, page: str) -> list[str]:
    module = course.modules[0]
    return [component.id for found in module.pages if found.id == page for component in found.components]


def languages(course: Path) -> dict[str, str]:
    return {name: edition.language for name, edition in read_source(course).editions.known.items()}


# Inheritance


def chained(course: Path) -> None:
    rows = (
        "nett;network;;Nett;Nett;;;;unknown;",
        "fylke;county;46;Fylke;Fylke;;nett;;unknown;",
        "vik;municipality;4639;Vik;Vik;fylke;;;uncertain;",
    )
    table(course, *rows)


def test_a_municipality_has_what_its_county_and_their_network_have_said(course: Path) -> None:
    chained(course)
    put(
        course,
        "nett",
        f"contact: {{name: Nettet}}\ncoordinator: {{name: Nina}}\n{tips('Nettets', local='allowed')}",
    )
    put(course, "fylke", f"coordinator: {{name: Frida}}\nadd:\n{callout('fylkets')}")
    put(course, "vik", tips("Våre"))
    assert said(course) == []
    edition = read_source(course).editions.known["vik"]
    assert [layer.id for layer in edition.layers] == ["nett", "fylke", "vik"]
    assert (edition.title, edition.kind, edition.number) == ("Vik", "municipality", "4639")
    made = local(course, "vik")
    assert made.head.contact
    assert made.head.coordinator
    assert (made.head.contact.name, made.head.coordinator.name) == ("Nettet", "Frida")
    assert ids(made, "rad") == ["to-rad", "fylkets"]
    assert made.edition
    assert (made.edition.id, made.edition.title) == ("vik", "Vik")
    titles = {name: getattr(page_of(local(course, name)), "title", "") for name in ("nett", "fylke", "vik")}
    assert titles == {"nett": "Nettets", "fylke": "Nettets", "vik": "Våre"}


def page_of(course: Course) -> object:
    return next(page.components[0] for page in course.modules[0].pages if page.id == "rad")


def test_a_row_without_a_folder_has_what_those_above_it_say(course: Path) -> None:
    chained(course)
    put(course, "nett", f"coordinator: {{name: Nina}}\nadd:\n{callout('nettets')}")
    made = local(course, "vik")
    assert ids(made, "rad") == ["to-rad", "nettets"]
    assert made.edition
    assert made.edition.title == "Vik"


def test_what_an_edition_inherits_by_itself_goes_before_the_table(course: Path) -> None:
    chained(course)
    put(course, "annet", NETWORK)
    put(course, "vik", "inherits: annet\n")
    assert [layer.id for layer in read_source(course).editions.known["vik"].layers] == ["annet", "vik"]


def test_without_an_edition_the_course_is_as_it_was(course: Path) -> None:
    before = read_source(course).course
    put(course, "vik", tips("Våre"))
    source = read_source(course)
    assert source.course == before
    assert before
    assert before.edition is None


def test_networks_of_the_table_are_built_where_they_have_a_folder(course: Path) -> None:
    chained(course)
    assert read_source(course).editions.whole == ("fylke", "vik")
    put(course, "nett", "contact: {name: Nettet}\n")
    assert read_source(course).editions.whole == ("nett", "fylke", "vik")


# Languages and audiences


def test_a_localitys_own_choice_goes_before_its_decision_and_that_before_its_networks_choice(
    bilingual: Path,
) -> None:
    table(
        bilingual,
        "nett;network;;Nett;Nett;;;;unknown;",
        "valgt;municipality;1;Valgt;Valgt;;nett;nb;sum;",
        "vedtatt;municipality;2;Vedtatt;Vedtatt;;nett;nb;sum;",
        "fri;municipality;3;Fri;Fri;;nett;;derived;",
        "alene;municipality;4;Alene;Alene;;;;sum;",
    )
    put(bilingual, "nett", "language: nn\n")
    put(bilingual, "valgt", "language: nn\n")
    assert languages(bilingual) == {"nett": "nn", "valgt": "nn", "vedtatt": "nb", "fri": "nn", "alene": "nb"}
    assert uncertain(read_source(bilingual)) == ("fri",)


def test_a_decision_for_a_language_that_the_course_lacks_is_left_out(course: Path) -> None:
    table(course, "vik;municipality;4639;Vik;Vik;;;nn;sum;")
    assert languages(course) == {"vik": "nb"}
    assert said(course) == []


def test_an_editions_own_language_must_be_one_of_the_courses(course: Path) -> None:
    put(course, "vik", f"{VIK}language: nn\n")
    assert said(course) == ["SRC-206 editions/vik/edition.yaml:4:11"]


def test_an_edition_is_built_for_its_audiences_or_those_above_it(course: Path) -> None:
    put(course, "nett", f"{NETWORK}audiences: [leder, alle]\n")
    put(course, "vik", f"{VIK}inherits: nett\n")
    put(course, "oy", f"{VIK}inherits: nett\naudiences: [alle]\n")
    source = read_source(course)
    assert source.course

    def variants(selection: Selection) -> list[Variant]:
        assert source.course
        return list(selection.variants_of(source.course, source.editions))

    assert variants(Selection(editions=("vik",))) == [
        Variant("nb", "leder", "vik"),
        Variant("nb", None, "vik"),
    ]
    assert variants(Selection(editions=("oy",))) == [Variant("nb", None, "oy")]
    asked = Selection(editions=("oy",), audiences=("leder",), languages=("nb",))
    assert variants(asked) == [Variant("nb", "leder", "oy")]
    whole = variants(Selection(all_editions=True))
    assert whole[0] == Variant("nb")
    assert {variant.edition for variant in whole} == {None, "nett", "oy", "vik"}
    with pytest.raises(UsageError, match="no edition «vikk»") as refusal:
        variants(Selection(editions=("vikk",)))
    assert refusal.value.hint == "did you mean «vik»?"


# Replacing and adding


def test_what_is_added_stands_where_it_was_asked_for(course: Path) -> None:
    put(course, "vik", f"{VIK}add:\n{callout('til-slutt')}{callout('midt', after='to-rad')}")
    assert said(course) == []
    assert ids(local(course, "vik"), "rad") == ["to-rad", "midt", "til-slutt"]


def test_own_pages_stand_where_they_were_asked_for_and_take_their_time(course: Path) -> None:
    put(
        course,
        "vik",
        f"{VIK}pages:\n  - {{module: post, page: til-slutt}}\n  - {{module: post, after: tekst, page: midt}}\n",
    )
    own_page(course, "vik", "til-slutt", "{type: text, id: vik-sist, text: Sist.}")
    own_page(course, "vik", "midt", "{type: text, id: vik-midt, text: Midt.}")
    assert said(course) == []
    module = local(course, "vik").modules[0]
    national = read_source(course).course
    assert national
    pages = [page.id for page in module.pages]
    assert pages[:2] == ["tekst", "midt"]
    assert pages[-1] == "til-slutt"
    assert [page for page in pages if page not in {"midt", "til-slutt"}] == [
        page.id for page in national.modules[0].pages
    ]
    assert module.head.minutes == national.modules[0].head.minutes + 6
    assert module.head.pages == tuple(pages)


def test_a_municipality_may_build_on_what_its_network_added(course: Path) -> None:
    put(course, "nett", f"{NETWORK}pages:\n  - {{module: post, page: felles}}\n")
    own_page(course, "nett", "felles", "{type: text, id: felles-ord, local: allowed, text: Felles.}")
    own = "{type: text, id: felles-ord, text: Våre ord.}"
    put(course, "vik", f"{VIK}inherits: nett\nreplace:\n  - page: post/felles\n    component: {own}\n")
    assert said(course) == []
    for name, words in (("nett", "Felles."), ("vik", "Våre ord.")):
        page = next(page for page in local(course, name).modules[0].pages if page.id == "felles")
        assert getattr(page.components[0], "text", "") == words


OTHER = "replace:\n  - page: post/rad\n    component: {type: callout, id: to-rad, title: Båt, text: Båt.}\n"
PAGES = "pages:\n  - {module: post, page: egen}\n"
MISFITS = {
    "a module that is not there": ("pages:\n  - {module: pst, page: egen}\n", "SRC-200 5:14"),
    "a page that is not there": ("add:\n" + callout("x").replace("post/rad", "post/raad"), "SRC-200 5:11"),
    "a page's module": ("add:\n" + callout("x").replace("post/rad", "pst/rad"), "SRC-200 5:11"),
    "a component that is not there": (tips("Våre").replace("id: to-rad", "id: tre-rad"), "SRC-200 8:11"),
    "after a page that is not there": (PAGES.replace("page: egen", "after: nei, page: egen"), "SRC-200 5:27"),
    "after a component that is not there": ("add:\n" + callout("x", after="nei"), "SRC-200 6:12"),
    "a page that is locked": ("add:\n" + callout("x").replace("post/rad", "post/boks"), "SRC-201 5:11"),
    "a component there already": ("add:\n" + callout("to-rad"), "SRC-201 8:29"),
    "one added twice": ("add:\n" + callout("x") + callout("x"), "SRC-201 12:29"),
    "one replaced twice": (tips("En") + tips("To").removeprefix("replace:\n"), "SRC-201 17:11"),
    "a page there already": (PAGES.replace("egen", "rad"), "SRC-201 5:26"),
    "another type": (OTHER, "SRC-202 6:23"),
}


@pytest.mark.parametrize("name", MISFITS)
def test_what_does_not_fit_is_told_at_its_place_and_left_out(name: str, course: Path) -> None:
    text, expected = MISFITS[name]
    put(course, "vik", VIK + text)
    own_page(course, "vik", "rad" if "page: rad" in text else "egen", "{type: text, id: vik-ord, text: Ord.}")
    rule, place = expected.split()
    found = [one for one in findings(course) if one.rule.id == rule]
    assert [str(one.location) for one in found] == [f"editions/vik/edition.yaml:{place}"]
    assert all(one.message and one.hint for one in found)
    national = read_source(course).course
    assert national
    made = local(course, "vik")
    assert [page.id for page in made.modules[0].pages] == [page.id for page in national.modules[0].pages]


MISTAKES = {
    "a page without its module": (tips("Våre").replace("post/rad", "rad"), "SRC-014 5:11", "module/page"),
    "a page that is locked": ("add:\n" + callout("x").replace("/rad", "/boks"), "SRC-201 5:11", "post/rad"),
    "a component that is not like any": (tips("Våre").replace("to-rad", "qqq"), "SRC-200 8:11", ": to-rad"),
    "a contact without keys": ("contact: a@b.no\n", "SRC-014 4:10", "name, email, url"),
    "half an address": ("contact: {name: Vi, email: vik.no}\n", "SRC-014 4:28", "an e-mail address"),
    "a colour that is a comment": ("brand:\n  accent: #7a1f5c\n", "SRC-014 5:10", "a colour in quotes"),
    "one between brackets": ("brand: {accent: #7a1f5c}\n", "SRC-002 4:17", '"#7a1f5c"'),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_usual_mistakes_are_told_with_what_would_do(name: str, course: Path) -> None:
    text, expected, hint = MISTAKES[name]
    put(course, "vik", VIK + text)
    (found,) = findings(course)
    rule, place = expected.split()
    assert f"{found.rule.id} {found.location}" == f"{rule} editions/vik/edition.yaml:{place}"
    assert hint in found.hint


def test_an_edition_that_no_table_knows_is_told_who_it_might_be(course: Path) -> None:
    table(course, "vik;municipality;4639;Vik;Vik;;;nb;sum;")
    put(course, "vikk", "")
    hints = [found.hint for found in findings(course)]
    assert hints == [
        "write kind, such as `kind: municipality`, or call folder and id «vik» if that is who it is",
        "write title, such as `title: Vik kommune`, or call folder and id «vik» if that is who it is",
    ]


def test_a_module_that_is_locked_takes_no_pages(course: Path) -> None:
    edit(course / "modules/post/module.yaml", "local: allowed\n", "")
    put(course, "vik", VIK + PAGES)
    own_page(course, "vik", "egen", "{type: text, id: vik-ord, text: Ord.}")
    assert said(course) == ["SRC-201 editions/vik/edition.yaml:5:14"]


def test_a_network_that_locks_what_it_replaced_keeps_it_locked_below(course: Path) -> None:
    put(course, "nett", NETWORK + tips("Nettets"))
    put(course, "vik", f"{VIK}inherits: nett\n{tips('Våre')}")
    assert said(course) == ["SRC-201 editions/vik/edition.yaml:9:11"]


# Identifiers and what learners keep


def test_a_local_edition_has_every_identifier_of_the_national_one(course: Path) -> None:
    put(course, "vik", f"{VIK}{tips('Våre')}add:\n{callout('vik-baten')}{PAGES}")
    question = "{type: true-false, id: vik-sant, statement: Båten går., answer: true}"
    own_page(course, "vik", "egen", question)
    assert said(course) == []
    national, made = read_source(course).course, local(course, "vik")
    assert national
    before, now = set(tracked_names(national.modules)), set(tracked_names(made.modules))
    assert now - before == {"post.egen", "post.vik-sant"}
    assert before < now
    assert len({key_of(name) for name in now}) == len(now)
    for old, new in zip(national.modules, made.modules, strict=True):
        kept = [component.id for component in new.components() if not component.id.startswith("vik-")]
        assert kept == [component.id for component in old.components()]


def test_an_id_that_stands_elsewhere_in_the_module_is_found(course: Path) -> None:
    put(course, "vik", f"{VIK}add:\n{callout('porto')}")
    found = findings(course)
    assert {one.rule.id for one in found} == {"SRC-025"}
    assert [str(one.location) for one in found] in (
        ["editions/vik/edition.yaml:8:29"],
        ["modules/post/pages/valg.yaml:5:9"],
    )
    assert all(one.message.endswith("(edition vik)") for one in found)


def test_ids_are_free_in_editions_that_do_not_meet(course: Path) -> None:
    put(course, "vik", f"{VIK}add:\n{callout('baten')}")
    put(course, "oy", f"{VIK}add:\n{callout('baten')}")
    assert said(course) == []


# The course's rules, everywhere


def test_the_courses_rules_are_asked_about_what_an_edition_brings(course: Path) -> None:
    put(
        course,
        "vik",
        f"{VIK}add:\n{callout('en')}{callout('to')}{PAGES}".replace(
            "Båten går klokka ti.", "'Se [her](https://x.example.org).'"
        ),
    )
    own_page(course, "vik", "egen", "{type: figure, id: vik-hus, src: hus.svg, alt: Et hus.}")
    found = {f"{one.rule.id} {one.location}": one for one in findings(course)}
    assert sorted(name.split()[1] for name in found if name.startswith("SRC-050")) == [
        "editions/vik/edition.yaml:12:50",
        "editions/vik/edition.yaml:8:50",
    ]
    page = "editions/vik/modules/post/pages/egen.yaml"
    assert {name.split()[0] for name in found if page in name} >= {"SRC-020"}
    assert all(one.message.endswith("(edition vik)") for one in found.values())


def test_a_networks_fault_is_told_once_and_not_again_for_each_municipality(course: Path) -> None:
    put(
        course,
        "nett",
        f"{NETWORK}add:\n{callout('en')}".replace(
            "Båten går klokka ti.", "'Se [her](https://x.example.org).'"
        ),
    )
    for name in ("oy", "vik"):
        put(course, name, f"{VIK}inherits: nett\n")
    assert said(course) == ["SRC-050 editions/nett/edition.yaml:8:50"]


def test_a_brand_that_cannot_be_read_is_found_in_the_editions_file(course: Path) -> None:
    put(course, "vik", f'{VIK}brand: {{accent: "#e8a33d"}}\n')
    assert "SRC-165 editions/vik/edition.yaml:4:17" in said(course)


def test_a_logo_that_is_not_there_is_found_in_the_editions_file(course: Path) -> None:
    put(course, "vik", f"{VIK}brand: {{logo: brand/vik.svg, logo_alt: Vik}}\n")
    assert said(course) == ["SRC-020 editions/vik/edition.yaml:4:15"]


def test_a_picture_that_only_the_nation_shows_is_not_told_of_as_unused(course: Path) -> None:
    page = course / "modules/post/pages/bilde.yaml"
    edit(page, "    id: postkasse\n", "    id: postkasse\n    local: allowed\n")
    own = "{type: figure, id: postkasse, src: hus.svg, alt: Et hus.}"
    folder = put(course, "vik", f"{VIK}replace:\n  - page: post/bilde\n    component: {own}\n")
    (folder / "media").mkdir()
    shutil.copy(course / PICTURE, folder / "media/hus.svg")
    assert said(course) == []


# Texts


def test_own_texts_are_translated_where_those_below_are_in_another_language(bilingual: Path) -> None:
    folder = put(
        bilingual, "nett", f"{NETWORK}coordinator: {{name: Rådgiveren}}\nadd:\n{callout('baten')}{PAGES}"
    )
    own_page(bilingual, "nett", "egen", "{type: text, id: nett-ord, text: Ord.}")
    put(bilingual, "vik", f"{VIK}language: nn\ninherits: nett\n")
    missing = [one for one in findings(bilingual) if one.rule.id == "SRC-207"]
    names = [one.hint.rpartition("msgctxt ")[2].strip('"') for one in missing]
    texts = (
        *("#coordinator.name", "post/rad#baten.title", "post/rad#baten.text"),
        *("post/egen#title", "post/egen#nett-ord.text"),
    )
    assert sorted(names) == sorted(texts)
    assert {one.location.path for one in missing} == {
        "editions/nett/edition.yaml",
        "editions/nett/modules/post/pages/egen.yaml",
    }
    sources = {one.id: one.text for one in all_texts(bilingual)}
    entries = (f'msgctxt "{name}"\nmsgid "{sources[name]}"\nmsgstr "NN {name}"\n' for name in names)
    (folder / "locale").mkdir()
    (folder / "locale/nn.po").write_text(HEADER + "\n".join(entries), "utf-8")
    assert said(bilingual) == []
    made = local(bilingual, "vik", "nn")
    assert made.head.coordinator
    assert made.head.coordinator.name == "NN #coordinator.name"
    added = next(one for one in made.modules[0].components() if one.id == "baten")
    assert getattr(added, "text", "") == "NN post/rad#baten.text"
    assert next(page.title for page in made.modules[0].pages if page.id == "egen") == "NN post/egen#title"
    assert made.edition
    assert made.edition.title == "Vik kommune"


def all_texts(course: Path) -> list[Text]:
    return list(own_texts(read_source(course).editions.layers["nett"]))


def test_an_editions_texts_are_in_the_language_it_is_built_in(bilingual: Path) -> None:
    table(bilingual, "vik;municipality;4639;Vik;Vik;;;nn;sum;")
    put(bilingual, "vik", f"add:\n{callout('vik-baten')}")
    assert said(bilingual) == []
    added = next(
        one for one in local(bilingual, "vik", "nn").modules[0].components() if one.id == "vik-baten"
    )
    assert getattr(added, "title", "") == "vik-baten"


def test_an_editions_file_of_translations_is_looked_at_as_the_courses_is(bilingual: Path) -> None:
    folder = put(bilingual, "nett", f"{NETWORK}add:\n{callout('baten')}")
    (folder / "locale").mkdir()
    file = folder / "locale/nn.po"
    file.write_text(f'{HEADER}msgctxt "borte"\nmsgid "a"\nmsgstr "b"\n', "utf-8")
    assert said(bilingual) == ["SRC-063 editions/nett/locale/nn.po:5"]
    old = 'msgctxt "post/rad#baten.title"\nmsgid "før"\nmsgstr "før"\n'
    file.write_text(HEADER + old, "utf-8")
    assert said(bilingual) == ["SRC-062 editions/nett/locale/nn.po:5"]
    file.write_text('msgid "a', "utf-8")
    assert said(bilingual) == ["SRC-060 editions/nett/locale/nn.po:1"]
