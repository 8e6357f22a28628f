"""Every municipality finds its packages: its own, those of its network, or the national ones."""

import re
from pathlib import Path

import pytest

from tests.once import once
from tests.release.making import plain, with_localities

WAY = re.compile(r'<li><a href="([^"]+)">([^<]+)</a> <span class="size">([^<]+)</span></li>')


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The front page of a release with localities."""
    return once(tmp_path_factory, "localities", with_localities) / "release/index.html"


def test_all_357_municipalities_and_15_counties_lead_somewhere(front: Path) -> None:
    text = front.read_text("utf-8")
    sections = text.split('id="steder"')[1].split("</section>")[0].split("<details>")[1:]
    ways = {
        name: sum(1 for _ in WAY.finditer(section))
        for section in sections
        for name in [section.split("<h3>")[1].split(" <")[0]]
    }
    assert sum(count for name, count in ways.items() if name.startswith("Kommuner: ")) == 357
    assert ways["Fylkeskommuner"] == 15
    assert ways["Digitaliseringsnettverk"] == 1
    assert list(ways)[:3] == ["Kommuner: Agder", "Kommuner: Akershus", "Kommuner: Buskerud"]
    assert list(ways)[14] == "Kommuner: Østfold"


def test_the_nearest_packages_are_offered(front: Path) -> None:
    ways = {name: (href, whose) for href, name, whose in WAY.findall(front.read_text("utf-8"))}
    assert ways["Bykle"] == ("utgaver/bykle.html", "egne pakker")
    assert ways["Digi Agder"] == ("utgaver/digi-agder.html", "egne pakker")
    assert ways["Arendal"] == ("utgaver/digi-agder.html", "pakker fra Digi Agder")
    network = (front.parent / "utgaver/digi-agder.html").read_text("utf-8")
    assert "Pakkene er også for disse, som ikke har egne: " in network
    told = network.split("som ikke har egne: ")[1].split(".</p>")[0].split(", ")
    assert sorted(name for name, (_, whose) in ways.items() if whose == "pakker fra Digi Agder") == sorted(
        told
    )
    assert "Arendal" in told
    assert "Bykle" not in told
    assert "som ikkje har eigne" not in (front.parent / "utgaver/bykle.html").read_text("utf-8")
    assert ways["Halden"] == ("#nasjonal-nb", "nasjonale pakker")
    assert ways["Alver"] == ("#nasjonal-nn", "nasjonale pakker")
    for href, _ in ways.values():
        assert (front.parent / href).is_file() or f'id="{href[1:]}"' in front.read_text("utf-8")


def test_a_localitys_page_has_its_packages_in_its_language(front: Path) -> None:
    page = (front.parent / "utgaver/bykle.html").read_text("utf-8")
    assert '<html lang="nn">' in page
    assert "<h1>Bykle</h1>" in page
    assert 'href="../digital-transformasjon-strategi-bykle-nn-scorm12.zip"' in page
    assert "../koordinator/bykle-nn/for_koordinator.html" in page
    assert "../rapporter/bykle-nn.html" in page
    told = {package["edition"] for package in plain(front.parent / "build.json")["packages"]}
    assert told == {None, "bykle", "digi-agder", "tromso"}
