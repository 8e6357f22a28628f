"""A statement with everything in it, and what may and may not stand in its places."""

from __future__ import annotations

import copy
from typing import Any

WHOLE: dict[str, Any] = {
    "id": "d8cfd9ea-3b14-4d0e-9a8f-17a1f22b9f4c",
    "actor": {"objectType": "Agent", "mbox": "mailto:kari@kommune.example", "name": "Kari Ødegård"},
    "verb": {
        "id": "http://adlnet.gov/expapi/verbs/answered",
        "display": {"nb": "svarte på", "en-US": "answered"},
    },
    "object": {
        "objectType": "Activity",
        "id": "https://kurs.example/spørsmål/1",
        "definition": {
            "name": {"nb": "Hva er kunstig intelligens?"},
            "description": {"nn": "Vel det som høver"},
            "type": "http://adlnet.gov/expapi/activities/cmi.interaction",
            "moreInfo": "https://kurs.example/om",
            "interactionType": "choice",
            "correctResponsesPattern": ["a[,]b"],
            "choices": [{"id": "a", "description": {"nb": "A"}}, {"id": "b"}],
            "extensions": {"https://kurs.example/x": None},
        },
    },
    "result": {
        "score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10},
        "success": True,
        "completion": False,
        "response": "a",
        "duration": "PT1M30.5S",
        "extensions": {},
    },
    "context": {
        "registration": "D8CFD9EA-3B14-4D0E-9A8F-17A1F22B9F4C",
        "instructor": {"objectType": "Group", "member": [{"openid": "https://id.example/ola"}]},
        "team": {"objectType": "Group", "account": {"homePage": "https://kommune.example", "name": "IT"}},
        "contextActivities": {"parent": {"id": "https://kurs.example/"}, "other": [{"id": "urn:x:y"}]},
        "revision": "2",
        "platform": "kurspakke",
        "language": "nb-NO",
        "statement": {"objectType": "StatementRef", "id": "d8cfd9ea-3b14-4d0e-9a8f-17a1f22b9f4d"},
        "extensions": {"https://kurs.example/x": {"deep": [None]}},
    },
    "timestamp": "2026-05-17T09:30:00.1234567+02:00",
    "stored": "2026-05-17T09:30:00Z",
    "authority": {"account": {"homePage": "https://lms.example", "name": "lms"}},
    "version": "1.0.3",
    "attachments": [
        {
            "usageType": "https://kurs.example/bevis",
            "display": {"nb": "Kursbevis"},
            "contentType": "application/pdf; version=1",
            "length": 3,
            "sha2": "ab" * 32,
            "fileUrl": "https://kurs.example/bevis.pdf",
        }
    ],
}
GROUP = {"objectType": "Group", "member": [{"mbox": "mailto:a@b.no"}, {"mbox": "mailto:c@d.no"}]}
SUB = {"objectType": "SubStatement", **{name: WHOLE[name] for name in ("actor", "verb", "object", "result")}}
DEFINITION = WHOLE["object"]["definition"]
GONE = object()


def changed(path: str, value: object) -> dict[str, Any]:
    """The whole statement with another value at `path`."""
    statement = copy.deepcopy(WHOLE)
    inner: Any = statement
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    for part in way:
        inner = inner[part]
    if value is GONE:
        del inner[last]
    else:
        inner[last] = value
    return statement


def about_else(thing: dict[str, Any]) -> dict[str, Any]:
    """The statement about something else than an activity: without what only those have."""
    statement = changed("object", thing)
    del statement["context"]["revision"], statement["context"]["platform"]
    return statement


SOUND = [
    changed("actor", GROUP),
    changed("actor", {"mbox_sha1sum": "a" * 40}),
    about_else({"objectType": "Agent", "mbox": "mailto:a@b.no"}),
    about_else({"objectType": "StatementRef", "id": WHOLE["id"]}),
    about_else(SUB),
    changed("authority", GROUP),
    changed("timestamp", "2026-05-17T09:30:00"),
    changed("timestamp", "2026-12-31T23:59:60Z"),
    changed("result.duration", "P3Y1M29DT4H35M59.14S"),
    changed("result.duration", "P4W"),
    changed("result.score", {"scaled": -1}),
    changed("verb", {"id": "urn:verb"}),
    changed("version", "1.0"),
    changed("version", "1.0.9"),
    changed("context.language", "zh-Hans-CN"),
    changed("context.contextActivities", {}),
]

BROKEN = [
    # The change, where the problem is said to be if elsewhere, and a word of what is said.
    ("actor", GONE, "", "is missing"),
    ("verb", GONE, "", "is missing"),
    ("object", GONE, "", "is missing"),
    ("verb.id", GONE, "", "is missing"),
    ("object.id", GONE, "", "is missing"),
    ("Result", {}, "", "`result`"),
    ("result.grade", 6, "", "not a property"),
    ("result.response", None, "", "null"),
    ("context.extensions", None, "", "null"),
    ("id", 12, "", "UUID"),
    ("id", "d8cfd9ea3b144d0e9a8f17a1f22b9f4c", "", "UUID"),
    ("actor.mbox", "kari@kommune.example", "", "mailto"),
    ("actor.mbox", "mailto:kari.kommune.example", "", "mailto"),
    ("actor.openid", "https://id.example/kari", "actor", "exactly one"),
    ("actor", {"name": "Kari"}, "", "nobody can tell"),
    ("actor", {"objectType": "Group", "name": "IT"}, "", "neither"),
    ("actor", {"objectType": "Group", "member": []}, "", "neither"),
    ("actor", {"objectType": "Group", "member": [GROUP]}, "actor.member[0]", ""),
    ("actor", {"objectType": "Person", "mbox": "mailto:a@b.no"}, "actor.objectType", "Agent"),
    ("actor", {"account": {"homePage": "kommune.example", "name": "k"}}, "actor.account.homePage", "IRI"),
    ("actor", {"account": {"homePage": "https://a.no", "name": 7}}, "actor.account.name", "string"),
    ("actor", {"mbox_sha1sum": "abc"}, "actor.mbox_sha1sum", "40"),
    ("verb.display", "svarte", "", "language map"),
    ("verb.display", {"bokmål": "svarte"}, "verb.display.bokmål", "language tag"),
    ("verb.display", {"zh-z-aaa-z-bbb": "x"}, "verb.display.zh-z-aaa-z-bbb", "language tag"),
    ("verb.display", {"nb": 3}, "verb.display.nb", "string"),
    ("object.id", "kurs/1", "", "IRI"),
    ("object.objectType", "activity", "", "Activity"),
    ("object.definition.type", "quiz", "", "IRI"),
    ("object.definition.interactionType", "Choice", "", "choice"),
    ("object.definition.interactionType", {"a": 1}, "", "choice"),
    ("object.definition.interactionType", GONE, "", "missing"),
    ("object.definition.scale", [{"id": "1"}], "", "does not belong"),
    ("object.definition.choices", [{"id": "a"}, {"id": "a"}], "", "two components"),
    ("object.definition.choices", [{"description": {}}], "object.definition.choices[0].id", "missing"),
    ("object.definition.extensions", {"farge": 1}, "", "IRI"),
    ("object.definition", [], "", "object"),
    ("object", {"objectType": "StatementRef", "id": "x"}, "object.id", "UUID"),
    ("object", {**SUB, "object": SUB}, "object.object.objectType", "Activity"),
    ("object", {**SUB, "id": WHOLE["id"]}, "object.id", "not a property"),
    ("object", {**SUB, "authority": GROUP}, "object.authority", "not a property"),
    ("result.score", 5, "", "object"),
    ("result.score.scaled", 1.01, "", "-1 to 1"),
    ("result.score.scaled", "0.5", "", "number"),
    ("result.score.raw", True, "", "number"),
    ("result.score.raw", 11, "result.score.max", "less than raw"),
    ("result.score.min", 10.5, "result.score.max", "less than min"),
    ("result.success", "true", "", "neither"),
    ("result.duration", "1:30", "", "duration"),
    ("result.duration", "P4W1D", "", "duration"),
    ("result.duration", "PT", "", "duration"),
    ("result.duration", "P", "", "duration"),
    ("context.registration", "1", "", "UUID"),
    ("context.team", {"mbox": "mailto:a@b.no"}, "context.team.objectType", "missing"),
    ("context.language", "norsk bokmål", "", "language tag"),
    ("context.statement", {"id": WHOLE["id"]}, "context.statement.objectType", "missing"),
    ("context.contextActivities.parent", "x", "", "object"),
    ("context.contextActivities.child", [], "", "not a property"),
    ("timestamp", "i dag", "", "time"),
    ("timestamp", "2026-02-30T10:00:00Z", "", "time"),
    ("timestamp", "2026-05-17T09:30:00-00:00", "", "time"),
    ("timestamp", 1234, "", "time"),
    ("version", "2.0.0", "", "1.0"),
    ("authority", {**GROUP, "mbox": "mailto:a@b.no"}, "", "identifier"),
    ("authority", {**GROUP, "member": GROUP["member"] * 2}, "authority.member", "two"),
    ("attachments", {}, "", "array"),
    ("attachments.0.sha2", "abc", "attachments[0].sha2", "SHA-2"),
    ("attachments.0.length", -1, "attachments[0].length", "bytes"),
    ("attachments.0.contentType", "pdf", "attachments[0].contentType", "media type"),
    ("attachments.0.display", GONE, "attachments[0].display", "missing"),
    (
        "attachments.0.usageType",
        "http://adlnet.gov/expapi/attachments/signature",
        "attachments[0].contentType",
        "octet-stream",
    ),
    ("verb.id", "http://adlnet.gov/expapi/verbs/voided", "object", "StatementRef"),
    ("object", {"objectType": "Agent", "mbox": "mailto:a@b.no"}, "context.revision", "Activity"),
    ("object", {"objectType": "Agent", "mbox": "mailto:a@b.no"}, "context.platform", "Activity"),
]
