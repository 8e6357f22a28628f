"""The first page: everything that can be opened, by where it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from kurspakke.package import Kind
from kurspakke.preview.desk import Desk, desk_of, language_of
from kurspakke.preview.offer import Offer
from kurspakke.preview.page import answer, page

FORMATS: Mapping[Kind, str] = {
    Kind.SCORM12: "SCORM 1.2",
    Kind.SCORM2004: "SCORM 2004",
    Kind.XAPI: "xAPI (Tin Can)",
    Kind.CMI5: "cmi5",
    Kind.WEB: "Web",
    Kind.UNKNOWN: "–",
}
LANGUAGE_NAMES: Mapping[str, str] = {"nb": "bokmål", "nn": "nynorsk", "en": "engelsk", "se": "nordsamisk"}


@dataclass(frozen=True, slots=True)
class Link:
    """A package to open, by its format."""

    label: str
    offer: Offer


@dataclass(frozen=True, slots=True)
class Row:
    """One text in one language for one audience, in all formats that there are of it."""

    title: str
    language: str
    audience: str
    edition: str
    links: Sequence[Link]

    @property
    def error(self) -> str:
        """Why it can't be opened; empty if it can."""
        return next((link.offer.error for link in self.links if link.offer.error), "")


@dataclass(frozen=True, slots=True)
class Group:
    """All that comes from one place."""

    origin: str
    rows: Sequence[Row]

    def any(self, name: str) -> bool:
        """Whether any of them has that column."""
        return any(getattr(row, name) for row in self.rows)


def groups(offers: Iterable[Offer]) -> Sequence[Group]:
    """The offers as the page lists them; they come ordered by origin."""
    return [Group(str(origin), _rows(some)) for origin, some in groupby(offers, lambda offer: offer.origin)]


def _rows(offers: Iterable[Offer]) -> Sequence[Row]:
    rows: dict[tuple[str, ...], list[Offer]] = {}
    for offer in offers:
        alone = () if offer.module else (offer.id,)
        text = (offer.module, offer.language, offer.audience, offer.edition, *alone)
        rows.setdefault(text, []).append(offer)
    return [
        Row(
            some[0].title,
            LANGUAGE_NAMES.get(some[0].language, some[0].language),
            some[0].audience,
            some[0].edition,
            [Link(FORMATS[offer.kind], offer) for offer in some],
        )
        for some in rows.values()
    ]


async def overview(request: Request) -> Response:
    """The page itself."""
    desk = desk_of(request)
    return answer(await run_in_threadpool(_shown, desk, language_of(request)), desk.port)


def _shown(desk: Desk, language: str) -> str:
    return page(
        "overview.html.j2",
        language,
        groups=groups(desk.shelf.offers()),
        profile=desk.profile,
    )
