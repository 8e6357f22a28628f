"""How large a package an LMS takes, as far as that is known, beside what the packages of a release need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kurspakke import filesize
from kurspakke.lmsfacts import Stated
from kurspakke.profile import Profile
from kurspakke.record import PackageRecord

_MEGABYTE = 1_000_000
_UNKNOWN = "ikke kjent"


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit: what of, what is known of it with its source, what the packages need, and whether that fits."""

    name: str
    known: str
    source: str
    own: str
    answer: str


def limits(packages: Sequence[PackageRecord], lms: Profile, form: str) -> Iterator[Limit]:
    """The limits that decide whether these packages, all in the format `form`, can be used."""
    largest = max(package.bytes for package in packages)
    room = (form == "xapi" and lms.limits.xapi_megabytes) or lms.limits.package_megabytes
    yield _limit("Størrelse på filen", room, " MB", filesize.shown(largest, "nb"), largest / _MEGABYTE)
    if form == "scorm12":
        # The build refuses a course whose longest state is larger (rules/files), so this is the most it can be.
        yield _limit(
            "Lagret framdrift", lms.limits.suspend_data, " tegn", f"høyst {_digits(4096)} tegn", 4096
        )
        title = max(len(package.label.title) for package in packages)
        yield _limit("Lengden på tittelen", lms.limits.title, " tegn", f"høyst {title} tegn", title)


def _limit(name: str, known: Stated[int] | None, unit: str, own: str, needed: float) -> Limit:
    if known is None:
        return Limit(name, _UNKNOWN, "", own, "Spør leverandøren hvis importen stopper.")
    answer = "Innenfor." if needed <= known.value else "For stort: pakken blir ikke tatt imot."
    return Limit(name, f"{_digits(known.value)}{unit}", known.cited, own, answer)


def _digits(number: int) -> str:
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")
