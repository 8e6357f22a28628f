"""The inspector's page: the course in its LMS, and beside it all that passes between them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from kurspakke.preview.desk import Desk, desk_of, language_of
from kurspakke.preview.missing import missing_package
from kurspakke.preview.offer import Offer
from kurspakke.preview.origins import SANDBOX
from kurspakke.preview.overview import FORMATS
from kurspakke.preview.page import answer, page
from kurspakke.preview.troubles import TROUBLES
from kurspakke.temperament import characters

LAUNCH_WORDS = ("learner", "mode", "profile", "sco", "trouble", "look")
"""What of the page's own address goes on to the LMS page."""


async def inspector(request: Request) -> Response:
    """The page of the package that the address names."""
    return await run_in_threadpool(_shown, request)


def _shown(request: Request) -> Response:
    desk = desk_of(request)
    offer = desk.shelf.offer(request.path_params["package"])
    if offer is None:
        return HTMLResponse(missing_package(), 404)
    language = language_of(request)
    present = request.query_params.get("present", "") not in {"", "0"} or desk.presents
    asked = {word: request.query_params[word] for word in LAUNCH_WORDS if word in request.query_params}
    if "trouble" in asked:
        desk.troubles.by_words(offer.id, asked["trouble"])
    island = json.dumps(inspection(desk, offer, language, asked, present=present), ensure_ascii=False)
    safe = Markup(island.replace("<", "\\u003c"))  # noqa: S704 - JSON without a tag in it
    return answer(page("inspector.html.j2", language, title=offer.title, island=safe), desk.port)


def inspection(
    desk: Desk, offer: Offer, language: str, asked: dict[str, str], *, present: bool
) -> dict[str, object]:
    """All that the inspector's script begins with: src/runtime/src/inspector/inspection.ts says what each is."""
    words = urlencode({**asked, "lang": language})
    return {
        "package": offer.id,
        "title": offer.title,
        "kind": offer.kind.value,
        "file_name": offer.file_name,
        "language": language,
        "present": present,
        "lms": f"{desk.lms_page(offer)}?{words}",
        "sandbox": SANDBOX,
        "siblings": [_sibling(each) for each in desk.shelf.offers() if _is_sibling(offer, each)],
        "learners": [{"id": learner.id, "name": learner.name} for learner in desk.attempts.learners()],
        "profiles": [{"id": each.id, "title": each.title} for each in characters()],
        "profile": asked.get("profile", desk.profile),
        "troubles": [
            {"id": trouble.id, "side": trouble.side, "nb": trouble.nb, "en": trouble.en}
            for trouble in TROUBLES.values()
        ],
        "trouble": sorted(desk.troubles.of(offer.id)),
        "folder": str(Path.cwd()),
    }


def _is_sibling(offer: Offer, other: Offer) -> bool:
    """Whether it is of the same source; those of the same module come in other languages, formats and so on."""
    return bool(offer.module) and other.origin == offer.origin


def _sibling(offer: Offer) -> dict[str, str]:
    return {
        "id": offer.id,
        "label": f"{offer.title} · {FORMATS[offer.kind]}",
        "module": offer.module,
        "language": offer.language,
        "audience": offer.audience,
        "edition": offer.edition,
        "kind": offer.kind.value,
    }
