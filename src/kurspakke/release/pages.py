"""The pages of a release as HTML: templates/release/ filled, and the style and the script beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kurspakke import filesize, resources
from kurspakke.clock import day_of
from kurspakke.record import FILE as BUILD
from kurspakke.release import feed, memory
from kurspakke.release.addresses import (
    changes_page,
    edition_page,
    front_page,
    guide_page,
    kit_page,
    privacy_page,
    report_page,
)
from kurspakke.release.guidepage import GuidePage
from kurspakke.release.offer import VersionOffer, by_language
from kurspakke.release.placelist import Group, groups, guests
from kurspakke.release.publication import Publication
from kurspakke.release.sums import FILE as SUMS
from kurspakke.release.words import LANGUAGES, release_words
from kurspakke.reporters.sheet import PAPER
from kurspakke.words import words

STYLE = "release.css"
SCRIPT = "finn.js"


class Pages:
    """Makes the pages of one release."""

    def __init__(
        self, publication: Publication, guides: Mapping[tuple[str | None, str], Sequence[GuidePage]]
    ) -> None:
        self._publication = publication
        self._guides = guides
        self._answers = sorted(publication.replacements.values(), key=lambda one: one.path)
        self._unsafe = list(publication.unsafe())
        self._guests = guests(publication)
        self._folder = resources.templates() / "release"
        self._environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Every page by its path in the release."""
        for language in LANGUAGES:
            yield from self._in(language)
        for edition in self._publication.editions:
            yield edition_page(edition), self._edition(edition)
        for (whose, language), guides in self._guides.items():
            for guide in guides:
                yield guide.path, self._guide(guide, language, whose)
        paper = resources.templates() / "reports" / PAPER
        yield STYLE, paper.read_bytes() + (self._folder / STYLE).read_bytes()
        yield SCRIPT, (self._folder / SCRIPT).read_bytes()

    def _in(self, language: str) -> Iterator[tuple[str, bytes]]:
        yield (
            front_page(language),
            self._page(
                "front.html.j2",
                language,
                "",
                groups=self._groups(language),
                national=by_language(self._publication.national, language),
                offered=_formats(self._publication.offers),
                guides=self._guides.get((None, language), ()),
                feed=feed.FILE if feed.feed(self._publication) else None,
                files={"sums": SUMS, "build": BUILD, "latest": memory.LATEST},
                other=front_page(_other(language)),
            ),
        )
        tables = self._publication.privacy[language]
        yield (
            privacy_page(language),
            self._page("privacy.html.j2", language, "", tables=tables, p=words(language)),
        )
        log, written_in = self._publication.log, self._publication.course.languages[0]
        yield (
            changes_page(language),
            self._page("changes.html.j2", language, "", log=log, written_in=written_in),
        )

    def _edition(self, edition: str) -> bytes:
        versions = self._publication.of(edition)
        language = self._publication.language_of(edition)
        place = self._publication.places[edition]
        return self._page(
            "edition.html.j2",
            language,
            "../",
            place=place,
            versions=versions,
            guests=[one.name for one in self._guests.get(edition, ())],
            offered=_formats(versions),
            guides=self._guides.get((edition, language), ()),
        )

    def _guide(self, guide: GuidePage, language: str, edition: str | None) -> bytes:
        return self._page(
            "guide.html.j2",
            language,
            "../../" if edition else "../",
            guide=guide,
            edition=edition,
            other=None if edition else guide_page(guide.id, None, _other(language)),
        )

    def _groups(self, language: str) -> tuple[Group, ...]:
        return groups(self._publication, language)

    def _page(self, template: str, language: str, root: str, **values: Any) -> bytes:
        publication = self._publication
        text = self._environment.get_template(template).render(
            lang=language,
            root=root,
            t=release_words(language),
            course=publication.course.head,
            tool=publication.record.tool,
            date=_shown(publication.date, language),
            day=lambda text: _shown(text, language),
            answers=self._answers,
            earlier=publication.earlier,
            own_editions=bool(publication.editions),
            unsafe=self._unsafe,
            privacy=privacy_page(language),
            size=lambda count: filesize.shown(count, language),
            rule=lambda one: rule_words(one.require, one.mastery, release_words(language)),
            change=lambda kind: change_words(kind, release_words(language)),
            front=front_page(language),
            edition_page=edition_page,
            kit_page=kit_page,
            report_page=report_page,
            changes=changes_page(language),
            **values,
        )
        return text.encode() if text.endswith("\n") else f"{text}\n".encode()


def rule_words(require: Sequence[str], mastery: int | None, t: Mapping[str, str]) -> str:
    """When a module is done, as the end of a sentence."""
    parts = [
        t["done_mastery"].replace("{n}", str(mastery))
        if name == "mastery" and mastery is not None
        else t["done_score" if name == "mastery" else f"done_{name}"]
        for name in require
    ]
    *first, last = parts
    return f"{', '.join(first)} {t['and']} {last}" if first else last


def change_words(kind: str, t: Mapping[str, str]) -> str:
    """What a kind of change is in words; rules of manifests share theirs."""
    return t.get(f"change_{kind}", t["change_rule"])


def _other(language: str) -> str:
    """The language that a page can be read in, too."""
    return next(name for name in LANGUAGES if name != language)


def _formats(versions: Sequence[VersionOffer]) -> set[str]:
    return {
        download.format for version in versions for module in version.modules for download in module.downloads
    }


def _shown(day: str, language: str) -> str:
    return format_date(day_of(day), "long", locale=language) if day else ""
