"""What a coordinator gets beside the course: `coordinator.yaml`, the texts around the gatherings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kurspakke.model import Id, Inline, Markdown, Model, PlainText, Title, Truth

COORDINATOR_FILE = "coordinator.yaml"

Part = Literal["alone", "preparation", "gathering", "follow_up"]
"""A part of what a module asks of a participant: the module itself, or a phase of its group work."""

_GATHERINGS = "true: left out of packages without group work."


class Letter(Model):
    """A text to send. Slots such as {module} and {minutes} are filled for each gathering; see `slots.py`."""

    subject: PlainText = Field(description="The subject line; with slots if wanted.")
    body: Markdown = Field(description="The text: Markdown, with slots if wanted.")


class Invitation(Letter):
    """The invitation to the gatherings of one module, or to all that have none of their own."""

    id: Id = Field(description="Unique in the list.")
    module: Id | None = Field(
        None, description="The module; left out: all modules without an own invitation."
    )


class Task(Model):
    """Something to do, with a box to tick on paper."""

    id: Id = Field(description="Unique in its list.")
    text: Inline = Field(description="What is to be done.")
    needs_gathering: Truth = Field(False, description=_GATHERINGS)


class Checklist(Model):
    """What is to be done before, during and after a gathering."""

    before: tuple[Task, ...] = Field((), description="Before the gathering.")
    during: tuple[Task, ...] = Field((), description="While it lasts.")
    after: tuple[Task, ...] = Field((), description="Afterwards.")

    def lists(self) -> Iterator[tuple[str, tuple[Task, ...]]]:
        """The lists by their keys."""
        yield from (("before", self.before), ("during", self.during), ("after", self.after))


class Work(Model):
    """What participants do in a week: parts of a module."""

    id: Id = Field(description="Unique in its week.")
    module: Id = Field(description="The module.")
    parts: tuple[Part, ...] = Field(
        min_length=1,
        description="alone: the module itself; preparation, gathering, follow_up: phases of its group work.",
    )
    text: Inline | None = Field(None, description="What the coordinator does about it.")


class Week(Model):
    """A week of the plan. Weeks are counted when a package is made: those of modules it lacks drop out."""

    id: Id = Field(description="Unique in the plan.")
    title: Title | None = Field(
        None, description="What the week is about; left out: what its work is called."
    )
    text: Inline | None = Field(None, description="What the coordinator does in any case.")
    work: tuple[Work, ...] = Field((), description="What the participants do; its minutes are counted.")


class Section(Model):
    """A part of the guidance with a title of its own."""

    id: Id = Field(description="Unique in the list.")
    title: Title = Field(description="The title.")
    text: Markdown = Field(description="The text: Markdown, headings from ### on.")
    needs_gathering: Truth = Field(False, description=_GATHERINGS)


class Coordinator(Model):
    """Everything that is written for the coordinator; times and sheets come from the modules."""

    introduction: Markdown = Field(description="What a coordinator does: Markdown.")
    weeks: tuple[Week, ...] = Field((), description="A plan, week by week.")
    checklist: Checklist = Field(
        default_factory=lambda: Checklist(before=(), during=(), after=()), description="What is to be done."
    )
    sections: tuple[Section, ...] = Field((), description="Further guidance.")
    invitations: tuple[Invitation, ...] = Field((), description="Invitations to the gatherings.")
    reminder: Letter | None = Field(None, description="Sent shortly before a gathering.")
    follow_up: Letter | None = Field(None, description="Sent after a gathering.")

    def invitation_to(self, module: str) -> Invitation | None:
        """The module's own invitation, or the general one."""
        fitting = [letter for letter in self.invitations if letter.module in {module, None}]
        return max(fitting, key=lambda letter: letter.module is not None, default=None)
