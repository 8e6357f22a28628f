"""The report for administrators: the verdict, who mends what, what is in the package, the accessibility report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree, html

from kurspakke.baseline import Baseline
from kurspakke.conformity import Status, judgements
from kurspakke.contents import contents_of
from kurspakke.filetree import File, FileTree
from kurspakke.findings import Finding, Location, Severity
from kurspakke.package import Package
from kurspakke.reporters import REPORTERS, TargetReport, verdict
from kurspakke.reporters.facts import facts
from kurspakke.rules.validate import all_rules, validate_package
from kurspakke.ruletexts import rule_text
from tests.packages import BASES, base

RULES = {rule.id: rule for rule in all_rules()}


def finding(rule: str, place: str = "kurs.zip", message: str = "so it is") -> Finding:
    return Finding(RULES[rule], message, "do this", Location(place, 3))


def target(*rules: str, kind: str = "scorm12") -> TargetReport:
    return TargetReport("kurs.zip", kind, tuple(finding(rule) for rule in rules))


def of_base(kind: str, **files: bytes | None) -> TargetReport:
    """The base package, with files by their names with `_` for a dot; None takes one away."""
    tree = dict(base(kind))
    for name, data in files.items():
        path = name.replace("_", ".")
        if data is None:
            del tree[path]
        else:
            tree[path] = File(data)
    package = Package("kurs.zip", FileTree(tree))
    return TargetReport("kurs.zip", package.kind, validate_package(package), contents=contents_of(package))


def words(*targets: TargetReport) -> str:
    page = html.fromstring(REPORTERS["html"].render(targets))
    for hidden in page.xpath("//style"):
        hidden.getparent().remove(hidden)
    return " ".join(page.text_content().split())


# The verdict


@pytest.mark.parametrize(
    ("rules", "kind", "grade", "title"),
    [
        ((), "scorm12", "good", "Pakken kan importeres i læringsplattformer som støtter SCORM 1.2"),
        (("PKG-006",), "cmi5", "good", "Pakken kan importeres i læringsplattformer som støtter cmi5"),
        (("HTM-020",), "xapi", "mixed", "støtter xAPI (Tin Can), men noe bør rettes"),
        (("PKG-060",), "scorm12", "bad", "Pakken kan trolig importeres, men vil ikke virke som den skal"),
        (("PKG-060", "PKG-003"), "scorm12", "bad", "Pakken kan ikke importeres slik den er"),
        (("PKG-001",), "unknown", "bad", "Pakken kan ikke importeres slik den er"),
        ((), "web", "good", "Nettutgaven kan tas i bruk"),
        (("HTM-020",), "web", "mixed", "Nettutgaven kan tas i bruk, men noe bør rettes"),
        (("PKG-065",), "web", "bad", "Nettutgaven vil ikke virke som den skal"),
        ((), "source", "good", "Kurset kan bygges"),
        (("SRC-028",), "source", "mixed", "Kurset kan bygges, men noe bør rettes"),
        (("SRC-011",), "source", "bad", "Kurset kan ikke bygges slik det er"),
    ],
)
def test_the_verdict_is_in_plain_words(rules: tuple[str, ...], kind: str, grade: str, title: str) -> None:
    found = verdict.verdict(target(*rules, kind=kind))

    assert (found.grade.value, title in found.title) == (grade, True), found
    assert found.reason.endswith(".")


def test_the_reason_is_what_stops_the_import() -> None:
    found = verdict.verdict(target("PKG-060", "PKG-003", "S12-030", "PKG-043"))

    assert found.reason.startswith(f"{rule_text(RULES['PKG-003']).title}.")
    assert found.reason.endswith("Og én ting til, se under.")


def test_an_lms_that_is_known_to_mind_gets_its_own_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"PKG-043": ("moodle", "totara"), "PKG-041": ("open-edx",)}
    monkeypatch.setattr(verdict, "minding", lambda rule: known.get(rule, ()))

    found = verdict.verdicts_by_lms(target("PKG-043", "PKG-041", "PKG-060"))

    assert [(one.name, one.verdict.title) for one in found] == [
        ("Moodle and Moodle Workplace", "Importen stopper"),
        ("Open edX", "Noe bør rettes"),
        ("Totara", "Importen stopper"),
    ]
    assert found[1].verdict.reason == f"{rule_text(RULES['PKG-041']).title}."


def test_an_lms_is_never_said_to_be_well_with_what_breaks_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    known = {"PKG-060": ("canvas",), "PKG-006": ("ilias",)}
    monkeypatch.setattr(verdict, "minding", lambda rule: known.get(rule, ()))

    found = verdict.verdicts_by_lms(target("PKG-060", "PKG-006"))

    assert [one.verdict.title for one in found] == ["Noe slutter å virke", "Verdt å vite"]
    assert found[1].verdict.reason == f"{rule_text(RULES['PKG-006']).title}."


def test_nothing_is_claimed_about_an_lms_of_which_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdict, "minding", lambda _rule: ())

    assert verdict.verdicts_by_lms(target("PKG-043", "PKG-060")) == ()
    assert "enkelte læringsplattformer" not in words(target("PKG-043"))


def test_a_finding_about_one_lms_is_told_of_that_one() -> None:
    mine = replace(finding("PKG-122"), profiles=("min-egen",))

    (found,) = verdict.verdicts_by_lms(TargetReport("k.zip", "scorm12", (mine,)))
    assert (found.name, found.verdict.grade.value) == ("min-egen", "bad")


# Findings


def test_findings_are_grouped_by_who_can_mend_them_the_gravest_first() -> None:
    page = html.fromstring(REPORTERS["html"].render([target("PKG-049", "HTM-020", "S12-030")]))

    assert [" ".join(head.text_content().split()) for head in page.xpath("//h4")] == [
        "Dette må leverandøren av forfatterverktøyet rette",
        "Dette kan du ordne selv",
        "Dette må den som har laget kurset, rette",
    ]
    assert next(page.iter("h5")).text == rule_text(RULES["S12-030"]).title


def test_places_beyond_the_twentieth_are_counted() -> None:
    many = TargetReport("k", "web", tuple(finding("HTM-020", f"k/{n}.html") for n in range(31)))

    text = words(many)

    assert "Bør rettes 31 steder" in text
    assert "Og 11 steder til." in text
    assert text.count("so it is") == 20


def test_an_administrator_needs_no_word_of_the_standards() -> None:
    jargon = re.compile(r"\b(manifest|organization|resource|href|namespace|XML|SCO)\b", re.IGNORECASE)
    every = TargetReport("k", "scorm12", tuple(finding(rule) for rule in RULES))
    page = html.fromstring(REPORTERS["html"].render([every]))
    for folded in page.xpath("//details"):
        folded.getparent().remove(folded)

    plain = re.sub(r"\b(imsmanifest|tincan|cmi5)\.xml\b", "", page.text_content())
    assert set(jargon.findall(plain)) == set()


def test_a_strangers_words_are_never_markup() -> None:
    evil = "<script>alert(1)</script>\x1b"
    found = Finding(RULES["PKG-060"], evil, evil, Location(f"{evil}.zip/{evil}"))

    text = REPORTERS["html"].render([TargetReport(f"{evil}.zip", "scorm12", (found,))])

    assert "<script" not in text
    assert "\x1b" not in text


# The file


def test_the_report_is_one_file_that_may_do_nothing() -> None:
    text = REPORTERS["html"].render([of_base("scorm12"), target("PKG-001", kind="unknown")])
    page = html.fromstring(text)

    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.xpath("//script | //link | //img | //iframe | //@style | //@onclick | //form") == []
    assert not re.search(r"url\(|@import", text)
    assert page.xpath("//html/@lang | /html/@lang")[0] == "nb"
    assert [head.tag for head in page.iter("h1", "h2")] == ["h1", "h2", "h2", "h2"]
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a/@href")} <= set(ids)


def test_several_targets_have_an_index() -> None:
    page = html.fromstring(REPORTERS["html"].render([target(), target("PKG-001"), target("HTM-020")]))

    assert [link.get("href") for link in page.xpath("//nav//a")] == ["#pakke-1", "#pakke-2", "#pakke-3"]
    assert "Kontroll av 3 pakker" in page.findtext(".//title")


def test_no_targets_are_a_report_too() -> None:
    assert "ingen pakker å kontrollere" in words()


# What is in a package


@pytest.mark.parametrize("kind", BASES)
def test_a_package_is_described(kind: str) -> None:
    contents = of_base(kind).contents
    assert contents
    told = {fact.name: fact.value for fact in facts(contents)}

    assert told["Tittel"] == "Søknaden"
    assert told["Språk"] == "bokmål"
    assert told["Lyd og film"] == "ja"
    assert told["Omfang"].startswith("2 sider, ")
    assert kind == "web" or told["Startfil"] == "index.html"


def test_what_a_course_sends_is_told_in_words() -> None:
    script = b'a("cmi.core.lesson_status");b("cmi.core.score.raw");c("cmi.suspend_data");d("cmi.core.student_name")'
    contents = of_base("scorm12", course_js=script).contents
    assert contents
    told = {fact.name: fact.value for fact in facts(contents)}

    assert told["Melder til læringsplattformen"] == (
        "status (påbegynt, fullført, bestått), poengsum, hvor deltakeren var, så kurset kan fortsette der"
    )
    assert told["Leser fra læringsplattformen"] == "deltakerens navn"
    assert told["Fullført"] == "kurset melder selv når det er fullført"


def test_verbs_are_told_in_words() -> None:
    script = b'"http://adlnet.gov/expapi/verbs/completed", "https://w3id.org/xapi/adl/verbs/odd-one"'
    contents = of_base("xapi", course_js=script).contents
    assert contents

    told = {fact.name: fact.value for fact in facts(contents)}
    assert told["Melder til læringsplattformen"] == "fullført, odd-one"


def test_a_silent_course_is_not_said_to_be_silent_for_certain() -> None:
    contents = of_base("scorm12", course_js=b"").contents
    assert contents

    told = {fact.name: fact.value for fact in facts(contents)}
    assert "kan likevel melde noe" in told["Melder til læringsplattformen"]


# The accessibility report

PLAIN = (
    "<!doctype html><html lang='{}'><head><meta charset='utf-8'><title>Søknaden</title></head>"
    "<body><h1>Søknaden</h1><p>{}</p></body></html>"
)
NORWEGIAN = "Det er viktig at vi har en plan, og at du kan bruke den til det som er ditt arbeid. " * 3
ENGLISH = "This is the plan that you can use for the work, and it is with you in the end. " * 3


def statuses(report: TargetReport) -> dict[str, Status]:
    return {one.criterion.number: one.status for one in judgements(report.findings, report.contents)}


def conformity(report: TargetReport) -> str:
    table = html.fromstring(REPORTERS["html"].render([report])).xpath("string(//table[@class='uu'])")
    return " ".join(table.split())


def test_what_a_baseline_knows_is_a_breach_still(tmp_path: Path) -> None:
    page = b"<!doctype html><html><head><title>Kurs</title></head><body><h1>Kurs</h1></body></html>"
    report = of_base("scorm12", index_html=page)
    Baseline(tmp_path, ()).write(tmp_path / "kjent.json", [report])
    compared = Baseline.read(tmp_path / "kjent.json").compare(report)
    assert not compared.findings
    assert conformity(compared) == conformity(report)
    assert "Avvik" in conformity(report)


def only(page: str, script: bytes = b"") -> TargetReport:
    files = {"index.html": File(page.encode()), "a.js": File(script)}
    package = Package("k.zip", FileTree(files))
    return TargetReport("k.zip", "web", validate_package(package), contents=contents_of(package))


def test_a_plain_page_is_judged_only_where_that_is_honest() -> None:
    found = statuses(only(PLAIN.format("nb", NORWEGIAN)))

    assert {number for number, status in found.items() if status is Status.MET} == {"3.1.1"}
    not_relevant = {number for number, status in found.items() if status is Status.NOT_RELEVANT}
    assert not_relevant == {"1.2.1", "1.2.2", "1.2.3", "1.2.4", "1.2.5", "1.4.2", "2.1.4", "2.5.1", "2.5.4"}
    assert set(found.values()) == {Status.MET, Status.NOT_RELEVANT, Status.HUMAN}
    assert len(found) == 50


@pytest.mark.parametrize(
    ("language", "text"), [("nb", ENGLISH), ("en", NORWEGIAN), ("fi", NORWEGIAN), ("nb", "Kort.")]
)
def test_a_language_that_the_words_do_not_show_is_for_people(language: str, text: str) -> None:
    assert statuses(only(PLAIN.format(language, text)))["3.1.1"] is Status.HUMAN


def test_a_page_that_a_script_fills_is_for_people() -> None:
    shell = "<!doctype html><html lang='nb'><head><title>x</title></head><body><div></div></body></html>"

    assert statuses(only(shell))["3.1.1"] is Status.HUMAN


@pytest.mark.parametrize(
    ("extra", "criterion"),
    [
        ("<video src='a.mp4'></video>", "1.2.2"),
        ("<object data='a.bin'></object>", "1.2.1"),
        ("<iframe title='film' src='https://film.example/1'></iframe>", "1.2.5"),
        ("<a accesskey='s' href='#x'>Lagre</a>", "2.1.4"),
        ("<div draggable='true'>x</div>", "2.5.1"),
    ],
)
def test_what_may_be_there_is_not_said_to_be_irrelevant(extra: str, criterion: str) -> None:
    found = statuses(only(PLAIN.format("nb", NORWEGIAN + extra)))

    assert found[criterion] in {Status.HUMAN, Status.DEVIATION}


def test_what_a_script_may_do_is_not_said_to_be_irrelevant() -> None:
    page = PLAIN.format("nb", NORWEGIAN)

    assert statuses(only(page, b"addEventListener('keydown', f)"))["2.1.4"] is Status.HUMAN
    assert statuses(only(page, b"addEventListener('devicemotion', f)"))["2.5.4"] is Status.HUMAN
    assert statuses(only(page, b"fetch('https://film.example/a')"))["1.2.2"] is Status.HUMAN


def test_a_breach_is_a_deviation_and_a_note_is_for_people() -> None:
    rule = RULES["HTM-020"]
    breach = Finding(rule, "m", "h", Location("k/a.html", 1))
    note = Finding(rule, "m", "h", Location("k/a.html", 1), Severity.NOTE)
    contents = only(PLAIN.format("nb", NORWEGIAN)).contents

    assert {one.criterion.number: one for one in judgements([breach, breach], contents)}[
        "1.1.1"
    ].reason == "Brudd 2 steder."
    found = {one.criterion.number: one.status for one in judgements([note], contents)}
    assert found["1.1.1"] is Status.HUMAN


def test_without_pages_there_is_no_accessibility_report() -> None:
    assert "Universell utforming" not in words(target("PKG-001", kind="unknown"))
    assert "Universell utforming" in words(of_base("scorm12"))


def test_the_template_is_well_formed() -> None:
    text = REPORTERS["html"].render([of_base("cmi5"), target("PKG-001")])

    parser = etree.HTMLParser(recover=False)
    etree.fromstring(text.encode(), parser)
    known = re.compile("Tag (nav|main|header|footer|section|article|details|summary) invalid")
    assert [e.message for e in parser.error_log if not known.fullmatch(e.message)] == []


def test_the_program_says_nothing_of_where_it_was_run(tmp_path: Path) -> None:
    assert str(tmp_path) not in REPORTERS["html"].render([of_base("scorm12")])
