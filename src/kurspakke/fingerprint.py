"""By what a finding is known again when lines have moved: a name made of its rule, its file and its words."""

from __future__ import annotations

import hashlib
import re

from kurspakke.findings import Finding

_NUMBER = re.compile(r"[0-9]+([., :][0-9]+)*")


def inside(finding: Finding, target: str) -> str:
    """The finding's file as seen from the target it was found in; empty for the target itself."""
    return finding.location.path.removeprefix(target.rstrip("/\\")).removeprefix("/")


def fingerprint(finding: Finding, target: str) -> str:
    """32 hexadecimal digits, the same wherever the target at the path `target` lies.

    Neither lines nor any other number counts. Equal findings in one file have equal fingerprints.
    """
    words = _NUMBER.sub("0", finding.message.replace(target.rstrip("/\\") + "/", ""))
    parts = "\0".join([finding.rule.id, inside(finding, target), words])
    return hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()[:32]
