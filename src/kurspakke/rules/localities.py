"""Rules about the table of localities: that it can be read, and adds up to what is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kurspakke.findings import Location, Severity
from kurspakke.locality.table import FACTS_FILE, TABLE_FILE, TableFacts
from kurspakke.rules.family import Family, Problem
from kurspakke.source import Source

LOCALITIES: Family[Source] = Family("SRC", first=200)


@LOCALITIES.rule(9, "localities-table", Severity.ERROR)
def localities_table(source: Source) -> Iterator[Problem]:
    """The table of localities can be read: each line a locality, each county and network in it a row of its own.

    Columns are separated by semicolons, and the first line names them.
    """
    for fault in source.editions.table.faults:
        yield Problem(Location(TABLE_FILE, fault.line), fault.message, "correct the line")


@LOCALITIES.rule(10, "localities-sum", Severity.WARNING)
def localities_sum(source: Source) -> Iterator[Problem]:
    """The rows of a county add up to what is known of it: how many municipalities, and which language forms.

    Where a sum differs, some row of the county is wrong. Rows marked `uncertain` are expected to, until somebody has
    looked them up; a county with such rows is told of as a note by the build, and not here.
    """
    shaped = source.shaped.get(FACTS_FILE)
    facts = shaped.value if shaped else None
    rows = source.editions.table.rows.values()
    for index, county in enumerate(facts.counties if isinstance(facts, TableFacts) else ()):
        mine = [row for row in rows if row.county == county.id and row.kind == "municipality"]
        forms = Counter(row.language for row in mine)
        found = {"municipalities": len(mine), "nb": forms["nb"], "nn": forms["nn"], "free": forms[""]}
        doubtful = any(row.certainty == "uncertain" for row in mine)
        for key, number in found.items():
            if number != getattr(county, key) and (key == "municipalities" or not doubtful):
                message = f"{county.id}: {key} is {number} by the table, not {getattr(county, key)}"
                place = source.locate(FACTS_FILE, "counties", index, key)
                yield Problem(place, message, f"look the rows of {county.id} up, and correct {TABLE_FILE}")


def uncertain(source: Source) -> tuple[str, ...]:
    """The editions whose language form is not certain, for a report to whoever builds them all."""
    return tuple(name for name in source.editions.whole if not source.editions.known[name].certain)
