"""What all answers of the preview draw on: the packages, the learners' attempts, the troubles, and who is told."""

from __future__ import annotations

from dataclasses import dataclass, field

from starlette.requests import Request

from kurspakke.lrs.store import LrsStore
from kurspakke.preview.attempts import Attempts
from kurspakke.preview.events import Events
from kurspakke.preview.launches import Launches
from kurspakke.preview.looks import LOOKS
from kurspakke.preview.offer import Offer, Shelf
from kurspakke.preview.origins import origin_of
from kurspakke.preview.switches import Switches
from kurspakke.preview.troubles import TROUBLES

LANGUAGES = ("nb", "en")
"""The languages of the preview's own pages, the default one first."""


@dataclass(frozen=True)
class Desk:
    """One running preview.

    `profile` is the LMS that packages are shown in unless another is chosen, empty for none; `presents` hides the
    panel.
    """

    shelf: Shelf
    attempts: Attempts
    launches: Launches
    statements: LrsStore
    events: Events
    port: int
    profile: str = ""
    presents: bool = False
    troubles: Switches = field(default_factory=lambda: Switches(TROUBLES))
    looks: Switches = field(default_factory=lambda: Switches(LOOKS))

    @property
    def inspector(self) -> str:
        """The origin of the preview's own pages."""
        return f"http://127.0.0.1:{self.port}"

    def lms_page(self, offer: Offer) -> str:
        """The address of the page that launches the package."""
        return f"{origin_of(offer.id, self.port)}/lms/{offer.id}/"


def desk_of(request: Request) -> Desk:
    """The desk of the app that was asked."""
    desk: Desk = request.app.state.desk
    return desk


def language_of(request: Request) -> str:
    """The language that a page was asked for in (`?lang=en`)."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else LANGUAGES[0]
