"""The components a page is made of: a file each, all of them in this table."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field

from kurspakke.components.accordion import Accordion
from kurspakke.components.action_plan import ActionPlan
from kurspakke.components.assessment import Assessment
from kurspakke.components.audio import Audio
from kurspakke.components.base import Component, Interaction
from kurspakke.components.callout import Callout
from kurspakke.components.cards import Cards
from kurspakke.components.case import Case
from kurspakke.components.choice import Choice
from kurspakke.components.download import Download
from kurspakke.components.figure import Figure
from kurspakke.components.fill_in import FillIn
from kurspakke.components.group_work import GroupWork
from kurspakke.components.heading import Heading
from kurspakke.components.hotspot import Hotspot
from kurspakke.components.likert import Likert
from kurspakke.components.matching import Matching
from kurspakke.components.numeric import Numeric
from kurspakke.components.prioritise import Prioritise
from kurspakke.components.quote import Quote
from kurspakke.components.reflection import Reflection
from kurspakke.components.sequencing import Sequencing
from kurspakke.components.survey import Survey
from kurspakke.components.text import Text
from kurspakke.components.timeline import Timeline
from kurspakke.components.tips import Tips
from kurspakke.components.true_false import TrueFalse
from kurspakke.components.video import Video
from kurspakke.components.why_how_what import WhyHowWhat

COMPONENTS: dict[str, type[Component]] = {
    "heading": Heading,
    "text": Text,
    "figure": Figure,
    "video": Video,
    "audio": Audio,
    "reflection": Reflection,
    "tips": Tips,
    "callout": Callout,
    "quote": Quote,
    "accordion": Accordion,
    "cards": Cards,
    "timeline": Timeline,
    "case": Case,
    "why-how-what": WhyHowWhat,
    "download": Download,
    "group-work": GroupWork,
    "action-plan": ActionPlan,
    "prioritise": Prioritise,
    "survey": Survey,
    "choice": Choice,
    "true-false": TrueFalse,
    "fill-in": FillIn,
    "numeric": Numeric,
    "matching": Matching,
    "sequencing": Sequencing,
    "hotspot": Hotspot,
    "likert": Likert,
    "assessment": Assessment,
}

AnyComponent: TypeAlias = Annotated[
    Heading
    | Text
    | Figure
    | Video
    | Audio
    | Reflection
    | Tips
    | Callout
    | Quote
    | Accordion
    | Cards
    | Timeline
    | Case
    | WhyHowWhat
    | Download
    | GroupWork
    | ActionPlan
    | Prioritise
    | Survey
    | Choice
    | TrueFalse
    | FillIn
    | Numeric
    | Matching
    | Sequencing
    | Hotspot
    | Likert
    | Assessment,
    Field(discriminator="type"),
]

__all__ = ["COMPONENTS", "AnyComponent", "Component", "Interaction"]
