/** Rules of completion and score, without anybody to report to. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isRight, tally } from "../../src/runtime/src/score.ts";
import type { ModuleData, Requirement } from "../../src/runtime/src/types.ts";
import { module } from "./support/data.ts";

const ALL = ["strategi.en", "strategi.to", "strategi.tre"];
const RIGHT: Record<string, string[]> = { "strategi.velg": ["a", "c"], "strategi.sant": ["false"] };
const WRONG: Record<string, string[]> = { "strategi.velg": ["a"], "strategi.sant": ["true"] };

function count(
  one: ModuleData,
  pages: string[],
  answers: Record<string, string[]>,
  mastery: number | null = null,
) {
  return tally([one], new Set(pages), new Map(Object.entries(answers)), new Set(), mastery);
}

test("right is all that is right and nothing else", () => {
  const question = module("strategi").questions[0]!;
  assert.equal(isRight(question, ["c", "a"]), true);
  assert.equal(isRight(question, ["a", "c", "a"]), true);
  for (const response of [["a"], ["a", "b", "c"], ["b"], []])
    assert.equal(isRight(question, response), false);
});

const cases: readonly (readonly [Requirement[], string[], Record<string, string[]>, boolean])[] = [
  [["pages"], ALL, {}, true],
  [["pages"], ALL.slice(1), RIGHT, false],
  [[], ALL, {}, true],
  [[], [], RIGHT, false],
  [["questions"], [], WRONG, true],
  [["questions"], ALL, { "strategi.velg": ["a"] }, false],
  [["pages", "questions"], ALL, WRONG, true],
  [["mastery"], [], WRONG, false],
  [["mastery"], [], RIGHT, true],
  [["pages", "mastery"], ALL.slice(1), RIGHT, false],
  [["pages", "questions", "mastery"], ALL, RIGHT, true],
];
for (const [require, pages, answers, done] of cases) {
  test(`${require.join(" and ") || "nothing"} with ${pages.length} pages, ${JSON.stringify(answers)}`, () => {
    assert.equal(count(module("strategi", { require, mastery: 0.75 }), pages, answers).done, done);
  });
}

test("a result is held against the limit as LMSs see it: rounded", () => {
  const questions = [1, 2, 3].map((n) => ({
    ...module("strategi").questions[1]!,
    id: `strategi.q${n}`,
    key: `s${n}q`,
  }));
  const answers = { "strategi.q1": ["false"], "strategi.q2": ["false"], "strategi.q3": ["true"] };
  const of = (mastery: number) =>
    count(module("strategi", { questions, require: ["mastery"], mastery }), [], answers);
  assert.deepEqual([of(0.67).success, of(0.68).success, of(0.67).score], [true, false, 67]);
});

test("every limit of whole percent can be reached exactly", () => {
  const missed: number[] = [];
  for (let percent = 0; percent <= 100; percent++) {
    const questions = Array.from({ length: 100 }, (_, n) => ({
      ...module("strategi").questions[1]!,
      id: `q${n}`,
      key: `${100 + n}`,
    }));
    const answers = Object.fromEntries(questions.map(({ id }, n) => [id, [n < percent ? "false" : "true"]]));
    if (!count(module("strategi", { questions, mastery: Number(`${percent / 100}`) }), ALL, answers).success)
      missed.push(percent);
  }
  assert.deepEqual(missed, []);
});

test("failed only when a result is demanded and nothing else is missing", () => {
  const demanding = module("strategi", { require: ["pages", "questions", "mastery"], mastery: 0.75 });
  assert.equal(count(demanding, ALL, WRONG).failed, true);
  assert.equal(count(demanding, ALL.slice(1), WRONG).failed, false);
  assert.equal(count(demanding, ALL, { "strategi.velg": ["b"] }).failed, false);
  assert.equal(count(demanding, ALL, RIGHT).failed, false);
  assert.equal(
    count(module("strategi", { mastery: 0.75 }), ALL, WRONG).failed,
    false,
    "a limit that is not demanded",
  );
  assert.equal(count(module("strategi"), ALL, WRONG, 0.75).failed, true, "a limit that the LMS demands");
});

test("the LMS's limit stands in for the package's own", () => {
  const half = { ...RIGHT, "strategi.sant": ["true"] };
  const demanding = module("strategi", { require: ["questions", "mastery"], mastery: 0.75 });
  assert.deepEqual([count(demanding, [], half).done, count(demanding, [], half, 0.5).done], [false, true]);
});

test("mastery is not demanded where there is nothing to answer", () => {
  const silent = module("strategi", { questions: [], require: ["pages", "mastery"], mastery: 0.75 });
  const { done, success, score } = count(silent, ALL, {});
  assert.deepEqual({ done, success, score }, { done: true, success: null, score: null });
});

test("the course's score counts questions, not modules", () => {
  const one = module("strategi");
  const two = module("teknologi", { questions: [module("teknologi").questions[0]!] });
  const answers = new Map(Object.entries({ ...RIGHT, "teknologi.velg": ["b"] }));
  const { score, modules, done } = tally([one, two], new Set(ALL), answers, new Set(), null);
  assert.equal(score, 67);
  assert.deepEqual(
    modules.map((state) => [state.score, state.done]),
    [
      [100, true],
      [0, false],
    ],
  );
  assert.equal(done, false);
});
