"""HTM-060 to HTM-079: the WebVTT files of a package, whoever made it.

A file that players can't read is a film without captions; what makes captions hard to follow is a note. Each
rule speaks once a file, at the first place, with the number of places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kurspakke import webvtt
from kurspakke.findings import Severity
from kurspakke.package import Package
from kurspakke.rules.family import Family, Problem
from kurspakke.webvtt import Captions, Cue, Fault

MAX_BYTES = 2 << 20
"""Longer files are not read: the captions of a whole working day take less."""
OVERLAP = 0.5
"""Seconds that two captions may be on the screen together: players show both, and tools round times."""
LONGEST = 160
"""Characters in one caption: about twice what subtitlers put into two lines."""
FASTEST = 25.0
"""Characters a second that a caption may ask for; subtitlers stay below 17, and adults manage this for a while."""
HASTY = 3
"""So many hasty captions are a habit and not a slip."""


@dataclass(frozen=True)
class CaptionFile:
    """The captions in the file `name` of a package."""

    package: Package
    name: str

    @cached_property
    def read(self) -> Captions:
        """What stands in it."""
        return webvtt.read(self.package.bytes_of(self.package.home + self.name))


def caption_files(package: Package) -> Iterator[str]:
    """The names of the captions files that are read."""
    for name, file in package.files.items():
        if name.lower().endswith(".vtt") and 0 < file.size <= MAX_BYTES:
            yield name


CAPTIONS: Family[CaptionFile] = Family("HTM", first=60)


def _once_a_file(captions: CaptionFile, fault: Fault, hint: str) -> Iterator[Problem]:
    """The first error of that kind, and how many there are."""
    errors = [error for error in captions.read.errors if error.fault is fault]
    if errors:
        location = captions.package.at(captions.name, errors[0].line)
        yield Problem(location, errors[0].message + _times(len(errors)), hint)


def _times(count: int) -> str:
    return "" if count == 1 else f" ({count} of them)"


@CAPTIONS.rule(0, "unreadable-captions", Severity.WARNING, spec="WebVTT, 4.1; WCAG 2.1, 1.2.2")
def unreadable_captions(captions: CaptionFile) -> Iterator[Problem]:
    """A captions file is WebVTT in UTF-8, and begins with the line `WEBVTT`.

    Browsers take nothing else, and say nothing when they refuse: the film simply has no captions. A file of
    another form (SubRip, `.srt`) that was only given a new name is the usual reason.
    """
    hint = "export it as WebVTT in UTF-8; the first line is WEBVTT, and an empty line follows"
    yield from _once_a_file(captions, Fault.FILE, hint)


@CAPTIONS.rule(1, "file-without-captions", Severity.WARNING, spec="WCAG 2.1, 1.2.2")
def file_without_captions(captions: CaptionFile) -> Iterator[Problem]:
    """A captions file has captions in it.

    The player offers captions, and nothing comes. Fill it, or take out the `track` that names it.
    """
    yield from _once_a_file(captions, Fault.NOTHING, "write the captions, or take the file and its track out")


@CAPTIONS.rule(2, "unreadable-caption-times", Severity.WARNING, spec="WebVTT, 4.1; WCAG 2.1, 1.2.2")
def unreadable_caption_times(captions: CaptionFile) -> Iterator[Problem]:
    """The times of a caption are written `00:01.000 --> 00:04.000`, with hours if there are any.

    Minutes and seconds go to 59 and have two digits, thousandths stand behind a full stop. A comma, as in
    SubRip, or `75:00.000` for an hour and a quarter makes players leave the caption out, or guess.
    """
    yield from _once_a_file(
        captions, Fault.TIMES, "write 00:01.000 --> 00:04.000, or 01:15:00.000 with hours"
    )


@CAPTIONS.rule(3, "caption-ends-before-it-begins", Severity.WARNING, spec="WebVTT, 4.1; WCAG 2.1, 1.2.2")
def caption_ends_before_it_begins(captions: CaptionFile) -> Iterator[Problem]:
    """A caption ends after it begins.

    Otherwise it is never on the screen. The two times are often swapped.
    """
    yield from _once_a_file(captions, Fault.ENDS_FIRST, "put the earlier time first")


@CAPTIONS.rule(4, "captions-out-of-order", Severity.WARNING, spec="WebVTT, 4.1")
def captions_out_of_order(captions: CaptionFile) -> Iterator[Problem]:
    """Captions stand in the order of their beginnings.

    WebVTT asks for it, and players that read the file while it comes lose those that come late.
    """
    yield from _once_a_file(captions, Fault.ORDER, "sort the captions by the times at which they begin")


@CAPTIONS.rule(5, "empty-caption", Severity.NOTE, spec="WCAG 2.1, 1.2.2")
def empty_caption(captions: CaptionFile) -> Iterator[Problem]:
    """A caption has words in it.

    An empty one shows an empty box, or wipes the one before. It is often a sentence that got lost.
    """
    yield from _once_a_file(captions, Fault.EMPTY, "write what is said, or take the caption out")


@CAPTIONS.rule(6, "overlapping-captions", Severity.NOTE, spec="WCAG 2.1, 1.2.2")
def overlapping_captions(captions: CaptionFile) -> Iterator[Problem]:
    """A caption begins when the one before it has ended, give or take half a second.

    Two at once cover the picture and are hard to tell apart. Two people who talk at once belong into one
    caption, each on a line with a dash.
    """
    yield from _habits(
        captions,
        lambda cues: [after for before, after in pairwise(cues) if _overlap(before, after)],
        "the caption begins before the one above it has ended",
        "let each caption end when the next one begins",
    )


def _overlap(before: Cue, after: Cue) -> bool:
    # Captions that begin together are placed side by side on purpose.
    return before.start < after.start < before.end - OVERLAP


@CAPTIONS.rule(7, "long-caption", Severity.NOTE, spec="WCAG 2.1, 1.2.2")
def long_caption(captions: CaptionFile) -> Iterator[Problem]:
    """A caption has at most 160 characters.

    More fills half of the picture on a phone. Subtitlers take two lines of about 40 characters; part longer
    sentences into several captions.
    """
    yield from _habits(
        captions,
        lambda cues: [cue for cue in cues if len(cue.text) > LONGEST],
        "the caption is very long",
        "part it into several captions of two lines each",
    )


@CAPTIONS.rule(8, "hasty-captions", Severity.NOTE, spec="WCAG 2.1, 1.2.2")
def hasty_captions(captions: CaptionFile) -> Iterator[Problem]:
    """Captions stay long enough to be read: a second for each 25 characters, at the very least.

    People who read slowly, or read Norwegian as a second language, lose the thread. Three such captions in a
    file are named. Let captions stay longer, or shorten what is said in them.
    """
    yield from _habits(
        captions,
        lambda cues: [cue for cue in cues if len(cue.text) > FASTEST * (cue.end - cue.start)],
        "the caption is gone before most people have read it",
        "let it stay longer, or shorten it",
        at_least=HASTY,
    )


def _habits(
    captions: CaptionFile,
    find: Callable[[tuple[Cue, ...]], Iterable[Cue]],
    message: str,
    hint: str,
    at_least: int = 1,
) -> Iterator[Problem]:
    found = list(find(captions.read.cues))
    if len(found) >= at_least:
        location = captions.package.at(captions.name, found[0].line)
        yield Problem(location, message + _times(len(found)), hint)
