"""The table of localities: `editions/localities.csv` beside `localities.yaml`, which says where its facts are from."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from pydantic import Field

from kurspakke.ignores import Words
from kurspakke.locality.layer import LocalityKind
from kurspakke.model import Date, Id, Model, WholeNumber

TABLE_FILE = "editions/localities.csv"
FACTS_FILE = "editions/localities.yaml"
COLUMNS = (
    *("id", "kind", "number", "name", "official_name"),
    *("county", "network", "language", "certainty", "sami"),
)
CERTAINTIES = ("sum", "derived", "uncertain", "unknown")
"""How sure a language form is: agrees with its county's sum, derived to agree, uncertain, not known."""
MAX_BYTES = 1 << 20
"""Room for some ten thousand localities."""
_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
_NUMBER = re.compile(r"[0-9]{0,4}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST = 200
"""So many characters a cell may have, as a title."""
_LANGUAGES = ("nb", "nn", "")


class TableSource(Model):
    """Where some of the table's facts come from."""

    what: Words = Field(description="Which facts.")
    origin: Words = Field(description="From whom, and how sure that is.")
    date: Date = Field(description="What they are as of.")


class CountySum(Model):
    """What the rows of a county must add up to: its municipalities, and the language forms they have decided on."""

    id: Id = Field(description="The county's id in the table.")
    municipalities: WholeNumber = Field(ge=1, description="How many municipalities it has.")
    nb: WholeNumber = Field(ge=0, description="How many of them have decided on bokmål.")
    nn: WholeNumber = Field(ge=0, description="On nynorsk.")
    free: WholeNumber = Field(ge=0, description="On neither.")


class TableFacts(Model):
    """What the table of localities is built on, and what it must agree with."""

    sources: tuple[TableSource, ...] = Field(min_length=1, description="Where the facts come from.")
    counties: tuple[CountySum, ...] = Field((), description="The sums that the counties' rows must have.")


@dataclass(frozen=True, slots=True)
class Locality:
    """A row of the table. `language` is "" where neither form is decided on; `line` is its line in the file."""

    id: str
    kind: LocalityKind
    number: str
    name: str
    official_name: str
    county: str
    network: str
    language: str
    certainty: str
    sami: str
    line: int

    @property
    def is_certain(self) -> bool:
        """Whether its language form agrees with the sum of its county."""
        return self.certainty == "sum"


@dataclass(frozen=True, slots=True)
class TableFault:
    """A line that is no row, and why."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Table:
    """The localities by their ids in the order of the file, and the lines that could not be read."""

    rows: Mapping[str, Locality]
    faults: tuple[TableFault, ...] = ()


NO_TABLE = Table({})


def read_table(data: bytes) -> Table:
    """The localities in the bytes of a CSV file (UTF-8, semicolons, the columns named in its first line)."""
    if len(data) > MAX_BYTES:
        return Table({}, (TableFault(1, f"the file is larger than {MAX_BYTES >> 20} MiB"),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Table({}, (TableFault(data[: error.start].count(b"\n") + 1, "the file is not UTF-8"),))
    reader = csv.reader(io.StringIO(text), delimiter=";", strict=True)
    rows: dict[str, Locality] = {}
    faults: list[TableFault] = []
    try:
        head = tuple(next(reader, ()))
        if head != COLUMNS:
            return Table({}, (TableFault(1, f"the first line must be {';'.join(COLUMNS)}"),))
        for values in reader:
            fault = _fault(values, rows)
            if fault:
                faults.append(TableFault(reader.line_num, fault))
            else:
                rows[values[0]] = _row(values, reader.line_num)
    except csv.Error as error:
        faults.append(TableFault(reader.line_num, str(error)))
    faults += (
        TableFault(row.line, f"there is no {kind} «{name}»")
        for row in rows.values()
        for kind, name in (("county", row.county), ("network", row.network))
        if name and (name not in rows or rows[name].kind != kind)
    )
    return Table(rows, tuple(faults))


def _row(values: list[str], line: int) -> Locality:
    name, kind, number, title, official, county, network, language, certainty, sami = values
    known: tuple[LocalityKind, ...] = get_args(LocalityKind)
    return Locality(
        id=name,
        kind=known[known.index(kind)],
        number=number,
        name=title,
        official_name=official,
        county=county,
        network=network,
        language=language,
        certainty=certainty,
        sami=sami,
        line=line,
    )


def _fault(values: list[str], rows: Mapping[str, Locality]) -> str:
    """Why a line is no row; "" where it is one."""
    if len(values) != len(COLUMNS):
        return f"{len(values)} columns instead of {len(COLUMNS)}"
    row = dict(zip(COLUMNS, values, strict=True))
    if any(len(value) > _LONGEST or _CONTROL.search(value) for value in values):
        return f"a cell is longer than {_LONGEST} characters, or has signs that are no text"
    if not _ID.fullmatch(row["id"]):
        return f"«{row['id']}» is no id: a-z, 0-9 and -, beginning with a letter"
    if row["id"] in rows:
        return f"«{row['id']}» stands in line {rows[row['id']].line} already"
    for key, known in (
        ("kind", get_args(LocalityKind)),
        ("language", _LANGUAGES),
        ("certainty", CERTAINTIES),
    ):
        if row[key] not in known:
            return f"the {key} «{row[key]}» is not one of {', '.join(filter(None, known))}"
    name = "" if row["name"].strip() else "the name is missing"
    number = "" if _NUMBER.fullmatch(row["number"]) else f"the number «{row['number']}» is not four digits"
    return name or number
