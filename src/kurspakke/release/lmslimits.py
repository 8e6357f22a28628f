"""How large a package an LMS takes, as far as that is known, beside what the packages of a release need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurspakke import filesize
from kurspakke.lmsfacts import Stated
from kurspakke.profile import Profile
from kurspakke.record import PackageRecord
from kurspakke.release.words import release_words

_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: what of, what is known of it with its source, what the packages need, and whether that fits."""

    name: str
    known: str
    source: str
    own: str
    answer: str


def limits(packages: Sequence[PackageRecord], lms: Profile, form: str, language: str) -> Iterator[Limit]:
    """The limits that decide whether these packages, all in the format `form`, can be used; in words of a language."""
    t = release_words(language)

    def limit(name: str, known: Stated[int] | None, unit: str, own: str, needed: float) -> Limit:
        if known is None:
            return Limit(t[name], t["unknown"], "", own, t["limit_ask"])
        answer = t["limit_within"] if needed <= known.value else t["limit_beyond"]
        return Limit(t[name], _counted(t[unit], known.value), known.cited, own, answer)

    largest = max(package.bytes for package in packages)
    room = (form == "xapi" and lms.limits.xapi_megabytes) or lms.limits.package_megabytes
    shown = filesize.shown(largest, language)
    yield limit("limit_file", room, "limit_megabytes", shown, largest / _MEGABYTE)
    if form == "scorm12":
        # The build refuses a course whose longest state is larger (rules/files), so this is the most it can be.
        state, title = 4096, max(len(package.label.title) for package in packages)
        for name, known, own in (
            ("limit_progress", lms.limits.suspend_data, state),
            ("limit_title", lms.limits.title, title),
        ):
            yield limit(name, known, "limit_characters", _counted(t["limit_most"], own), own)


def _counted(words: str, number: int) -> str:
    """Words with a number in their gap, its thousands apart as in both forms of Norwegian."""
    return words.replace("{n}", f"{number:,}".replace(",", "\N{NO-BREAK SPACE}"))
