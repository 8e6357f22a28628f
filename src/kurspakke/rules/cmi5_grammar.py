"""The elements of cmi5 course structures as a table (cmi5, section 13.2)."""

from __future__ import annotations

from kurspakke.rules.grammar import ANY, Grammar, shape

_ID = {"id": ANY}

# Rules of their own judge ids, urls and words: here those may say anything.
COURSE_STRUCTURE: Grammar = {
    "courseStructure": shape("course objectives? au|block+"),
    "course": shape("title description", _ID),
    "courseStructure/objectives": shape("objective+"),
    "block": shape("title description objectives? au|block+", _ID),
    "au": shape(
        "title description objectives? url launchParameters? entitlementKey?",
        dict.fromkeys(("id", "moveOn", "masteryScore", "launchMethod", "activityType"), ANY),
    ),
    "title": shape("langstring+"),
    "description": shape("langstring+"),
    "langstring": shape(attributes={"lang": ANY}),
    "url": shape(),
    "launchParameters": shape(),
    "entitlementKey": shape(),
    "block/objectives": shape("objective+"),
    "au/objectives": shape("objective+"),
    # Declared, an objective has an id and texts; referred to, an `idref` and nothing in it.
    "objective": shape("title* description*", {"id": ANY, "idref": ANY}, in_order=False),
}
