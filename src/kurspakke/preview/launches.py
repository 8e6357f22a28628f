"""Launching Tin Can and cmi5 content as an LMS does: addresses, secrets, and who may come to the LRS with them.

Each launch has secrets of its own, which open its package's part of the LRS and no other's. A Tin Can launch gets its
token in the address, a cmi5 launch a fetch address that gives the token once (cmi5 8.2).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from kurspakke.findings import KurspakkeError
from kurspakke.lrs.grant import Grant
from kurspakke.package import Kind, Package
from kurspakke.preview.cmi5.launchdata import launch_data
from kurspakke.preview.cmi5.lmsstatements import launched
from kurspakke.preview.cmi5.terms import LAUNCH_DATA
from kurspakke.preview.enrolment import Enrolments, Packages
from kurspakke.preview.launchable import Launchable, course_of, launchables
from kurspakke.preview.launchaddress import content_address, fetch_address, parameters_of, with_parameters
from kurspakke.preview.launchmemory import LaunchStore, Secrets
from kurspakke.preview.offer import Offer
from kurspakke.preview.records import AUTHORITY, Records, StateKey
from kurspakke.preview.sessions import End, Learner, Mode, Session, actor_of, given_id
from kurspakke.preview.sittings import Now, Sittings, utc

LIFE = timedelta(hours=24)
"""So long after its launch a token is good at most."""
LAST_WORDS = timedelta(seconds=15)
"""So long after `terminated` a token is good: what was sent with it may still be on its way (cmi5 9.3.8)."""
_USED, _SECURITY = "1", "2"


@dataclass(frozen=True, slots=True)
class Launch:
    """What is to be opened: the whole `url`, and what stands in its query.

    `token` is None for cmi5, whose AU fetches it. `own_window` tells that the content must not be framed (cmi5 8.1).
    """

    url: str
    parameters: Mapping[str, str]
    token: str | None
    registration: str
    session: str
    own_window: bool


@dataclass(frozen=True, slots=True)
class Launches:
    """All launches of a preview at `port`. Every method may be called from several threads at once."""

    store: LaunchStore
    records: Records
    enrolments: Enrolments
    sittings: Sittings
    port: int
    now: Now = utc

    def begin(  # noqa: PLR0913 - what a launch is made of
        self,
        offer: Offer,
        package: Package,
        unit: str,
        learner: Learner,
        *,
        mode: Mode = Mode.NORMAL,
        back: str = "",
    ) -> Launch:
        """Launch the AU or activity `unit` (its publisher's id, "" for the first); `back` is a cmi5 returnURL.

        Raises:
            KurspakkeError: there is no such AU or activity in the package.
        """
        found = _unit(package, unit)
        course = course_of(package)
        is_cmi5 = found.kind is Kind.CMI5
        registration = self.enrolments.registration(offer.key, learner)
        if is_cmi5:
            self.sittings.leave(registration)
        session = Session(
            id=str(uuid.uuid4()),
            space=offer.key,
            kind=found.kind,
            registration=registration,
            learner=learner.id,
            actor=actor_of(learner),
            unit=found.id,
            activity=given_id(offer.key, "au", found.id) if is_cmi5 else found.id,
            begun=self.now(),
            course=(course[0].id or "") if is_cmi5 and course else "",
            mode=mode,
            mastery=found.mastery,
            move_on=found.move_on if is_cmi5 else "",
        )
        key, token = secrets.token_urlsafe(24), _new_token()
        self.store.add(session, Secrets(key=_digest(key)) if is_cmi5 else Secrets(token=_digest(token)))
        address = content_address(offer.id, self.port, package.home, found.url)
        if is_cmi5:
            state = StateKey(session.activity, session.actor, registration, LAUNCH_DATA)
            self.records.put_state(offer.key, state, launch_data(session, found, back))
            self.records.keep(offer.key, [launched(session, found, address)])
        secret = fetch_address(offer.id, self.port, key) if is_cmi5 else f"Basic {token}"
        parameters = parameters_of(session, f"http://127.0.0.1:{self.port}/xapi/", secret)
        return Launch(
            url=with_parameters(address, parameters),
            parameters=parameters,
            token=None if is_cmi5 else token,
            registration=registration,
            session=session.id,
            own_window=found.launch_method == "OwnWindow",
        )

    def fetch(self, space: str, key: str) -> dict[str, str]:
        """The answer of a cmi5 fetch address to a POST, always with status 200 and as JSON (cmi5 8.2).

        `space` is the package at whose origin was asked, `key` the parameter `launch` of the address.
        """
        session = self.store.with_key(_digest(key))
        if session is None or session.space != space:
            return _error(_SECURITY, "Ukjent oppstart / unknown launch")
        if session.end is End.ABANDONED or self.now() > session.begun + LIFE:
            return _error(_USED, "Økten er over / the session is over")
        token = _new_token()
        if not self.store.hand_out(_digest(key), _digest(token)):
            return _error(_USED, "Koden er hentet før / the token has been fetched before")
        return {"auth-token": token}

    def allows(self, authorization: str) -> Grant | None:
        """What the bearer of that `Authorization` header may do at the LRS; None: nothing (401).

        The grant's label is the launch's session.
        """
        session = self._bearer(authorization)
        return _grant(session) if session is not None and not self._is_over(session) else None

    def refusal(self, authorization: str) -> tuple[Grant | None, str]:
        """Why that header opens nothing, in Norwegian and English, and what it did open while its launch went on."""
        if not authorization.strip():
            return None, "Authorization mangler / the header Authorization is missing"
        session = self._bearer(authorization)
        if session is None:
            return None, "Authorization er ikke fra noen oppstart / the Authorization is of no launch"
        return _grant(session), self._is_over(session)

    def _is_over(self, session: Session) -> str:
        """Why the launch's token is no longer good; "" while it is."""
        if session.end is End.ABANDONED:
            return "Økten er forlatt (abandoned) / the session is abandoned: it takes no more (cmi5 9.3.6)"
        is_silent = session.ended is not None and self.now() > session.ended + LAST_WORDS
        if session.end is End.TERMINATED and is_silent:
            return "Økten er avsluttet med terminated / the session is over since terminated (cmi5 8.2.1)"
        is_old = self.now() > session.begun + LIFE
        return "Oppstarten er for gammel / the launch is too long ago" if is_old else ""

    def _bearer(self, authorization: str) -> Session | None:
        scheme, _, token = authorization.strip().partition(" ")
        return self.store.with_token(_digest(token.strip())) if scheme.lower() == "basic" else None


def open_launches(store: LaunchStore, records: Records, packages: Packages, port: int) -> Launches:
    """Launches of the packages that `packages` finds by their offers' keys, for a preview at `port`."""
    enrolments = Enrolments(store, records, packages)
    return Launches(store, records, enrolments, Sittings(store, records, enrolments), port)


def _grant(session: Session) -> Grant:
    sealed = frozenset({LAUNCH_DATA}) if session.kind is Kind.CMI5 else frozenset[str]()
    return Grant(session.space, AUTHORITY, session.id, sealed)


def _unit(package: Package, wanted: str) -> Launchable:
    units = launchables(package)
    for unit in units:
        if wanted in {unit.id, ""}:
            return unit
    names = ", ".join(unit.id for unit in units) or "none"
    raise KurspakkeError(
        f"{package.path} has nothing to launch called {wanted or 'anything'}", f"there is: {names}"
    )


def _new_token() -> str:
    """A secret in the form of Basic credentials, for whoever decodes it (cmi5 8.2.1)."""
    return base64.b64encode(b"launch:" + secrets.token_hex(24).encode()).decode()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _error(code: str, text: str) -> dict[str, str]:
    return {"error-code": code, "error-text": text}
