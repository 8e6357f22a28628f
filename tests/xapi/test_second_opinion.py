"""Learning Locker's rules for statements: where they judge otherwise than ours, it is known why."""

from __future__ import annotations

import copy

from tests.conformance.judge import learning_locker
from tests.statements import BROKEN, SOUND, WHOLE, changed

TAKES = {
    # It does not look into the members of groups, nor for objectType where only one will do (2.4.2.2, 2.4.4.3, 2.4.6),
    ("actor", "actor.member[0]"),
    ("context.team", "context.team.objectType"),
    ("context.statement", "context.statement.objectType"),
    # does not compare components (2.4.4.1),
    ("object.definition.choices", ""),
    # and knows neither how long months are nor how a SHA-2 and a number of bytes look (4.5, 2.4.11).
    ("timestamp", ""),
    ("attachments.0.sha2", "attachments[0].sha2"),
    ("attachments.0.length", "attachments[0].length"),
}
REFUSES = {
    # The zone is only recommended (4.5), and leap seconds exist (ISO 8601).
    "2026-05-17T09:30:00",
    "2026-12-31T23:59:60Z",
}


def test_what_we_refuse_it_refuses_too() -> None:
    cases = [case for case in BROKEN if not case[0].startswith("verb")]
    statements = []
    for number, (path, value, *_) in enumerate(cases):
        statement = changed(path, value)
        # One activity where an array belongs comes from old clients: an LRS takes it, it does not (2.4.6.2).
        if path == "context.contextActivities.parent":
            assert isinstance(statement["context"]["contextActivities"]["parent"], str)
        else:
            statement["context"]["contextActivities"]["parent"] = [{"id": "https://kurs.example/"}]
        statement["verb"] = {"id": f"urn:case:{number}"}
        statements.append(statement)
    refused = {line.split(" ")[0] for line in learning_locker(statements)}
    taken = {
        (path, where)
        for number, (path, _, where, _) in enumerate(cases)
        if f"urn:case:{number}" not in refused
    }
    assert taken == TAKES


def test_what_we_take_it_takes_too() -> None:
    statements = [copy.deepcopy(each) for each in (WHOLE, *SOUND)]
    for number, statement in enumerate(statements):
        statement["context"]["contextActivities"] = {"parent": [{"id": "https://kurs.example/"}]}
        statement["verb"]["id"] = f"urn:case:{number}"
    refused = {line.split(" ")[0] for line in learning_locker(statements)}
    names = [each["timestamp"] for each in statements if each["verb"]["id"] in refused]
    assert set(names) == REFUSES
    assert len(names) == 2
