"""What of a Tin Can or cmi5 package an LMS can launch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kurspakke.formats.cmi5_manifest import Part
from kurspakke.formats.xapi_manifest import Activity, LangText
from kurspakke.hrefs import is_language_tag
from kurspakke.package import Kind, Package

MOVE_ON_DEFAULT = "NotApplicable"
METHOD_DEFAULT = "AnyWindow"


@dataclass(frozen=True, slots=True)
class Launchable:
    """An activity of a Tin Can package or an AU of a cmi5 course, with what its manifest says.

    `id` is the publisher's, `url` as written there. `mastery` is 0 to 1, None where there is none. What follows
    `type` is an AU's, with the defaults of cmi5 13.1.4.
    """

    kind: Kind
    id: str
    url: str
    titles: Mapping[str, str]
    type: str = ""
    move_on: str = MOVE_ON_DEFAULT
    mastery: float | None = None
    launch_method: str = METHOD_DEFAULT
    launch_parameters: str | None = None
    entitlement_key: str | None = None


def launchables(package: Package) -> Sequence[Launchable]:
    """All of them in the order of the manifest; none for packages of other kinds."""
    if package.kind is Kind.XAPI and package.tincan:
        return tuple(_activity(each) for each in package.tincan.activities if each.launches)
    if package.kind is Kind.CMI5 and package.cmi5:
        return tuple(_unit(each) for each in package.cmi5.aus() if each.urls)
    return ()


def course_of(package: Package) -> tuple[Part, Sequence[Part]] | None:
    """A cmi5 package's course and the blocks and AUs at its top; None for other packages, or where it has no course."""
    if package.cmi5 is None or not package.cmi5.courses:
        return None
    return package.cmi5.courses[0], package.cmi5.parts


def titles_of(part: Part) -> Mapping[str, str]:
    """The titles of a course, block or AU by their languages, as xAPI's language maps have them."""
    return _by_language(tuple(chain.from_iterable(each.strings for each in part.titles)))


def _activity(activity: Activity) -> Launchable:
    return Launchable(
        kind=Kind.XAPI,
        id=activity.id or "",
        url=activity.launches[0].text,
        titles=_by_language(activity.names),
        type=activity.type or "",
    )


def _unit(part: Part) -> Launchable:
    return Launchable(
        kind=Kind.CMI5,
        id=part.id or "",
        url=part.urls[0].text,
        titles=titles_of(part),
        type=part.activity_type or "",
        move_on=part.move_on or MOVE_ON_DEFAULT,
        mastery=_score(part.mastery_score),
        launch_method=part.launch_method or METHOD_DEFAULT,
        launch_parameters=_text(part, "launchParameters"),
        entitlement_key=_text(part, "entitlementKey"),
    )


def _text(part: Part, name: str) -> str | None:
    found = part.element.first(name)
    return found.text.strip() if found else None


def _score(written: str | None) -> float | None:
    """A masteryScore that is none is the validator's to tell; to the AU it is as if there were none."""
    try:
        score = float(written) if written else None
    except ValueError:
        return None
    return score if score is not None and 0 <= score <= 1 else None


def _by_language(texts: Sequence[LangText]) -> Mapping[str, str]:
    named = ((each.lang or "", each.text) for each in texts if each.text)
    return {lang if is_language_tag(lang) else "und": text for lang, text in named}
