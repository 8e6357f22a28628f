"""What of a package an LMS lists and launches."""

from __future__ import annotations

from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.preview.toc import Entry, launchable, toc, with_parameters

HEAD = (
    '<manifest identifier="m" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" '
    'xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">'
)
SCORM = (
    HEAD
    + """<organizations default="o2"><organization identifier="o1"><title>Den andre</title></organization>
<organization identifier="o2"><title>Kurs</title>
 <item identifier="del"><title>Første del</title>
  <item identifier="a" identifierref="r1" parameters="?side=1"><title>Ås &amp; øy</title>
   <adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>abc</adlcp:datafromlms>
   <adlcp:prerequisites type="aicc_script">b</adlcp:prerequisites></item>
  <item identifier="b" identifierref="r2"><title>To</title></item></item>
 <item identifier="skjult" isvisible="false"><title>Usynlig</title></item>
</organization></organizations>
<resources xml:base="innhold/"><resource identifier="r1" type="webcontent" adlcp:scormtype="sco" href="a.html"/>
<resource identifier="r2" type="webcontent" adlcp:scormtype="asset" href="https://eksempel.no/b.html"/></resources>
</manifest>"""
)


def package(**files: str) -> Package:
    return Package(
        "p", FileTree({name.replace("__", "/"): File(text.encode()) for name, text in files.items()})
    )


def scorm(home: str = "") -> Package:
    return Package("p", FileTree({f"{home}imsmanifest.xml": File(SCORM.encode())}))


def test_headings_scos_and_what_lies_elsewhere() -> None:
    assert toc(scorm()) == (
        Entry("del", "Første del", 0, None),
        Entry(
            "a", "Ås & øy", 1, "innhold/a.html?side=1", mastery="80", data="abc", prerequisites="b"
        ),
        Entry("b", "To", 1, None, elsewhere="https://eksempel.no/b.html"),
    )  # fmt: skip


def test_a_manifest_in_a_folder_of_its_own() -> None:
    paths = [entry.path for entry in toc(scorm("kurs/"))]
    assert paths == [None, "kurs/innhold/a.html?side=1", None]


def test_the_one_asked_for_is_launched_or_else_the_first_that_can_be() -> None:
    entries = (Entry("del", "", 0, None), Entry("a", "", 0, "a.html"), Entry("b", "", 0, "b.html"))
    assert launchable(entries, "b") is entries[2]
    assert launchable(entries, "del") is entries[1]
    assert launchable(entries) is entries[1]
    assert launchable(entries[:1]) is None


def test_parameters_are_joined_as_the_standard_says() -> None:
    assert with_parameters("a.html", "?x=1") == "a.html?x=1"
    assert with_parameters("a.html?y=2", "&x=1") == "a.html?y=2&x=1"
    assert with_parameters("a.html#c", "x=1") == "a.html?x=1#c"
    assert with_parameters("a.html", "#del") == "a.html#del"
    assert with_parameters("a.html#c", "#del") == "a.html#c"
    assert with_parameters("a.html", "") == "a.html"


def test_tin_can_and_cmi5_and_the_web() -> None:
    tincan = (
        '<tincan xmlns="http://projecttincan.com/tincan.xsd"><activities>'
        '<activity id="https://eksempel.no/a" type="t"><name lang="en">One</name><name lang="nb">Én</name>'
        '<launch lang="nb">start.html</launch></activity>'
        '<activity id="https://eksempel.no/b" type="t"><name>To</name></activity></activities></tincan>'
    )
    assert toc(package(**{"tincan.xml": tincan})) == (Entry("https://eksempel.no/a", "Én", 0, "start.html"),)
    cmi5 = (
        '<courseStructure xmlns="https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd">'
        '<course id="https://eksempel.no/k"><title><langstring lang="nb">K</langstring></title></course>'
        '<block id="https://eksempel.no/d"><title><langstring lang="nb">Del</langstring></title>'
        '<au id="https://eksempel.no/e"><title><langstring lang="nb">Enhet</langstring></title>'
        "<url>enhet.html?a=b</url></au></block></courseStructure>"
    )
    assert toc(package(**{"cmi5.xml": cmi5})) == (
        Entry("https://eksempel.no/d", "Del", 0, None),
        Entry("https://eksempel.no/e", "Enhet", 1, "enhet.html?a=b"),
    )
    assert [entry.path for entry in toc(package(**{"index.html": "<p>Hei"}))] == ["index.html"]
    assert toc(package(**{"les.txt": "hei"})) == ()
