"""The base course with some of it opened for local editions, and editions put over it."""

from __future__ import annotations

from pathlib import Path

from kurspakke.course import Course
from kurspakke.editions import localise
from kurspakke.locality.table import COLUMNS
from kurspakke.sourcereader import read_source
from kurspakke.variant import Variant
from tests.courses import BASE, copy, edit

PICTURE = "modules/post/media/postkasse.svg"
FACTS = "sources:\n  - {what: Alt, origin: Oppdiktet, date: 2024-01-01}\n"
VIK = "title: Vik kommune\nkind: municipality\n"
NETWORK = "title: Nett\nkind: network\n"


def tips(title: str, *, local: str = "locked") -> str:
    """A replacement of the base course's tips."""
    return f"""replace:
  - page: post/rad
    component:
      type: tips
      id: to-rad
      local: {local}
      title: {title}
      items:
        - {{id: frimerke, text: Husk frimerke.}}
        - {{id: baten, text: Rekk båten.}}
"""


def callout(name: str, after: str = "") -> str:
    """An addition to the page of the tips."""
    return f"""  - page: post/rad
{f"    after: {after}" if after else ""}
    components:
      - {{type: callout, id: {name}, title: {name}, text: Båten går klokka ti.}}
"""


def opened(folder: Path) -> Path:
    """The base course: one page, the component on it and the module are open."""
    course = copy(BASE, folder)
    page = course / "modules/post/pages/rad.yaml"
    edit(page, "title: Råd\n", "title: Råd\nlocal: allowed\n")
    edit(page, "    id: to-rad\n", "    id: to-rad\n    local: allowed\n")
    edit(course / "modules/post/module.yaml", "minutes: 10\n", "minutes: 10\nlocal: allowed\n")
    return course


def put(course: Path, name: str, text: str = VIK) -> Path:
    """An edition's folder with this in its head."""
    folder = course / "editions" / name
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "edition.yaml").write_text(f"id: {name}\n{text}", "utf-8")
    return folder


def own_page(course: Path, name: str, page: str, component: str) -> None:
    """A page of an edition's own, with one component."""
    folder = course / "editions" / name / "modules/post/pages"
    folder.mkdir(parents=True, exist_ok=True)
    text = f"id: {page}\ntitle: Egen\nminutes: 3\ncomponents:\n  - {component}\n"
    (folder / f"{page}.yaml").write_text(text, "utf-8")


def table(course: Path, *rows: str) -> None:
    """A table of localities with these rows."""
    (course / "editions").mkdir(exist_ok=True)
    text = "\n".join((";".join(COLUMNS), *rows))
    (course / "editions/localities.csv").write_text(f"{text}\n", "utf-8")
    (course / "editions/localities.yaml").write_text(FACTS, "utf-8")


def local(course: Path, name: str, language: str = "nb", audience: str | None = None) -> Course:
    """The course as an edition has it."""
    source = read_source(course)
    assert source.course
    variant = Variant(language, audience, name)
    return localise(source.course, variant, source.catalogs.get(language), source.editions.known[name])
