"""Ralph's models on an answer of every kind, as the runtime would tell it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conformance.judge import complaints

ROOT = Path(__file__).resolve().parents[2]
NODE = Path(sys.executable).with_name("node")
SCRIPT = """
import { readFileSync } from "node:fs";
import { detail, statement } from "./src/runtime/src/adapters/statements.ts";
import { judged } from "./src/runtime/src/score.ts";
const actor = { objectType: "Agent", account: { homePage: "https://lms.example.org", name: "kari" } };
const { questions } = JSON.parse(readFileSync("tests/vectors/questions.json", "utf8"));
const module = { id: "m", activity: "https://kurs.example.org/k/m" };
const made = questions.flatMap(({ question: asked, right, wrong, xapi }) => {
  if (!asked) return [];
  const question = { ...asked, id: "m.q" };
  const responses = [...right, ...wrong.filter((response) => response.join("")), ...xapi.map(([response]) => response)];
  return responses.map((response) => {
    const event = { kind: "answer", module, question, response, right: judged(question, response), milliseconds: 1500 };
    return statement(actor, "answered", "nb", { ...detail(event, "nb"), context: { language: "nb" } });
  });
});
console.log(JSON.stringify(made));
"""

pytestmark = pytest.mark.slow


def test_answers_of_every_kind_are_valid_statements() -> None:
    command = [NODE, "--input-type=module", "-e", SCRIPT]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stderr
    statements = json.loads(answer.stdout)
    assert {each["object"]["definition"]["interactionType"] for each in statements} == {
        "choice",
        "true-false",
        "fill-in",
        "numeric",
        "matching",
        "sequencing",
        "likert",
    }
    assert complaints(statements) == []
