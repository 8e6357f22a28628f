/** The learner's state as text: shared vectors, every kind of damage, the promised worst case. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readSitting, writeSitting } from "../../src/runtime/src/sittingtext.ts";
import { decode, encode } from "../../src/runtime/src/state.ts";
import type { LearnerState } from "../../src/runtime/src/state.ts";

interface Vectors {
  readonly good: readonly { readonly name: string; readonly state: LearnerState; readonly text: string }[];
  readonly readable: readonly {
    readonly name: string;
    readonly state: LearnerState;
    readonly text: string;
  }[];
  readonly bad: readonly { readonly name: string; readonly text: string }[];
  readonly worst: readonly {
    readonly pages: number;
    readonly options: readonly number[];
    readonly modules: readonly string[];
    readonly assessments?: number;
    readonly length: number;
  }[];
}
const vectors = JSON.parse(
  readFileSync(new URL("../vectors/state.json", import.meta.url), "utf8"),
) as Vectors;
const sample = vectors.good.at(-1)!;
const NO_NOTES = { notes: "" };

for (const { name, state, text } of vectors.good) {
  test(`written and read: ${name}`, () => {
    const whole = { ...NO_NOTES, ...state };
    assert.equal(encode(whole), text);
    assert.deepEqual(decode(text), whole);
    assert.deepEqual(decode(`  ${text}\n`), whole, "an LMS may add white space");
  });
}

for (const { name, state, text } of vectors.readable) {
  test(`read: ${name}`, () => assert.deepEqual(decode(text), { ...NO_NOTES, ...state }));
}

for (const { name, text } of vectors.bad) {
  test(`refused: ${name}`, () => assert.equal(decode(text), null));
}

test("nothing stored is no state", () => {
  assert.equal(decode(null), null);
  assert.equal(decode(undefined), null);
  assert.equal(decode(""), null);
});

test("sittings are written and read, and what is none is passed over", () => {
  for (const text of vectors.good.flatMap(({ state }) => state.assessments ?? [])) {
    const [key, state] = readSitting(text)!;
    assert.equal(writeSitting(key, state), text);
  }
  assert.deepEqual(readSitting("D-_h3_2s"), ["D-_", { attempt: 3, open: false, best: 100 }]);
  assert.deepEqual(readSitting("ABCu1_zz")?.[1].best, 100, "no more than everything");
  for (const text of ["", "ABC", "ABCx1", "ABCu", "ABCu1_", "ABCu123", "ABCu1_1_1"]) assert.equal(readSitting(text), null);
});

test("every cut is noticed", () => {
  for (let length = 0; length < sample.text.length; length++)
    assert.equal(decode(sample.text.slice(0, length)), null);
});

test("every change of one character is noticed", () => {
  const wrong: string[] = [];
  for (let i = 0; i < sample.text.length; i++) {
    for (const other of "0aZ_,.~ å") {
      if (sample.text[i] === other) continue;
      const damaged = sample.text.slice(0, i) + other + sample.text.slice(i + 1);
      if (decode(damaged) !== null) wrong.push(damaged);
    }
  }
  assert.deepEqual(wrong, []);
});

test("no damage of any kind throws, and what is taken for undamaged can be written again", () => {
  const random = generator(20261121);
  let survivors = 0;
  for (let round = 0; round < 5000; round++) {
    const characters = [...sample.text];
    for (let cut = 0; cut <= random(4); cut++) {
      characters.splice(random(characters.length + 1), random(6), String.fromCharCode(random(0x2fff)));
    }
    const state = decode(characters.join(""));
    if (!state) continue;
    survivors += 1;
    assert.equal(typeof encode(state), "string");
  }
  assert.ok(survivors < 10, `${survivors} of 5000 damaged states were taken for good`);
});

test("any state comes back as it was", () => {
  const random = generator(7);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  const pick = (length: number, from = letters): string =>
    Array.from({ length }, () => from[random(from.length)]).join("");
  for (let round = 0; round < 500; round++) {
    const state: LearnerState = {
      counter: random(36 ** 4),
      origin: pick(4),
      page: random(2) ? pick(3) : "",
      visited: Array.from({ length: random(40) }, () => pick(3)),
      answers: Object.fromEntries(
        Array.from({ length: random(20) }, () => [pick(3, letters.slice(0, 52)), pick(random(5), "abc19")]),
      ),
      done: Array.from({ length: random(4) }, () => `m${pick(5, "abc-1")}`),
      completed: random(2) === 1,
      passed: random(2) === 1,
      seconds: random(36 ** 6),
      reported: random(36 ** 4),
      notes: pick(random(30), letters + "*~,"),
    };
    const text = encode(state);
    assert.match(text, /^[!-~]+$/);
    assert.deepEqual(decode(text), state);
  }
});

for (const { pages, options, modules, assessments = 0, length } of vectors.worst) {
  test(`worst case: ${pages} pages, ${options.length} questions, ${modules.length} modules`, () => {
    const key = (n: number): string => n.toString(36).padStart(3, "_");
    const text = encode({
      counter: 36 ** 4 - 1,
      origin: "zzzz",
      page: key(0),
      visited: Array.from({ length: pages }, (_, n) => key(n)),
      answers: Object.fromEntries(
        options.map((count, n) => [key(9000 + n), "abcdefghijklmnopqrstuvwxyz0123456789".repeat(3).slice(0, count)]),
      ),
      done: modules,
      completed: true,
      passed: true,
      seconds: 1e12,
      reported: 1e9,
      notes: "",
      assessments: Array.from({ length: assessments }, (_, n) => writeSitting(key(n), { attempt: 1e9, open: true, best: 100 })),
    });
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
    const promised =
      43 +
      3 * pages +
      sum(options.map((n) => 4 + n)) +
      sum(modules.map((id) => 1 + id.length)) +
      (assessments ? 1 + 10 * assessments : 0);
    assert.equal(promised, length);
    assert.equal(text.length, options.length ? length : length - 1);
  });
}

test("the notes are the last section, and the state is the same with and without them", () => {
  const bare = { ...NO_NOTES, ...sample.state };
  const text = encode({ ...bare, notes: "1abc_,AB*c~00e5" });
  assert.match(text, /\.k1abc_,AB\*c~00e5$/);
  assert.equal(text.length, encode(bare).length + ".k".length + 15, "what the build leaves room for");
  assert.deepEqual({ ...decode(text), notes: "" }, decode(encode(bare)));
});

/** Numbers that look random and are the same in every run. */
function generator(seed: number): (end: number) => number {
  let word = seed;
  return (end) => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return Math.floor((word / 2 ** 32) * end);
  };
}
