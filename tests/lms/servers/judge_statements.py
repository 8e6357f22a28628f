"""Judges xAPI statements by Ralph's models: a JSON list on standard input, one line per complaint on standard output."""

from __future__ import annotations

import json
import sys

from pydantic import ValidationError
from ralph.models.xapi.base.statements import BaseXapiStatement

if __name__ == "__main__":
    for statement in json.load(sys.stdin):
        try:
            BaseXapiStatement.model_validate(statement)
        except ValidationError as wrong:
            for error in wrong.errors():
                where = ".".join(map(str, error["loc"]))
                sys.stdout.write(f"{statement['verb']['id']} {where}: {error['msg']}\n")
