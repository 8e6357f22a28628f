"""The main line, told on one page: a newcomer starts reading here.

    read → check → assemble → prove → publish

Everything is gathered and checked before anything is published, and only the output folder is written to.
Modules that take long to import are imported where they are needed: a build that finds nothing changed is over
before they would have been.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kurspakke import __version__, freshness, resources
from kurspakke.findings import ContentError, Finding, Severity, below
from kurspakke.freshness import Inputs
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums

if TYPE_CHECKING:
    from kurspakke.assemble import Assembled
    from kurspakke.course import Course
    from kurspakke.press.press import Press
    from kurspakke.project import Project
    from kurspakke.readability import Reading
    from kurspakke.record import Record
    from kurspakke.selection import Selection
    from kurspakke.source import Source
    from kurspakke.staging import Package, Published

TOOL = f"kurspakke {__version__}"


class Progress:
    """Hears how far a build has come; this one keeps silent."""

    def begin(self, packages: int) -> None:
        """At most so many packages will be made."""

    def made(self, package: Published) -> None:
        """One more package is ready."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    `record` is what build.json says, `made` the paths of the packages this build made, `findings` are those that
    did not stop it, `readings` what the modules ask of a reader; `unchanged` tells that an earlier build had made the
    same already, and then nothing was read. `uncertain` are the editions whose language form nobody is sure of, `gone`
    the paths of packages that an earlier build had made and that are there no more.
    """

    record: Record
    made: tuple[str, ...]
    findings: tuple[Finding, ...]
    unchanged: bool = False
    readings: tuple[Reading, ...] = ()
    uncertain: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def build(project: Project, selection: Selection, progress: Progress, jobs: int = 1) -> Built:
    """Build the packages of a project into its output folder; those of many editions by so many processes.

    Raises ContentError if the course has findings that stop it, and KurspakkeError for what is not the course's
    fault; in both cases the output folder is as it was.
    """
    sums = Sums(StateFolder(project.out))
    inputs = Inputs.scan(
        [project.source, resources.templates()], selection.options(), sums, without=project.out
    )
    if earlier := freshness.fresh(project.out, inputs, sums):
        made = tuple(package.path for package in earlier.record.packages)
        return Built(earlier.record, made, earlier.findings, unchanged=True)
    built = _build(project, selection, sums, progress, jobs)
    freshness.remember(project.out, inputs, built.made, built.findings, sums)
    return built


def _build(project: Project, selection: Selection, sums: Sums, progress: Progress, jobs: int) -> Built:
    from kurspakke import assemble, publish
    from kurspakke.press.press import Order, Press
    from kurspakke.readability import readings
    from kurspakke.record import CourseRecord
    from kurspakke.rules.localities import uncertain
    from kurspakke.sourcereader import read_source

    source = read_source(project.source)
    findings: list[Finding] = []
    made: list[str] = []

    def check() -> Course:
        course = _checked(project, source, findings)
        progress.begin(assemble.count(source, course, selection))
        return course

    def note(package: Published) -> None:
        made.append(package.path)
        progress.made(package)

    packages: Generator[Package | Published]
    if selection.is_local:
        order = Order(project.source.absolute(), project.out.absolute(), selection)
        # Where editions were built before, most packages stay: the others are begun while the course is being checked.
        begun = source.course if order.was_given_before() else None
        course = begun or check()
        packages = _pressed(Press(order, source, course, sums), jobs, check if begun else None)
    else:
        course = check()
        packages = _proven(assemble.packages(source, course, selection))
    before = publish.current(project.out)
    with closing(packages):
        record = publish.publish(
            project.out,
            packages,
            publish.Build(
                TOOL,
                CourseRecord(course.id, course.head.version, course.head.title),
                selection.is_everything,
                str(selection.shard),
                national=not selection.is_local,
            ),
            sums=sums,
            progress=note,
        )
    doubtful = tuple(
        name for name in uncertain(source) if name in selection.editions or selection.all_editions
    )
    here = {there.path for there in record.dated}
    gone = tuple(there.path for there in (before.dated if before else ()) if there.path not in here)
    return Built(
        record,
        tuple(made),
        tuple(findings),
        readings=tuple(readings(source)),
        uncertain=doubtful,
        gone=gone if selection.is_everything else (),
    )


def _checked(project: Project, source: Source, findings: list[Finding]) -> Course:
    """The course, once nothing in it hinders a build; what there is to say of it goes to the findings."""
    from kurspakke.clock import today
    from kurspakke.rules.source import validate_source

    # Notes are for whoever asks: a build says what hinders it, or might.
    found = [one for one in validate_source(source, today()) if one.severity is not Severity.NOTE]
    findings += below(project.source, found)
    if source.course is None or any(finding.severity is Severity.ERROR for finding in findings):
        raise ContentError(tuple(findings))
    return source.course


def _pressed(press: Press, jobs: int, check: Callable[[], object] | None) -> Generator[Published]:
    """The packages of editions: what they share is made once, and what was made before is not made again.

    A check that is still to be done is done meanwhile; none is given before.
    """
    from kurspakke.press.press import pressed

    yield from pressed(press, jobs, check)
    if press.order.selection.is_everything:
        press.store.sweep()


def _proven(packages: Iterator[Assembled]) -> Generator[Package]:
    """Each package, once the validator has nothing against it: what it would say of ours is a fault of ours."""
    from kurspakke.package import Package as Proven
    from kurspakke.rules.validate import proof
    from kurspakke.staging import Package

    for package in packages:
        if findings := proof(Proven(package.file_name, package.tree)):
            raise ContentError(findings)
        yield Package(package.label, package.tree, package.first)
