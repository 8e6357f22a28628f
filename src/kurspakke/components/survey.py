"""A survey (kartlegging) driven by an instrument file; answers stay in the learner's browser."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from kurspakke.components.base import Component
from kurspakke.model import Id


class Survey(Component):
    """Statements to answer, and where one stands: staircase, profile, barriers, opportunities. Kept in the browser."""

    type: Literal["survey"]
    instrument: Id = Field(description="The instrument: the file instruments/<id>.yaml.")
