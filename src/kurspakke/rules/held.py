"""A package's findings as the LMSs that were asked for see them: what they mind more, and what only they mind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from kurspakke.findings import Finding, ordered
from kurspakke.objections import Objection, objections
from kurspakke.package import Package
from kurspakke.rules.lms_manifest import LMS_MANIFEST
from kurspakke.rules.lms_package import LMSS, Hosted
from kurspakke.rules.names import extension

if TYPE_CHECKING:
    from kurspakke.profile import Profile

_SAYS_IT_TOO = {
    "PKG-122": "PKG-051",
    "PKG-123": "PKG-048",
    "PKG-124": "PKG-045",
    "PKG-125": "S12-036",
    "PKG-126": "PKG-043",
    "PKG-127": "S12-051",
}
"""Rules about LMSs, and the general ones that have less to say about the same cause at the same place."""


def held(package: Package, findings: Iterable[Finding], lmss: Sequence[Profile]) -> tuple[Finding, ...]:
    """The findings with what these LMSs make of them, and the findings that only they give rise to."""
    own = tuple(_own(package, lmss)) if package.kinds else ()
    said = {(_SAYS_IT_TOO.get(finding.rule.id), finding.location) for finding in own}
    rest = (finding for finding in findings if (finding.rule.id, finding.location) not in said)
    return ordered((*own, *(_minded(finding, lmss) for finding in rest)))


def _own(package: Package, lmss: Sequence[Profile]) -> Iterator[Finding]:
    for lms in lmss:
        hosted = Hosted(package, lms)
        for family in (LMSS, LMS_MANIFEST):
            for finding in family.findings(hosted, package.clock):
                yield replace(finding, profiles=(lms.id,))


def _minded(finding: Finding, lmss: Sequence[Profile]) -> Finding:
    """The finding with the LMSs that mind it: named, with the reason, and weighed by the one that minds it most."""
    for lms in lmss:
        objection = objections(lms).get(finding.rule.id)
        if objection and objection.general and _concerns(objection, finding, lms):
            gravest = min(finding.severity, objection.weight or finding.severity, key=lambda one: one.rank)
            finding = replace(
                finding,
                message=f"{finding.message}; {lms.title}: {objection.text} ({objection.cited})",
                weighed=None if gravest is finding.rule.severity else gravest,
                profiles=(*finding.profiles, lms.id),
            )
    return finding


def _concerns(objection: Objection, finding: Finding, lms: Profile) -> bool:
    """Whether the LMS minds this very breach: of the extensions, only those that it names."""
    blocked = lms.packaging.blocked_extensions
    if objection.rule == "PKG-047" and blocked:
        return extension(finding.location.path) in blocked.value
    return True
