"""Print which LMSs mind which rule, by their profiles; src/kurspakke/profiles/minding.json keeps it."""

from __future__ import annotations

import json
import sys

from kurspakke.objections import by_rule

if __name__ == "__main__":
    lines = [f" {json.dumps(rule)}: {json.dumps(names)}" for rule, names in by_rule().items()]
    sys.stdout.write("{\n" + ",\n".join(lines) + "\n}\n")
