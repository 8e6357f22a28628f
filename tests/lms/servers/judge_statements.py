"""Judges xAPI statements by Ralph's models: a JSON list on standard input, one line per complaint on standard output.

Statements about a film or a recording are judged by the models of the xAPI Video Profile too; but for the words of
the verb, which those models want in American English and in no other language.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement
from ralph.models.xapi.video import statements as video

FILM = "https://w3id.org/xapi/video/activity-type/video"
PROFILE = {
    "http://adlnet.gov/expapi/verbs/initialized": video.VideoInitialized,
    "http://adlnet.gov/expapi/verbs/completed": video.VideoCompleted,
    "http://adlnet.gov/expapi/verbs/terminated": video.VideoTerminated,
    "https://w3id.org/xapi/video/verbs/played": video.VideoPlayed,
    "https://w3id.org/xapi/video/verbs/paused": video.VideoPaused,
    "https://w3id.org/xapi/video/verbs/seeked": video.VideoSeeked,
}


def judgements(statement: dict[str, Any]) -> Iterator[tuple[type[BaseXapiStatement], dict[str, Any]]]:
    """The models that the statement is held against, and the form in which it is."""
    yield BaseXapiStatement, statement
    verb = statement["verb"]["id"]
    if statement["object"].get("definition", {}).get("type") == FILM:
        yield PROFILE[verb], {**statement, "verb": {"id": verb}}


if __name__ == "__main__":
    for given in json.load(sys.stdin):
        for model, form in judgements(given):
            try:
                model.model_validate(form)
            except ValidationError as wrong:
                for error in wrong.errors():
                    where = ".".join(map(str, error["loc"]))
                    sys.stdout.write(f"{given['verb']['id']} {where}: {error['msg']}\n")
