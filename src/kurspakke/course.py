"""The course: Course ⊃ Module ⊃ Page ⊃ Component. Frozen, typed, and free of any package format."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from kurspakke.brand import Brand
from kurspakke.components import AnyComponent, Component
from kurspakke.coordinator import Coordinator
from kurspakke.demands import Demands
from kurspakke.glossary import NO_TERMS, Glossary
from kurspakke.ignores import Validation
from kurspakke.instrument import Instrument
from kurspakke.model import (
    EmailAddress,
    Id,
    Inline,
    Iri,
    Language,
    Local,
    Model,
    PlainText,
    Title,
    Truth,
    Version,
    WebAddress,
    WholeNumber,
)

FormatName = Literal["scorm12", "xapi", "cmi5", "web"]
Requirement = Literal["pages", "questions", "mastery"]
Minutes = Annotated[WholeNumber, Field(ge=1, le=120)]
"""What a page takes, in whole minutes."""


class Page(Model):
    """A page: a title and components, in the order the learner meets them."""

    id: Id = Field(description="The file's name without .yaml; unique in its module, for ever the same.")
    title: Title = Field(description="The page's heading.")
    minutes: Minutes | None = Field(None, description="How long the page takes.")
    minutes_for: dict[Id, Minutes] = Field(
        default_factory=dict,
        description="How long it takes audiences that meet less or more of it: `{ansatt: 5}`.",
    )
    show_for: tuple[Id, ...] = Field(
        (), description="The audiences that meet this page; everybody if left out."
    )
    local: Local = Field("locked", description="allowed: local editions may add components to it.")
    components: tuple[AnyComponent, ...] = Field(min_length=1, description="What the page is made of.")


class Goal(Model):
    """What the learner can do afterwards."""

    id: Id = Field(description="Unique in its module.")
    text: Inline = Field(description="«Du kan …»")


class Completion(Model):
    """When a module is done: all of `require` must be fulfilled."""

    require: tuple[Requirement, ...] = Field(
        ("pages",),
        min_length=1,
        description="pages: all seen; questions: all answered; mastery: the score reaches mastery_score.",
    )


class ModuleHead(Model):
    """A module as `module.yaml` has it: everything but the pages themselves."""

    id: Id = Field(description="The folder's name, for ever the same.")
    title: Title = Field(description="What the module is called.")
    theme: Id = Field(description="strategi, teknologi, organisasjon, ledelse, or one of your own.")
    description: PlainText = Field(description="What it is about, in a sentence or two; LMSs show it.")
    keywords: tuple[PlainText, ...] = Field((), description="Words to find it by.")
    minutes: WholeNumber = Field(
        ge=1,
        le=1000,
        description="How long it takes alone, for the first audience; its pages tell it for others.",
    )
    goals: tuple[Goal, ...] = Field((), description="What the learner can do afterwards.")
    pages: tuple[Id, ...] = Field(min_length=1, description="The pages' ids in order.")
    local: Local = Field("locked", description="allowed: local editions may add pages to it.")
    completion: Completion = Field(
        default_factory=lambda: Completion(require=("pages",)), description="When the module is done."
    )
    navigation: Literal["free", "in-order"] = Field(
        "free",
        description="in-order: a page opens when the pages before it are read and their questions answered.",
    )
    mastery_score: WholeNumber | None = Field(None, ge=1, le=100, description="Pass mark in percent.")
    masteryscore_in_manifest: Truth = Field(
        False,
        description="true: SCORM manifests carry adlcp:masteryscore, and some LMSs then override the status.",
    )


class Module(Model):
    """A module with its pages."""

    head: ModuleHead
    pages: tuple[Page, ...]

    @property
    def id(self) -> str:
        """The module's identifier."""
        return self.head.id

    @property
    def title(self) -> str:
        """The module's title."""
        return self.head.title

    @property
    def whole(self) -> bool:
        """True if all its pages could be read."""
        return len(self.pages) == len(self.head.pages)

    def components(self) -> Iterator[Component]:
        """Every component of every page, in order."""
        for page in self.pages:
            yield from page.components


class Licence(Model):
    """What others may do with the course."""

    name: PlainText = Field(description="Such as CC BY 4.0.")
    url: WebAddress = Field(description="Where the licence can be read.")


class Contact(Model):
    """Whom to ask."""

    name: PlainText = Field(description="A person or an office.")
    email: EmailAddress | None = Field(None, description="Their e-mail address.")
    url: WebAddress | None = Field(None, description="Their web page.")


class Audience(Model):
    """A group of learners that the course has a version for."""

    id: Id = Field(description="As written in show_for.")
    title: Title = Field(description="What the group is called.")


class CourseHead(Model):
    """A course as `course.yaml` has it: everything but the modules themselves."""

    id: Id = Field(description="The course's identifier, for ever the same.")
    version: Version = Field(description="Three numbers; the only place where the version stands.")
    title: Title = Field(description="What the course is called.")
    description: PlainText = Field(description="What it is about, in a sentence or two; LMSs show it.")
    keywords: tuple[PlainText, ...] = Field((), description="Words to find it by.")
    languages: tuple[Language, ...] = Field(
        min_length=1, description="The language it is written in, then translations."
    )
    activity_base: Iri = Field(
        description="Where the xAPI activity ids begin: an address of yours, ending in /."
    )
    licence: Licence = Field(description="What others may do with the course.")
    publisher: Title = Field(description="Who publishes it.")
    contact: Contact | None = Field(None, description="Whom to ask.")
    coordinator: Contact | None = Field(
        None, description="Who runs the programme where the course is used; local editions say it."
    )
    brand: Brand | None = Field(None, description="Logo and colours; the program's own if left out.")
    audiences: tuple[Audience, ...] = Field(
        (), description="Groups with versions of their own; the first is the default."
    )
    modules: tuple[Id, ...] = Field(min_length=1, description="The modules' ids in order.")
    formats: tuple[FormatName, ...] = Field(
        ("scorm12", "xapi", "cmi5", "web"), min_length=1, description="The package formats to build."
    )
    lms: Id = Field(
        "generic",
        description="The LMS it is set up for, by its profile: one of the program's, or profiles/ID.yaml. generic: any.",
    )
    demands: Demands = Field(
        default_factory=lambda: Demands(every_module=(), sectors=False, goals=False),
        description="What the course demands of its content.",
    )
    validation: Validation = Field(
        default_factory=lambda: Validation(ignore=()),
        description="How the course is checked: accepted findings, severities.",
    )


class Lms(Model):
    """What a build wants to know of the LMS that the course is set up for."""

    title: Title
    tracked: dict[str, str]


class Stamp(Model):
    """Whose local edition a course is."""

    id: Id
    title: Title


class Course(Model):
    """A course with its modules, in the one language it is written (or localised) in."""

    head: CourseHead
    modules: tuple[Module, ...]
    glossary: Glossary = NO_TERMS
    instruments: tuple[Instrument, ...] = ()
    lms: Lms | None = None
    edition: Stamp | None = None
    coordinator: Coordinator | None = None

    @property
    def id(self) -> str:
        """The course's identifier."""
        return self.head.id

    def instrument(self, name: str) -> Instrument | None:
        """The instrument of this id."""
        return next((instrument for instrument in self.instruments if instrument.id == name), None)

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages the course has; the first is its source language."""
        return self.head.languages
