"""Judges xAPI statements by Ralph's models: a JSON list on standard input, one line per complaint on standard output.

Statements about a film or a recording are judged by the models of the xAPI Video Profile.
"""

from __future__ import annotations

import json
import sys

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

if __name__ == "__main__":
    for statement in json.load(sys.stdin):
        film = statement["object"].get("definition", {}).get("type") == FILM
        try:
            (PROFILE[statement["verb"]["id"]] if film else BaseXapiStatement).model_validate(statement)
        except ValidationError as wrong:
            for error in wrong.errors():
                where = ".".join(map(str, error["loc"]))
                sys.stdout.write(f"{statement['verb']['id']} {where}: {error['msg']}\n")
