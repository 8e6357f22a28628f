"""An LMS profile: what an LMS takes, limits and does, each with its source.

A value that a profile does not state is not known; then the one that works everywhere holds (`profiles/generic.yaml`).
What was looked for and not found stands in `unknown`, with where it was looked for.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, model_validator

from kurspakke.lmsfacts import Cited, Limits, Packaging, Report, Standard, Stated, Tracking, Window
from kurspakke.model import Id, Model, PlainText, Title
from kurspakke.profiles import DEFAULTS, differing
from kurspakke.standin import Setting, StandIn

RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2}-[0-9]{3}$")]
FactName = Annotated[str, StringConstraints(pattern=r"^[a-z_]+(\.[a-z_]+)?$")]


class Quirk(Cited):
    """Something that an LMS does and others don't."""

    id: Id = Field(description="What rules and the preview call it.")
    text: PlainText = Field(description="What happens, in a sentence.")


class Objection(Cited):
    """What a breach of a rule leads to in this LMS."""

    rule: RuleId = Field(description="The rule's id, such as PKG-003.")
    text: PlainText = Field(description="What happens, in a sentence.")
    weight: Literal["error", "warning", "note"] | None = Field(
        None, description="How much a breach weighs for this LMS; as the rule says if left out."
    )


class Step(Cited):
    """Something to do in the LMS, for the guide that goes with a package."""

    text: PlainText = Field(description="What to do, in Norwegian (bokmål).")
    nn: PlainText | None = Field(
        None, description="The same in nynorsk; if left out, guides in nynorsk show `text`."
    )
    words: tuple[PlainText, ...] = Field((), description="What to look for on the screen, as the LMS has it.")
    language: Literal["nb", "nn", "en"] | None = Field(None, description="The language of these words.")


class Missing(Cited):
    """Facts that were looked for and not found: `source` is where, `noted` when."""

    facts: tuple[FactName, ...] = Field(
        min_length=1, description="Their names here: takes, limits.scos, or tracking for all that is in it."
    )


class Guide(Model):
    """What an administrator does, step by step."""

    upload: tuple[Step, ...] = Field((), description="How a package is imported.")
    replace: tuple[Step, ...] = Field((), description="How a new version takes the old one's place.")


class Profile(Model):
    """An LMS."""

    id: Id = Field(description="The file's name without .yaml; `lms:` in course.yaml names it.")
    title: Title = Field(description="What people call it.")
    about: PlainText = Field(description="What to know before choosing it.")
    takes: Stated[tuple[Standard, ...]] | None = Field(None, description="The standards it imports.")
    reports: Stated[tuple[Report, ...]] | None = Field(
        None, description="What of SCORM 1.2 it keeps and shows."
    )
    tracking: Tracking = Field(
        default_factory=lambda: Tracking.model_validate({}),
        description="How the learner's way is told to it.",
    )
    limits: Limits = Field(
        default_factory=lambda: Limits.model_validate({}), description="The most that it takes."
    )
    packaging: Packaging = Field(
        default_factory=lambda: Packaging.model_validate({}), description="What it wants of a package."
    )
    window: Window = Field(
        default_factory=lambda: Window.model_validate({}), description="Where and how it opens a package."
    )
    stand_in: StandIn = Field(
        default_factory=lambda: StandIn.model_validate({}),
        description="How it answers the calls of SCORM 1.2; the preview answers so too.",
    )
    settings: tuple[Setting, ...] = Field((), description="Settings of it that change how it answers.")
    minds: tuple[Objection, ...] = Field((), description="Rules whose breach has consequences in it.")
    quirks: tuple[Quirk, ...] = Field((), description="What it does and others don't.")
    guide: Guide = Field(
        default_factory=lambda: Guide(upload=(), replace=()), description="What an administrator does."
    )
    unknown: tuple[Missing, ...] = Field((), description="What was looked for and not found.")

    @model_validator(mode="before")
    @classmethod
    def _answered(cls, data: Any) -> Any:
        """Without what a questionnaire has left empty: that is not known."""
        return _without_empty(data) if isinstance(data, dict) else data

    def untold(self) -> tuple[str, ...]:
        """The names in `tracking` that nothing is known about; for these the values of «generic» hold."""
        return tuple(name for name in Tracking.model_fields if getattr(self.tracking, name) is None)

    def facts(self) -> dict[str, Stated[Any] | None]:
        """Every fact that a profile can state, by its name (`takes`, `limits.scos`); None where it is not known."""
        sections = ("tracking", "limits", "packaging", "window", "stand_in")
        whole: dict[str, Stated[Any] | None] = {"takes": self.takes, "reports": self.reports}
        for section in sections:
            part = getattr(self, section)
            whole |= {f"{section}.{name}": getattr(part, name) for name in type(part).model_fields}
        return whole

    def tracked(self) -> dict[str, str]:
        """All of `tracking`, known or not, as it holds."""
        stated = {name: getattr(self.tracking, name) for name in Tracking.model_fields}
        return {name: fact.value if fact else DEFAULTS[name] for name, fact in stated.items()}

    def reporting(self) -> dict[str, str]:
        """What the player has to do differently from what it does for «generic»."""
        return differing(self.tracked())


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    filled = {key: _without_empty(part) if isinstance(part, dict) else part for key, part in data.items()}
    return {
        key: part
        for key, part in filled.items()
        if not (isinstance(part, dict) and "value" in part and part["value"] is None)
    }
