"""The main line, told on one page: a newcomer starts reading here.

    read → check → assemble → prove → publish

Everything is gathered and checked before anything is written, and only the output folder is written to.
Modules that take long to import are imported where they are needed: a build that finds nothing changed is over
before they would have been.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kurspakke import __version__, freshness, resources
from kurspakke.findings import ContentError, Finding, Severity, below
from kurspakke.freshness import Inputs
from kurspakke.statefolder import StateFolder
from kurspakke.sums import Sums

if TYPE_CHECKING:
    from kurspakke import publish
    from kurspakke.assemble import Assembled
    from kurspakke.project import Project
    from kurspakke.readability import Reading
    from kurspakke.record import Record
    from kurspakke.selection import Selection

TOOL = f"kurspakke {__version__}"


class Progress:
    """Hears how far a build has come; this one keeps silent."""

    def begin(self, packages: int) -> None:
        """At most so many packages will be made."""

    def made(self, package: publish.Published) -> None:
        """One more package is ready."""


@dataclass(frozen=True, slots=True)
class Built:
    """What came of a build.

    `record` is what build.json says, `made` the paths of the packages this build made, `findings` are those that
    did not stop it, `readings` what the modules ask of a reader; `unchanged` tells that an earlier build had made the
    same already, and then nothing was read.
    """

    record: Record
    made: tuple[str, ...]
    findings: tuple[Finding, ...]
    unchanged: bool = False
    readings: tuple[Reading, ...] = ()


def build(project: Project, selection: Selection, progress: Progress) -> Built:
    """Build the packages of a project into its output folder.

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
    built = _build(project, selection, sums, progress)
    freshness.remember(project.out, inputs, built.made, built.findings, sums)
    return built


def _build(project: Project, selection: Selection, sums: Sums, progress: Progress) -> Built:
    from kurspakke import assemble, publish
    from kurspakke.clock import today
    from kurspakke.readability import readings
    from kurspakke.record import CourseRecord
    from kurspakke.rules.source import validate_source
    from kurspakke.source import read_source

    source = read_source(project.source)
    # Notes are for whoever asks: a build says what hinders it, or might.
    found = [one for one in validate_source(source, today()) if one.severity is not Severity.NOTE]
    findings = below(project.source, found)
    course = source.course
    if course is None or any(finding.severity is Severity.ERROR for finding in findings):
        raise ContentError(findings)
    progress.begin(assemble.count(course, selection))
    made: list[str] = []

    def note(package: publish.Published) -> None:
        made.append(package.record.path)
        progress.made(package)

    record = publish.publish(
        project.out,
        _proven(assemble.packages(source, course, selection)),
        publish.Build(
            TOOL, CourseRecord(course.id, course.head.version, course.head.title), selection.is_everything
        ),
        sums=sums,
        progress=note,
    )
    return Built(record, tuple(made), findings, readings=tuple(readings(source)))


def _proven(packages: Iterator[Assembled]) -> Iterator[publish.Package]:
    """Each package, once the validator has nothing against it: what it would say of ours is a fault of ours."""
    from kurspakke import publish
    from kurspakke.package import Package
    from kurspakke.rules.validate import proof

    for package in packages:
        if findings := proof(Package(package.file_name, package.tree)):
            raise ContentError(findings)
        yield publish.Package(package.label, package.tree, package.first)
