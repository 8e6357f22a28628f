"""The packages of the real course for each audience, in each language and format: without findings, and whole."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
import yaml
from lxml import html

from kurspakke.assemble import packages
from kurspakke.filetree import File, FileTree
from kurspakke.package import Package
from kurspakke.rules.validate import validate_package
from kurspakke.selection import Selection
from kurspakke.source import Source
from kurspakke.sourcereader import read_source
from tests.courses import REAL

pytestmark = pytest.mark.slow
HEAD = yaml.safe_load((REAL / "course.yaml").read_text("utf-8"))
AUDIENCES = [audience["id"] for audience in HEAD["audiences"]]


@pytest.fixture(scope="module")
def source() -> Source:
    return read_source(REAL)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_each_package_is_without_findings_and_every_link_in_it_leads_somewhere(
    audience: str, source: Source
) -> None:
    assert source.course
    made = list(packages(source, source.course, Selection(audiences=(audience,), combined=True)))
    assert len(made) >= 2 * len(source.course.head.formats)
    for package in made:
        assert validate_package(Package(package.file_name, package.tree)) == ()
        assert dangling(package.tree) == [], package.file_name


def test_a_link_that_leads_nowhere_is_seen() -> None:
    page = b'<!DOCTYPE html><p id="a"><a href="#b">b</a><a href="#a">a</a><img src="x%20y.png"><a href="p.html#c">c</a>'
    tree = FileTree({"index.html": File(page), "p.html": File(b"<!DOCTYPE html><p>c")})
    assert dangling(tree) == ["index.html: #b", "index.html: p.html#c", "index.html: x%20y.png"]


def dangling(tree: FileTree) -> list[str]:
    """The addresses within a package at which there is no file, or no element of that id."""
    pages = {name: html.fromstring(tree[name].read()) for name in tree if name.endswith(".html")}
    ids = {name: set(page.xpath("//@id")) for name, page in pages.items()}
    found = []
    for name, page in pages.items():
        for address in page.xpath("//@href | //@src | //@poster"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = unquote(parts.path) or name
            known = ids.get(target)
            if target not in tree or (
                parts.fragment and known is not None and unquote(parts.fragment) not in known
            ):
                found.append(f"{name}: {address}")
    return sorted(found)
