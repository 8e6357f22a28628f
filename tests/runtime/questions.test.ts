/** Questions of every kind: judged, kept and reported as the shared vectors say. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import { detail } from "../../src/runtime/src/adapters/statements.ts";
import { pack, unpack } from "../../src/runtime/src/response.ts";
import { isJudged, isRight, judged, tally } from "../../src/runtime/src/score.ts";
import { decode, encode } from "../../src/runtime/src/state.ts";
import type { ModuleData, QuestionData } from "../../src/runtime/src/types.ts";
import { module, packageOf } from "./support/data.ts";
import { FakePage } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import { StrictApi } from "./support/strict-api.ts";

type Response = readonly string[];
interface Vector {
  readonly name: string;
  readonly question: QuestionData;
  readonly right: readonly Response[];
  readonly wrong: readonly Response[];
  readonly kept: readonly (readonly [Response, string])[];
  readonly read: readonly (readonly [string, Response | null])[];
  readonly room: number;
  readonly scorm12: readonly (readonly [Response, string])[];
  readonly scorm12_pattern: string | null;
  readonly xapi: readonly (readonly [Response, string])[];
  readonly xapi_pattern: readonly string[] | null;
}
const file = new URL("../vectors/questions.json", import.meta.url);
const all = (JSON.parse(readFileSync(file, "utf8")) as { questions: Vector[] }).questions;
const vectors = all.filter(({ question }) => question);

/** A module that asks just this. */
function asking(...questions: QuestionData[]): ModuleData {
  return module("strategi", {
    require: ["questions"],
    questions: questions.map((question, at) => ({
      ...question,
      id: `strategi.q${at}`,
      key: `-q${at}`,
      page: "strategi.en",
    })),
  });
}

for (const { name, question, right, wrong, kept, read, room, ...vector } of vectors) {
  describe(name, () => {
    test("is judged", () => {
      for (const response of right) assert.equal(isRight(question, response), true, JSON.stringify(response));
      for (const response of wrong) assert.equal(isRight(question, response), false, JSON.stringify(response));
    });

    test("is kept and read", () => {
      for (const [response, text] of kept) {
        assert.equal(pack(question, response), text);
        assert.ok(text.length <= room, `${text} is longer than ${room}`);
        const again = unpack(question, text);
        assert.deepEqual(again && [...again].sort(), [...response].sort());
        assert.equal(isRight(question, again!), isRight(question, response));
        const state = { ...blank(), answers: { aB3: text } };
        assert.deepEqual(decode(encode(state)), state, "it passes through the state unharmed");
      }
      for (const [text, response] of read) assert.deepEqual(unpack(question, text), response, text);
    });

    test("is reported to SCORM 1.2", async () => {
      for (const [response, text] of vector.scorm12) {
        const api = new StrictApi();
        const page = new FakePage();
        page.API = api;
        const { tracker } = await begin(page, packageOf("scorm12", [asking(question)]), scorm12Adapter);
        const verdict = tracker.answer("strategi.q0", response, 1500);
        await settled();
        const held = (part: string): unknown => api.held[`cmi.interactions.0.${part}`];
        assert.deepEqual(api.faults, []);
        assert.equal(verdict, judged(question, response));
        assert.equal(held("type"), question.type);
        assert.equal(held("student_response"), text);
        assert.equal(held("correct_responses.0.pattern"), vector.scorm12_pattern ?? undefined);
        assert.equal(held("result"), verdict === null ? "neutral" : verdict ? "correct" : "wrong");
        assert.equal(held("weighting"), verdict === null ? "0" : "1");
      }
    });

    test("is reported in xAPI", () => {
      const responses = vector.xapi.length ? vector.xapi : [[right[0]!, right[0]![0]!] as const];
      for (const [response, text] of responses) {
        const here = asking(question);
        const { object, result } = detail(
          {
            kind: "answer",
            at: new Date(),
            module: here,
            question: here.questions[0]!,
            response,
            right: judged(question, response),
            milliseconds: 1500,
            index: 0,
          },
          "nb",
        );
        const definition = object["definition"] as Record<string, unknown>;
        assert.equal(definition["interactionType"], question.type);
        assert.deepEqual(definition["correctResponsesPattern"], vector.xapi_pattern ?? undefined);
        assert.equal(result?.["response"], text);
        assert.equal(result?.["success"], judged(question, response) ?? undefined);
        const list = (parts: QuestionData["choices"]): unknown =>
          parts.map(({ id, text }) => ({ id, description: { nb: text } }));
        const named = Object.keys(definition).filter((key) => /^(choices|scale|source|target|steps)$/.test(key));
        const names: Record<string, string[]> = {
          choice: ["choices"],
          sequencing: ["choices"],
          likert: ["scale"],
          matching: ["source", "target"],
        };
        assert.deepEqual(named, names[question.type] ?? []);
        if (named[0]) assert.deepEqual(definition[named[0]], list(question.choices));
        if (question.targets) assert.deepEqual(definition["target"], list(question.targets));
      }
    });
  });
}

const of = (name: string): QuestionData => vectors.find((vector) => vector.name === name)!.question;

describe("a typed answer", () => {
  const question = of("fill-in");

  test("that is too long is cut where a sign ends, and seen to be", () => {
    for (const text of ["x".repeat(81), "å".repeat(60), "«".repeat(30), `${"x".repeat(78)}å!`]) {
      const kept = pack(question, [text]);
      assert.ok(kept.length <= 80);
      assert.ok(kept.length > 74, "no more is cut than must be");
      const [again] = unpack(question, kept)!;
      assert.match(again!, /…$/);
      assert.ok(text.startsWith(again!.slice(0, -1)));
    }
  });

  test("that is right stays right, however it was spaced", () => {
    const spaced = [..."Frimerke"].join(" ".repeat(2)).replaceAll(" ", " \u2003") + " ".repeat(90);
    const wide: QuestionData = { ...question, correct: ["å".repeat(40)] };
    assert.equal(isRight(question, unpack(question, pack(question, [spaced]))!), true);
    assert.equal(isRight(wide, unpack(wide, pack(wide, ["Å ".repeat(40)]))!), true);
  });

  test("never becomes right by being cut", () => {
    const accepted = "x".repeat(80);
    const exact: QuestionData = { ...question, correct: [accepted] };
    for (const text of [accepted + "y", accepted + "å", accepted + "«"]) {
      assert.equal(isRight(exact, [text]), false);
      assert.equal(isRight(exact, unpack(exact, pack(exact, [text]))!), false);
    }
  });

  test("of any kind passes through the state", () => {
    let word = 20261122;
    const random = (end: number): number => {
      word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
      return Math.floor((word / 2 ** 32) * end);
    };
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 1 + random(12) }, () =>
        String.fromCharCode(random(3) ? 32 + random(224) : random(0x10000)),
      ).join("");
      const kept = pack(question, [text]);
      assert.match(kept, /^[\w*~-]{0,80}$/);
      const shown = text.normalize("NFC").trim().replace(/\s+/g, " ");
      assert.deepEqual(unpack(question, kept), shown ? [shown] : null);
    }
  });
});

describe("an opinion", () => {
  const opinion = of("likert, reported");
  const here = asking(opinion, of("true-false"));

  test("has no part in completion and score", () => {
    assert.equal(isJudged(opinion), false);
    const count = (answers: Record<string, Response>) =>
      tally([here], new Set(), new Map(Object.entries(answers)), new Set(), null);
    const before = count({ "strategi.q1": ["false"] });
    const after = count({ "strategi.q1": ["false"], "strategi.q0": ["1"] });
    assert.deepEqual([before.done, before.score], [true, 100]);
    assert.deepEqual(after, before);
    assert.deepEqual(count({ "strategi.q0": ["1"] }), count({}));
    assert.equal(count({}).modules[0]!.questions, 1);
  });

  test("is kept between sessions, and moves no score at the LMS", async () => {
    const first = new StrictApi();
    const page = new FakePage();
    page.API = first;
    const data = packageOf("scorm12", [here]);
    const { tracker } = await begin(page, data, scorm12Adapter);
    assert.equal(tracker.answer("strategi.q0", ["2"], 10), null);
    await settled();
    assert.equal(first.held["cmi.core.score.raw"], undefined);
    assert.equal(first.held["cmi.core.lesson_status"], "incomplete");
    page.go();
    const second = first.next();
    const later = page.again();
    later.API = second;
    const { opening } = await begin(later, data, scorm12Adapter);
    assert.deepEqual([...opening.answers], [["strategi.q0", ["2"]]]);
    assert.deepEqual([...first.faults, ...second.faults], []);
  });
});

test("the longest answers fit the room that the build promises", () => {
  const questions = ["fill-in", "numeric, exact", "matching", "sequencing", "likert, reported"].map(of);
  const longest: Record<string, Response> = {
    "fill-in": ["x".repeat(500)],
    numeric: ["-123456789012.123456"],
    matching: ["a.1", "b.2"],
    sequencing: ["a", "b", "c"],
    likert: ["1"],
  };
  for (const question of questions) {
    const vector = vectors.find((each) => each.question === question)!;
    assert.equal(pack(question, longest[question.type]!).length, vector.room, vector.name);
  }
});

function blank() {
  return {
    counter: 1,
    origin: "Q0-_",
    page: "",
    visited: [],
    answers: {},
    done: [],
    completed: false,
    passed: false,
    seconds: 0,
    reported: 0,
    notes: "",
  };
}
