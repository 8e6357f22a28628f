"""The accessibility report of a course's source: on the pages that it becomes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lxml import html

from kurspakke.builtpages import built_pages
from kurspakke.conformity import Status, judgements
from kurspakke.contents import contents_of, together
from kurspakke.control import Control
from kurspakke.findings import Finding, Location, Severity
from kurspakke.package import Package
from kurspakke.reporters import REPORTERS, TargetReport
from kurspakke.rules.validate import all_rules
from kurspakke.sourcereader import read_source
from kurspakke.validation import Wish, validate_paths
from tests.courses import BASE, TODAY, copy, edit
from tests.packages import BASES, base

RULES = {rule.id: rule for rule in all_rules()}
LEAD = "Vurderingen gjelder sidene i"


def checked(course: Path, control: Control | None = None, *, describes: bool = True) -> TargetReport:
    wish = Wish(control or Control(), today=TODAY, describes=describes)
    (report,) = validate_paths([str(course)], wish)
    return report


def words(report: TargetReport) -> str:
    page = html.fromstring(REPORTERS["html"].render([report]))
    for hidden in page.xpath("//style"):
        hidden.getparent().remove(hidden)
    return " ".join(page.text_content().split())


def vague(folder: Path) -> Path:
    """A course with a link that only says «her»."""
    course = copy(BASE, folder / "kurs")
    page = next(iter(sorted(course.glob("modules/*/pages/*.yaml"))))
    text = page.read_text()
    components = "components:\n"
    assert text.count(components) == 1
    edit(
        page,
        components,
        f"{components}  - {{type: text, id: lenken, text: 'Les om det [her](https://ks.no).'}}\n",
    )
    return course


def test_a_source_is_judged_by_the_pages_it_becomes() -> None:
    course = read_source(BASE).course
    pages = checked(BASE).pages
    assert course is not None
    assert pages is not None

    variants = len(course.languages) * len(course.head.audiences or "-")
    assert pages.packages == len(course.modules) * variants
    assert pages.contents.pages >= pages.packages
    judged = {one.criterion.number: one.status for one in judgements((), pages.contents)}
    assert judged["3.1.1"] is Status.MET
    assert LEAD in words(checked(BASE))
    assert words(checked(BASE)).startswith(f"Kontroll av {course.head.title} ")
    assert "3.1.1 Språk på siden (A) Oppfylt" in words(checked(BASE))


def test_only_a_report_that_shows_it_has_it_built() -> None:
    assert checked(BASE, describes=False).pages is None
    assert "Universell utforming" not in words(checked(BASE, describes=False))


def test_what_is_found_in_the_pages_is_told_with_its_criterion() -> None:
    report = checked(BASE)
    assert report.pages is not None
    assert "1.1.1 Ikke-tekstlig innhold (A) Må vurderes" in words(report)

    found = Finding(RULES["HTM-020"], "no alt", "add alt", Location("prove.zip/index.html", 7))
    told = words(replace(report, pages=replace(report.pages, findings=(found,))))
    assert "1.1.1 Ikke-tekstlig innhold (A) Avvik Brudd ett sted." in told
    assert "prove.zip/index.html:7" in told
    assert "Kurset kan bygges, men noe bør rettes" in told


def test_what_the_source_is_told_already_is_not_told_again_of_its_pages(tmp_path: Path) -> None:
    report = checked(vague(tmp_path))
    assert report.pages is not None

    assert {found.rule.id for found in report.pages.findings} >= {"HTM-030"}
    told = words(report)
    assert "Regel SRC-050" in told
    assert "Regel HTM-030" not in told
    assert "2.4.4 Formål med lenke (i kontekst) (A) Avvik Brudd ett sted." in told


def test_rules_are_left_out_and_weighed_in_the_pages_too(tmp_path: Path) -> None:
    course = vague(tmp_path)

    ignored = checked(course, Control(ignore=frozenset({"HTM-030"}))).pages
    weighed = checked(course, Control(weights={"HTM-030": Severity.WARNING})).pages
    assert ignored is not None
    assert weighed is not None
    assert not [found for found in ignored.findings if found.rule.id == "HTM-030"]
    assert {found.severity for found in weighed.findings if found.rule.id == "HTM-030"} == {Severity.WARNING}


def test_a_source_that_can_not_be_built_has_no_pages_to_judge(tmp_path: Path) -> None:
    course = copy(BASE, tmp_path / "kurs")
    next(iter(sorted(course.glob("modules/*/pages/*.yaml")))).write_text("components: nei\n")
    report = checked(course)

    assert report.pages is None
    assert "så det har ingen sider å vurdere" in words(report)
    assert LEAD not in words(report)


def test_nothing_is_built_where_there_is_no_course(tmp_path: Path) -> None:
    (tmp_path / "course.yaml").write_text("title: Bare en tittel\n")

    assert built_pages(read_source(tmp_path)) is None


def test_several_packages_hold_what_each_of_them_holds() -> None:
    parts = [contents_of(Package(f"{kind}.zip", base(kind))) for kind in BASES]
    whole = together(parts)

    assert together(parts[:1]) == parts[0]
    assert whole.standards == tuple(kind for part in parts for kind in part.standards)
    assert whole.files == sum(part.files for part in parts)
    assert whole.handles == frozenset().union(*(part.handles for part in parts))
    assert whole.has_media == any(part.has_media for part in parts)
    assert whole.says_language_truly == all(part.says_language_truly for part in parts)
