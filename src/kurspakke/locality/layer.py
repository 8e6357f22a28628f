"""A layer: what one locality puts over the course of those above it, as `editions/<id>/edition.yaml` says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kurspakke.brand import Brand
from kurspakke.catalog import Catalog
from kurspakke.components import AnyComponent
from kurspakke.course import Contact, Page
from kurspakke.model import Id, Language, Model, Title

EDITIONS = "editions"
LocalityKind = Literal["network", "county", "municipality"]
PageAddress = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*/[a-z][a-z0-9-]*$", max_length=130)]


class Replacement(Model):
    """A component in the place of one that is there; its id says of which."""

    page: PageAddress = Field(description="The page it stands on: module/page.")
    component: AnyComponent = Field(
        description="The component, of the same id and type as the one it replaces."
    )


class Addition(Model):
    """Components that a page has besides its own."""

    page: PageAddress = Field(description="The page they are put on: module/page.")
    after: Id | None = Field(
        None, description="The component they come after; at the page's end if left out."
    )
    components: tuple[AnyComponent, ...] = Field(
        min_length=1, description="The components, with ids of their own."
    )


class PageAddition(Model):
    """A page that a module has besides its own; it stands in the edition's modules/<module>/pages/<page>.yaml."""

    module: Id = Field(description="The module it is put into.")
    after: Id | None = Field(None, description="The page it comes after; last if left out.")
    page: Id = Field(description="The page's id: its file's name without .yaml.")


class EditionHead(Model):
    """A local edition as `edition.yaml` has it. What is left out is as in the edition it inherits from."""

    id: Id = Field(description="The folder's name, for ever the same.")
    title: Title | None = Field(None, description="What the locality is called; needed if no table has it.")
    kind: LocalityKind | None = Field(None, description="What it is; needed if no table has it.")
    inherits: Id | None = Field(
        None,
        description="The edition above it; left out: its county and network by the table, or the national one.",
    )
    language: Language | None = Field(
        None, description="The language it is built in, and its own texts are written in."
    )
    audiences: tuple[Id, ...] = Field(
        (), description="The audiences it is built for; the first one if left out."
    )
    brand: Brand | None = Field(
        None, description="Logo and colours; files in the edition's own brand/ folder."
    )
    contact: Contact | None = Field(None, description="Whom learners ask.")
    coordinator: Contact | None = Field(None, description="Who runs the programme there.")
    replace: tuple[Replacement, ...] = Field(
        (), description="Components in the place of others (`local: allowed`)."
    )
    add: tuple[Addition, ...] = Field((), description="Components on pages that allow it (`local: allowed`).")
    pages: tuple[PageAddition, ...] = Field(
        (), description="Pages in modules that allow it (`local: allowed`)."
    )


@dataclass(frozen=True, slots=True)
class Layer:
    """What one edition's folder says: its head, its own pages by `module/page`, and its own translations.

    `language` is what its texts are written in.
    """

    head: EditionHead
    language: str
    pages: Mapping[str, Page] = field(default_factory=dict)
    catalogs: Mapping[str, Catalog] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """True if every page that it adds was there and bears its name."""
        return len(self.pages) == len({f"{asked.module}/{asked.page}" for asked in self.head.pages})

    @property
    def id(self) -> str:
        """The edition whose folder it is."""
        return self.head.id

    @property
    def folder(self) -> str:
        """Where its files stand, below the course."""
        return f"{EDITIONS}/{self.id}"


def edition_file(name: str) -> str:
    """Where an edition's head stands."""
    return f"{EDITIONS}/{name}/edition.yaml"


def own_page_file(name: str, module: str, page: str) -> str:
    """Where a page of an edition's own stands."""
    return f"{EDITIONS}/{name}/modules/{module}/pages/{page}.yaml"


def own_catalog_file(name: str, language: str) -> str:
    """Where an edition's own texts stand in another language."""
    return f"{EDITIONS}/{name}/locale/{language}.po"
