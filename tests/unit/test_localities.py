"""The table of localities: what can be read, what can't, and what the course's own adds up to."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from kurspakke.locality.table import (
    COLUMNS,
    FACTS_FILE,
    MAX_BYTES,
    TABLE_FILE,
    Locality,
    TableFacts,
    read_table,
)
from kurspakke.sourcereader import read_source
from tests.courses import REAL

HEAD = ";".join(COLUMNS)
VIK = "vik;municipality;4639;Vik;Vik;vestland-fylke;;nn;sum;"
COUNTY = "vestland-fylke;county;46;Vestland;Vestland;;;;unknown;"
SHARED = Path(__file__).resolve().parents[3] / "shared/data/municipalities-2024.csv"
FORMS = {"bokmål": "nb", "nynorsk": "nn", "nøytral": ""}
CERTAINTIES = {"stemmer med fylkessum": "sum"}


def read(*lines: str) -> dict[str, Locality]:
    table = read_table("\n".join((HEAD, *lines, "")).encode())
    assert table.faults == ()
    return dict(table.rows)


def test_rows_are_read_in_order_with_their_lines() -> None:
    rows = read(COUNTY, VIK)
    assert list(rows) == ["vestland-fylke", "vik"]
    vik = rows["vik"]
    assert (vik.kind, vik.number, vik.county, vik.language, vik.line) == (
        *("municipality", "4639", "vestland-fylke", "nn"),
        3,
    )
    assert vik.is_certain
    assert not rows["vestland-fylke"].is_certain


def test_a_mark_at_the_beginning_and_windows_lines_are_read() -> None:
    table = read_table(b"\xef\xbb\xbf" + f"{HEAD}\r\n{COUNTY}\r\n{VIK}\r\n".encode())
    assert (list(table.rows), table.faults) == (["vestland-fylke", "vik"], ())


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "the first line must be id;kind"),
        (b"id,kind\n", 1, "the first line must be id;kind"),
        (f"{HEAD}\n{VIK}\n".encode("latin-1") + b"\xe6\n", 3, "not UTF-8"),
        (HEAD.encode() + b"\n" + "æ".encode("utf-16"), 2, "not UTF-8"),
        (b" " * (MAX_BYTES + 1), 1, "larger than 1 MiB"),
        (f"{HEAD}\nvik;municipality\n".encode(), 2, "2 columns instead of 10"),
        (f"{HEAD}\n\n".encode(), 2, "0 columns instead of 10"),
        (f"{HEAD}\n{COUNTY}\n{VIK}\n{VIK}\n".encode(), 4, "«vik» stands in line 3 already"),
        (f"{HEAD}\n..;county;46;V;V;;;;sum;\n".encode(), 2, "«..» is no id"),
        (f"{HEAD}\n/etc;county;46;V;V;;;;sum;\n".encode(), 2, "«/etc» is no id"),
        (f"{HEAD}\nvik;by;46;V;V;;;;sum;\n".encode(), 2, "the kind «by» is not one of"),
        (f"{HEAD}\nvik;county;46;V;V;;;no;sum;\n".encode(), 2, "the language «no» is not one of nb, nn"),
        (f"{HEAD}\nvik;county;46;V;V;;;;sikkert;\n".encode(), 2, "the certainty «sikkert»"),
        (f"{HEAD}\nvik;county;x;V;V;;;;sum;\n".encode(), 2, "the number «x»"),
        (f"{HEAD}\nvik;county;46; ;V;;;;sum;\n".encode(), 2, "the name is missing"),
        (f"{HEAD}\nvik;county;46;V\x00k;V;;;;sum;\n".encode(), 2, ""),
        (f"{HEAD}\nvik;county;46;V\x07k;V;;;;sum;\n".encode(), 2, "signs that are no text"),
        (f"{HEAD}\nvik;county;46;{'V' * 201};V;;;;sum;\n".encode(), 2, "longer than 200 characters"),
        (f'{HEAD}\nvik;county;46;"V;V;;;;sum;\n'.encode(), 2, ""),
        (f"{HEAD}\n{VIK}\n".encode(), 2, "there is no county «vestland-fylke»"),
        (f"{HEAD}\n{VIK}\n{COUNTY.replace('county', 'network')}\n".encode(), 2, "there is no county"),
    ],
)
def test_what_is_no_row_is_told_with_its_line(data: bytes, line: int, words: str) -> None:
    faults = read_table(data).faults
    assert [fault.line for fault in faults] == [line]
    assert words in faults[0].message


@pytest.fixture(scope="module")
def rows() -> dict[str, Locality]:
    table = read_table((REAL / TABLE_FILE).read_bytes())
    assert table.faults == ()
    return dict(table.rows)


@pytest.fixture(scope="module")
def facts() -> TableFacts:
    value = read_source(REAL).shaped[FACTS_FILE].value
    assert isinstance(value, TableFacts)
    return value


def test_the_courses_table_has_the_country(rows: dict[str, Locality]) -> None:
    assert Counter(row.kind for row in rows.values()) == {"municipality": 357, "county": 15, "network": 10}
    municipalities = [row for row in rows.values() if row.kind == "municipality"]
    counties = {row.number: row.id for row in rows.values() if row.kind == "county"}
    assert len({row.number for row in municipalities}) == 357
    assert all(len(row.number) == 4 and counties[row.number[:2]] == row.county for row in municipalities)
    assert sum(bool(row.sami) for row in municipalities) == 13


def test_every_county_adds_up_to_what_is_known_of_it(rows: dict[str, Locality], facts: TableFacts) -> None:
    assert {county.id for county in facts.counties} == {
        row.id for row in rows.values() if row.kind == "county"
    }
    for county in facts.counties:
        mine = [row for row in rows.values() if row.county == county.id]
        forms = Counter(row.language for row in mine)
        assert len(mine) == county.municipalities == county.nb + county.nn + county.free, county.id
        if not any(row.certainty == "uncertain" for row in mine):
            assert (forms["nb"], forms["nn"], forms[""]) == (county.nb, county.nn, county.free), county.id


def test_the_courses_sources_are_dated(facts: TableFacts) -> None:
    assert len(facts.sources) >= 4
    assert all(source.origin and source.date for source in facts.sources)


@pytest.mark.skipif(not SHARED.exists(), reason="the data the table was made from is not beside the project")
def test_the_courses_table_says_what_its_source_says(rows: dict[str, Locality]) -> None:
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        there = {row["kommunenr"]: row for row in csv.DictReader(file, delimiter=";")}
    mine = {row.number: row for row in rows.values() if row.kind == "municipality"}
    counties = {row.id: row.name for row in rows.values() if row.kind == "county"}
    assert mine.keys() == there.keys()
    for number, row in mine.items():
        source = there[number]
        assert row.official_name == source["offisielt_navn"], number
        assert row.language == FORMS[source["sprakvedtak"]], number
        assert counties[row.county] == source["fylke"], number
        assert row.is_certain == (source["sikkerhet"] in CERTAINTIES), number
        assert bool(row.sami) == bool(source["samisk_forvaltningssprak"]), number
