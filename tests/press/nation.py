"""A small nation for the press: a county, municipalities with and without versions of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

from kurspakke.assemble import packages
from kurspakke.selection import Selection
from kurspakke.sourcereader import read_source
from kurspakke.staging import Package
from kurspakke.zipwriter import write_zip

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "course"
FORMATS = ("scorm12", "xapi", "cmi5", "web")
PLAIN = ("adal", "bo", "cerne-dal", "dovik")
"""Municipalities that differ in their names only."""

TABLE = """\
id;kind;number;name;official_name;county;network;language;certainty;sami
fylket;county;99;Fylket;Fylket;;;;sum;
adal;municipality;9901;Ådal;Ådal;fylket;;nb;sum;
bo;municipality;9902;Bø;Bø;fylket;;nb;sum;
cerne-dal;municipality;9903;Černe – Dal (Øst);Černe;fylket;;;uncertain;
dovik;municipality;9904;Døvik;Døvik;fylket;;;sum;
egnes;municipality;9905;"Egnes & «Nes» <Ø>";Egnes;fylket;;;sum;
fjord;municipality;9906;Fjord;Fjord;fylket;;;sum;
"""
FACTS = "sources:\n  - {what: Alt, origin: Funnet på, date: 2026-01-01}\n"
FJORD = """\
id: fjord
contact: {name: Fjord kommune, email: post@fjord.example.org}
"""


def nation(to: Path) -> Path:
    """The course, in the folder `to`."""
    shutil.copytree(GOLDEN, to)
    (to / "editions" / "fjord").mkdir(parents=True)
    (to / "editions" / "localities.csv").write_text(TABLE, "utf-8")
    (to / "editions" / "localities.yaml").write_text(FACTS, "utf-8")
    (to / "editions" / "fjord" / "edition.yaml").write_text(FJORD, "utf-8")
    return to


def one_by_one(course: Path, to: Path) -> dict[str, bytes]:
    """Every package by its name, made with nothing shared and nothing kept."""
    source = read_source(course)
    assert source.course
    made = {}
    for one in packages(source, source.course, Selection(formats=FORMATS, all_editions=True)):
        package = Package(one.label, one.tree, one.first)
        with (to / package.path).open("wb") as stream:
            write_zip(package.tree, stream, package.first)
        made[package.path] = (to / package.path).read_bytes()
    return made


def zips(out: Path) -> dict[str, bytes]:
    """Every package in a folder by its name."""
    return {path.name: path.read_bytes() for path in out.glob("*.zip")}


def empty(out: Path) -> None:
    """Remove all that a user sees."""
    for path in out.iterdir():
        if path.is_file():
            path.unlink()
