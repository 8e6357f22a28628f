"""What the preview's own pages ask for as JSON, below `/api`: findings, attempts, learners, troubles, sizes."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kurspakke.lrs.search import Query
from kurspakke.package import Kind
from kurspakke.preview.attempts import Learner, Session
from kurspakke.preview.carryover import score_of, status_of
from kurspakke.preview.desk import Desk, desk_of
from kurspakke.preview.lrsroom import kept
from kurspakke.preview.offer import Offer
from kurspakke.preview.switches import UnknownSwitchError
from kurspakke.preview.weight import weight
from kurspakke.reporters.json import finding_json

MOST_BYTES = 1 << 16
"""A larger question is not read."""
MOST_STATEMENTS = 1000
"""So many statements are told of a package, the oldest first."""

Answer = Callable[[Desk, Offer, Mapping[str, Any]], Any]
"""What is answered about an offer; the words of the address or the body come with it."""


class BadQuestionError(ValueError):
    """The question is not one that this address answers: status 400, with these words."""


def routes() -> list[Route]:
    """The addresses, from `/api` on."""
    return [
        Route("/api/findings/{package}", _about(_findings)),
        Route("/api/attempts/{package}", _about(_attempts), methods=["GET"]),
        Route("/api/attempts/{package}", _about(_reset), methods=["DELETE"]),
        Route("/api/trouble/{package}", _about(_trouble), methods=["POST"]),
        Route("/api/size/{package}", _about(_size)),
        Route("/api/statements/{package}", _about(_statements)),
        Route("/api/waive/{package}", _about(_waive), methods=["POST"]),
        Route("/api/abandon/{package}", _about(_abandon), methods=["POST"]),
        Route("/api/learners", _enrol, methods=["POST"]),
    ]


def _about(answer: Answer) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        desk = desk_of(request)
        offer = desk.shelf.offer(request.path_params["package"])
        if offer is None:
            return JSONResponse({"why": "there is no such package"}, 404)
        try:
            words = {**request.query_params, **await body_of(request)}
            return JSONResponse(await run_in_threadpool(answer, desk, offer, words))
        except (BadQuestionError, UnknownSwitchError) as error:
            return JSONResponse({"why": str(error)}, 400)

    return answered


async def body_of(request: Request) -> dict[str, Any]:
    """The JSON object in the request's body; an empty one where there is no body.

    Raises:
        BadQuestionError: it is something else, or too long.
    """
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise BadQuestionError("the body is too long")
    if not body:
        return {}
    try:
        said = json.loads(bytes(body))
    except (ValueError, RecursionError) as error:
        raise BadQuestionError("the body has to be a JSON object") from error
    if not isinstance(said, dict):
        raise BadQuestionError("the body has to be a JSON object")
    return said


def _findings(desk: Desk, offer: Offer, _: Mapping[str, Any]) -> Any:
    return [finding_json(finding) for finding in desk.shelf.findings(offer.id)]


def _attempts(desk: Desk, offer: Offer, words: Mapping[str, Any]) -> Any:
    sessions = desk.attempts.sessions(offer.key, words.get("learner"))
    return [_session(desk, session, number) for number, session in enumerate(sessions, 1)]


def _session(desk: Desk, session: Session, number: int) -> dict[str, Any]:
    return {
        "session": session.id,
        "learner": session.whose.learner,
        "sco": session.whose.sco,
        "number": number,
        "mode": session.mode,
        "status": status_of(session.values),
        "score": score_of(session.values),
        "started": session.started,
        "updated": session.updated,
        "finished": session.finished,
        "committed": session.values,
        "calls": desk.attempts.calls(session.id),
    }


def _reset(desk: Desk, offer: Offer, words: Mapping[str, Any]) -> Any:
    learner = words.get("learner")
    if not isinstance(learner, str):
        raise BadQuestionError("whose attempts? (?learner=…)")
    known = _learner(desk, learner)
    if offer.kind in {Kind.XAPI, Kind.CMI5}:
        desk.launches.enrolments.anew(offer.key, known)
    return {"forgotten": desk.attempts.reset(offer.key, known.id, words.get("sco"))}


def _learner(desk: Desk, learner_id: object) -> Learner:
    found = next((each for each in desk.attempts.learners() if each.id == learner_id), None)
    if found is None:
        raise BadQuestionError(f"there is no learner «{learner_id}»")
    return found


def _statements(desk: Desk, offer: Offer, _: Mapping[str, Any]) -> Any:
    return kept(desk.statements.statements(offer.key, Query(ascending=True, limit=MOST_STATEMENTS)))


def _waive(desk: Desk, offer: Offer, words: Mapping[str, Any]) -> Any:
    unit, reason = words.get("unit"), words.get("reason")
    if not isinstance(unit, str) or not isinstance(reason, str) or not reason.strip():
        raise BadQuestionError(
            'which AU, and why? ({"learner": "kari", "unit": "…", "reason": "Tested Out"})'
        )
    learner = _learner(desk, words.get("learner"))
    return kept(desk.launches.enrolments.waive(offer.key, learner, unit, reason))


def _abandon(desk: Desk, offer: Offer, words: Mapping[str, Any]) -> Any:
    registration = desk.launches.enrolments.registration(offer.key, _learner(desk, words.get("learner")))
    return kept(desk.launches.sittings.abandon_all(registration))


def _trouble(desk: Desk, offer: Offer, words: Mapping[str, Any]) -> Any:
    on = words.get("on")
    if not isinstance(on, list) or not all(isinstance(each, str) for each in on):
        raise BadQuestionError('what is to go wrong? ({"on": ["slow"]})')
    return {"on": sorted(desk.troubles.switch(offer.id, on))}


def _size(desk: Desk, offer: Offer, _: Mapping[str, Any]) -> Any:
    package = desk.shelf.package(offer.id)
    return weight(package.tree).plain() if package else {}


async def _enrol(request: Request) -> Response:
    try:
        name = (await body_of(request)).get("name")
        learner = await run_in_threadpool(desk_of(request).attempts.enrol, str(name or ""))
    except ValueError as error:
        return JSONResponse({"why": str(error)}, 400)
    return JSONResponse({"id": learner.id, "name": learner.name}, 201)
