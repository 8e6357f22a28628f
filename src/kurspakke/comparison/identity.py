"""Changes in what an LMS recognises a package and its parts by, and in what it launches and judges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kurspakke.comparison.change import Change, Effect
from kurspakke.comparison.facts import Facts, Launchable
from kurspakke.package import Kind

_WORDS = {"sco": "SCO", "asset": "asset", "au": "AU", "activity": "activity"}


def are_strangers(old: Facts, new: Facts) -> bool:
    """Whether the two have nothing in common that an LMS goes by."""
    return old.identifier != new.identifier and not set(_ids(old)) & set(_ids(new))


def stranger(old: Facts, new: Facts) -> Iterator[Change]:
    """Two packages of different courses: whatever else differs follows from that."""
    yield Change(
        "another-course",
        Effect.LOSES,
        new.identifier,
        f"these are different courses: «{old.identifier}» and «{new.identifier}», with no part in common",
        "put over the old one, the new package leaves its learners without their results; "
        "if it is the same course, it has to keep its identifiers",
    )


def standard(old: Facts, new: Facts) -> Iterator[Change]:
    """Another standard is another activity in every LMS."""
    if old.kinds != new.kinds:
        message = f"the standard was {_names(old.kinds)} and is {_names(new.kinds)}"
        yield Change(
            "standard-changed",
            Effect.LOSES,
            _names(new.kinds),
            message,
            "an LMS keeps results by standard: add the new package as an activity of its own",
        )


def _names(kinds: tuple[Kind, ...]) -> str:
    return " and ".join(kinds) or Kind.UNKNOWN


def identifier(old: Facts, new: Facts) -> Iterator[Change]:
    """The package's own identifier: several LMSs tell by it whether this is the course they have."""
    if old.identifier != new.identifier and old.kinds == new.kinds:
        yield Change(
            "identifier-changed",
            Effect.LOSES,
            new.identifier,
            f"the package's identifier was «{old.identifier}» and is «{new.identifier}»",
            "LMSs that go by it take this for another course: write the old identifier into the new package",
        )


def organization(old: Facts, new: Facts) -> Iterator[Change]:
    """The organization that an LMS shows."""
    if old.organization != new.organization and old.organization and new.organization:
        yield Change(
            "organization-changed",
            Effect.CHANGES,
            new.organization,
            f"the default organization was «{old.organization}» and is «{new.organization}»",
            "results hang on the items, but some LMSs make a new table of contents",
        )


def gone(old: Facts, new: Facts) -> Iterator[Change]:
    """What learners have results in, and what is not there any more."""
    there = {launchable.id for launchable in new.launchables}
    for launchable in old.launchables:
        if launchable.id not in there:
            word = _WORDS[launchable.type]
            yield Change(
                f"{launchable.type}-gone",
                Effect.LOSES,
                launchable.id,
                f"the {word} «{launchable.id}» ({launchable.title}) is gone",
                "results are kept by this identifier, and lost or left behind when it disappears: "
                "keep the identifier, whatever the title and the file are called",
            )


def added(old: Facts, new: Facts) -> Iterator[Change]:
    """What is new beside what was there."""
    there = {launchable.id for launchable in old.launchables}
    for launchable in new.launchables:
        if launchable.id not in there:
            word = _WORDS[launchable.type]
            yield Change(
                f"{launchable.type}-added",
                Effect.CHANGES,
                launchable.id,
                f"the {word} «{launchable.id}» ({launchable.title}) is new",
                "where an LMS waits for all parts, those who were done are not done any more",
            )


def sequence(old: Facts, new: Facts) -> Iterator[Change]:
    """The order of what is in both."""
    before, after = _ids(old), _ids(new)
    both = set(before) & set(after)
    if [each for each in before if each in both] != [each for each in after if each in both]:
        yield Change(
            "order-changed",
            Effect.CHANGES,
            new.identifier,
            "the parts come in another order",
            "LMSs that go from one part to the next lead learners another way from now on",
        )


def _ids(facts: Facts) -> list[str]:
    return [launchable.id for launchable in facts.launchables]


def launched(old: Facts, new: Facts) -> Iterator[Change]:
    """The same part, but of another type, with another resource or another file."""
    for before, after in _pairs(old, new):
        word = _WORDS[after.type]
        if before.type != after.type:
            yield Change(
                "type-changed",
                Effect.LOSES if before.type == "sco" else Effect.CHANGES,
                after.id,
                f"«{after.id}» was of the type {_WORDS[before.type]} and is of the type {word}",
                "an asset reports nothing: LMSs mark it done when it is opened",
            )
        if before.resource != after.resource:
            yield Change(
                "resource-identifier-changed",
                Effect.CHANGES,
                after.id,
                f"the resource of «{after.id}» was «{before.resource}» and is «{after.resource}»",
                "most LMSs go by the item; where the resource is part of the object's identity, results are left",
            )
        if before.launch != after.launch:
            yield Change(
                "launch-changed",
                Effect.HARMLESS,
                after.id,
                f"the {word} «{after.id}» opened {before.launch} and opens {after.launch}",
                "LMSs read it anew; links that people have kept to the old file break",
            )


def rules(old: Facts, new: Facts) -> Iterator[Change]:
    """What decides when a part is passed or completed, as far as the manifest says."""
    for before, after in _pairs(old, new):
        for name in sorted(before.rules.keys() | after.rules.keys()):
            was, now = before.rules.get(name, ""), after.rules.get(name, "")
            if was != now:
                yield Change(
                    f"{name.lower()}-changed",
                    Effect.CHANGES,
                    after.id,
                    f"{name} of «{after.id}» was {was or 'not there'} and is {now or 'not there'}",
                    "those who are done keep their result; those under way are judged by the new rule",
                )


def activities(old: Facts, new: Facts) -> Iterator[Change]:
    """Activity ids that reports and statements know, besides what is launched."""
    launched_ids = {launchable.id for launchable in old.launchables}
    for activity in sorted(old.activities - new.activities - launched_ids - {old.identifier}):
        yield Change(
            "activity-id-gone",
            Effect.CHANGES,
            activity,
            f"the activity id {activity} is gone",
            "statements about it stay in the LRS, but reports no longer find it in the course",
        )


def _pairs(old: Facts, new: Facts) -> Iterator[tuple[Launchable, Launchable]]:
    """The parts that are in both, by their identifiers."""
    after: Mapping[str, Launchable] = {launchable.id: launchable for launchable in new.launchables}
    for before in old.launchables:
        if before.id in after:
            yield before, after[before.id]
