"""What a package is taken for, and where its parts are found."""

from __future__ import annotations

import gc
import subprocess
import sys
import weakref

import pytest

from kurspakke.filetree import File, FileTree
from kurspakke.findings import Location
from kurspakke.package import Kind, Package
from kurspakke.rules.validate import validate_package
from kurspakke.xmltree import Place
from tests.packages import BASES, base


def package(**files: str) -> Package:
    """A package of texts; `__` stands for `/` and a single `_` before the ending for the dot."""
    named = {name.replace("__", "/").replace("_", "."): File(text.encode()) for name, text in files.items()}
    return Package("kurs.zip", FileTree(named))


SCORM = '<manifest xmlns="{}"><metadata><schemaversion>{}</schemaversion></metadata></manifest>'


@pytest.mark.parametrize("kind", BASES)
def test_kinds_of_the_base_packages(kind: str) -> None:
    assert Package("kurs.zip", base(kind)).kinds == (Kind(kind),)


@pytest.mark.parametrize(
    ("namespace", "version", "kind"),
    [
        ("urn:x", "1.2", Kind.SCORM12),
        ("urn:x", " 1.2 ", Kind.SCORM12),
        ("urn:x", "nonsense", Kind.SCORM12),
        ("urn:x", "1.3", Kind.SCORM2004),
        ("urn:x", "CAM 1.3", Kind.SCORM2004),
        ("urn:x", "2004 4th Edition", Kind.SCORM2004),
        ("http://www.adlnet.org/xsd/adlcp_v1p3", "1.2", Kind.SCORM12),
    ],
)
def test_scorm_versions(namespace: str, version: str, kind: Kind) -> None:
    assert package(imsmanifest_xml=SCORM.format(namespace, version)).kind is kind


def test_scorm_2004_is_known_by_its_namespace_where_no_version_is_given() -> None:
    manifest = '<manifest xmlns="urn:x" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3"/>'

    assert package(imsmanifest_xml=manifest).kind is Kind.SCORM2004


def test_a_manifest_that_can_not_be_read_still_tells_its_kind() -> None:
    assert package(imsmanifest_xml="<manifest").kind is Kind.SCORM12
    assert package(tincan_xml="").kind is Kind.XAPI


def test_no_manifest_is_unknown_unless_the_page_says_web() -> None:
    assert package(index_html="<p>Hei</p>").kind is Kind.UNKNOWN
    assert package(index_html='<html data-format="web"><p>Hei</p>').kind is Kind.WEB


def test_several_standards_in_the_order_lmss_look() -> None:
    found = package(cmi5_xml="<courseStructure/>", imsmanifest_xml="<manifest/>", tincan_xml="<tincan/>")

    assert found.kinds == (Kind.SCORM12, Kind.XAPI, Kind.CMI5)


def test_the_manifest_nearest_to_the_root_counts() -> None:
    nested = package(
        deep__er__tincan_xml="<tincan/>", kurs__imsmanifest_xml="<manifest/>", kurs__a_html="<p>"
    )

    assert nested.home == "kurs/"
    assert list(nested.files) == ["a.html", "imsmanifest.xml"]
    assert nested.at("a.html", Place(3, 4)) == Location("kurs.zip/kurs/a.html", 3, 4)
    assert nested.kinds == (Kind.SCORM12,)


def test_a_bare_manifest_is_where_the_user_said() -> None:
    bare = Package("mappe/cmi5.xml", FileTree({"cmi5.xml": File(b"<courseStructure/>")}), is_bare=True)

    assert bare.at("cmi5.xml", 2) == Location("mappe/cmi5.xml", 2)


def test_bases_of_links_in_a_manifest_are_joined() -> None:
    manifest = """<manifest xmlns="u" xml:base="a/"><organizations/><resources xml:base="b/">
    <resource href="d.html" xml:base="c/"><file href="e%20f.png?x#y"/><file href="/g"/></resource>
    </resources></manifest>"""

    mentions = package(imsmanifest_xml=manifest).mentions

    assert [mention.href.path for mention in mentions] == ["a/b/c/d.html", "a/b/c/e f.png", ""]
    assert [mention.is_launch for mention in mentions] == [True, False, False]


def test_pages_that_a_learner_comes_to() -> None:
    found = package(
        tincan_xml="<tincan><activities><activity><launch>a.html</launch></activity></activities></tincan>",
        a_html='<a href="b.html">b</a>',
        b_html='<iframe src="c.html"></iframe> <a href="a.html">a</a>',
        c_html="<p>Slutt",
        test_html='<a href="a.html">a</a>',
    )

    assert found.reachable == {"a.html", "b.html", "c.html"}


def test_whoever_looks_at_packages_imports_nothing_that_reads_courses() -> None:
    """It would take longer than looking at ten packages."""
    code = "import sys, kurspakke.validation; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())

    assert "kurspakke.rules.validate" in loaded
    assert loaded.isdisjoint({"pydantic", "yaml", "markdown_it", "jinja2", "nh3", "kurspakke.course"})


@pytest.mark.parametrize("kind", BASES)
def test_a_package_is_gone_when_nobody_needs_it(kind: str) -> None:
    """Without a garbage collection: of hundreds of packages no two are in memory at once."""
    looked_at = Package("kurs.zip", base(kind))
    validate_package(looked_at)
    left = weakref.ref(looked_at)
    gc.disable()
    try:
        del looked_at
        assert left() is None
    finally:
        gc.enable()
