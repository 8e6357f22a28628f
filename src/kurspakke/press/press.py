"""Press packages: variant by variant, by as many processes as there are, each package made ready in its place."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from kurspakke.assemble import Assembled, Workshop, packages_of
from kurspakke.course import Course
from kurspakke.findings import ContentError, KurspakkeError
from kurspakke.package import Package as Proven
from kurspakke.press.blanks import names, tree_likeness
from kurspakke.press.means import SharedMeans
from kurspakke.press.prints import Prints, program_print
from kurspakke.press.store import Store
from kurspakke.record import Label, PackageRecord
from kurspakke.rules.validate import proof
from kurspakke.selection import Selection
from kurspakke.sidebyside import in_order
from kurspakke.source import Source
from kurspakke.sourcereader import read_source
from kurspakke.staging import Package, Published, Staging
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums
from kurspakke.variant import Variant

FOLDER = "press"
"""Where finished things are kept, in the state folder."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be pressed, fit to be sent to another process."""

    source: Path
    out: Path
    selection: Selection

    def was_given_before(self) -> bool:
        """Whether editions have been pressed into this output folder, so that there is much to be found again."""
        return (StateFolder(self.out).path / FOLDER).is_dir()


class Press:
    """Everything that is needed to press the packages of a course. The output folder's lock is held by the caller."""

    def __init__(self, order: Order, source: Source, course: Course, sums: Sums) -> None:
        self.order = order
        self._source = source
        self._course = course
        self._program = program_print(source.files.root / "templates")
        state = StateFolder(order.out)
        self.store = Store(state.path / FOLDER)
        self._prints = Prints(self._program, sums)
        self._means = SharedMeans(self._prints, self.store)
        self._staging = Staging(state, sums)
        self._proven: set[str] = set()

    def variants(self) -> Iterator[Variant]:
        """What is ordered; UsageError for what the course does not have."""
        return self.order.selection.variants_of(self._course, self._source.editions)

    def variant(self, variant: Variant) -> list[Published]:
        """Its packages, each ready. ContentError for one that the validator has something against."""
        workshop = Workshop(self._source, self._course, variant, self._means)
        packages = packages_of(workshop, self.order.selection)
        return list(self._ready(packages, workshop))

    def _ready(self, packages: Iterator[Assembled], workshop: Workshop) -> Iterator[Published]:
        for one in packages:
            start = time.perf_counter()
            rendered = self._means.rendered
            prints = self._prints.of_package(one)
            key = _key("package", self._program, one.format, *prints)
            record, recipe = self._untouched(one.label, key, prints)
            reused = record is not None
            if record is None:
                record, recipe, reused = self._made(one, workshop, key)
            fresh = self._means.rendered - rendered
            yield Published(record, recipe, time.perf_counter() - start, reused, fresh)

    def _untouched(self, label: Label, key: str, prints: list[str]) -> tuple[PackageRecord | None, str]:
        """The package from before, where what it is made of is the same and nobody has changed it; with its recipe."""
        recipe = _recipe(self.store.get(key))[0]
        record = self._staging.reusable(label, recipe) if recipe else None
        for name in prints if record else ():
            self.store.touch(name)
        return record, recipe

    def _made(self, one: Assembled, workshop: Workshop, key: str) -> tuple[PackageRecord, str, bool]:
        """The package put together, its recipe, and whether it lay there already.

        What was made and proven before, as its recipe tells, is only linked.
        """
        package = self._staging.summed(Package(one.label, one.tree, one.first))
        recipe = package.recipe
        known, sha256 = _recipe(self.store.get(key))
        if known != recipe:
            sha256 = ""
            self._prove(package, tree_likeness(package.tree, one.first, names(one.unit, workshop.words)))
        lying = self._staging.reusable(one.label, recipe)
        record = lying or self._staging.link(package, sha256)
        self.store.put(key, json.dumps([recipe, record.sha256]).encode())
        return record, recipe, lying is not None

    def _prove(self, package: Package, alike: str) -> None:
        """Make sure that the validator has nothing against a package, or against one just like it."""
        key = _key("proof", self._program, alike)
        if alike and (key in self._proven or self.store.get(key) is not None):
            self._proven.add(key)
            return
        if findings := proof(Proven(package.path, package.tree)):
            raise ContentError(findings)
        if alike:
            self._proven.add(key)
            self.store.put(key, b"")


_presses: dict[Order, Press] = {}
"""The presses of this process; those that are forked from it begin with them."""


def pressed(press: Press, jobs: int, meanwhile: Callable[[], object] | None = None) -> Iterator[Published]:
    """The packages that are ordered, in order, made by so many processes.

    `meanwhile` is done before the first is given; what it raises is raised, whatever has come of the packages.
    """
    order = press.order
    variants = list(press.variants())
    if min(jobs, len(variants)) == 1:
        if meanwhile:
            meanwhile()
        yield from chain.from_iterable(map(press.variant, variants))
        return
    _presses[order] = press
    try:
        made = in_order(partial(_press, order), variants, min(jobs, len(variants)), meanwhile)
        yield from chain.from_iterable(made)
    finally:
        del _presses[order]


def _press(order: Order, variant: Variant) -> list[Published]:
    press = _presses.get(order)
    if press is None:  # a process that was not forked knows nothing yet
        source = read_source(order.source)
        if source.course is None:
            raise KurspakkeError(f"{order.source} changed while it was being built", "build once more")
        press = _presses[order] = Press(order, source, source.course, Sums(StateFolder(order.out)))
    return press.variant(variant)


def _recipe(kept: bytes | None) -> tuple[str, str]:
    """A package's recipe and its SHA-256, as they are kept; both empty where nothing is."""
    recipe, sha256 = json.loads(kept) if kept else ("", "")
    return recipe, sha256


def _key(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
