/** What the learner has written, as the LMS keeps it: comes back as it was, stays small, and no damage does harm. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import { seal, unseal } from "../../src/runtime/src/notecode.ts";
import type { Kept } from "../../src/runtime/src/notecode.ts";
import { decode } from "../../src/runtime/src/state.ts";
import { packageOf } from "./support/data.ts";
import { FakePage } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import { StrictApi } from "./support/strict-api.ts";

const TEXT = "Vi har innført en ny løsning for byggesaker.\nInnbyggerne får svar «raskere» – men ikke alle: 20 % ringer.";
const ROWS = [1, 2, 3, 4, 5].map((n) => ({ measure: `Snakke med lag ${n}`, owner: "Kommunedirektøren", deadline: `2027-0${n}-01` }));
const NOTES: Kept = {
  "strategi.egen": [3, TEXT],
  "strategi.tomt": [7, null],
  "strategi.plan": [9, ROWS],
  "strategi.kart": [10, { now: { "utsagn-1": 3, "utsagn-2": null }, done: true }],
};
const SAFE = /^1[A-Za-z0-9_*~,-]+$/;

test("what is written comes back", () => {
  for (const notes of [{}, NOTES, { a: [1, ""] }, { a: [1, "å".repeat(500)] }, { a: [1, "\u0000\u2028😀  ~*,_.\t\"\\"] }] as Kept[]) {
    assert.match(seal(notes), SAFE);
    assert.deepEqual(unseal(seal(notes)), notes);
  }
});

test("whatever is written comes back", () => {
  let word = 20261122;
  const random = (end: number): number => {
    word = (Math.imul(word, 1664525) + 1013904223) >>> 0;
    return Math.floor((word / 2 ** 32) * end);
  };
  const alphabets = ["ab", "abcæøå .,\n", "{}[]\":,\\_*~-%&<>'", "\u0001\u00e9\ud83d\ude00\uffff0"];
  for (let round = 0; round < 400; round++) {
    const from = alphabets[round % alphabets.length]!;
    const text = Array.from({ length: random(700) }, () => from[random(from.length)]).join("");
    const notes: Kept = { [`m.${round}`]: [1 + round, text], "m.annet": [1, text.slice(random(50))] };
    assert.match(seal(notes), SAFE);
    assert.deepEqual(unseal(seal(notes)), notes);
  }
});

test("repetition further back than a reference reaches is written out", () => {
  const long = Array.from({ length: 6000 }, (_, n) => ((n * 7919) % 6007).toString(36)).join(" ");
  const notes: Kept = { a: [1, `begynnelsen ${long} begynnelsen`] };
  assert.deepEqual(unseal(seal(notes)), notes);
});

test("a plan takes less than half of its JSON", () => {
  const json = JSON.stringify({ plan: [1, ROWS] });
  assert.ok(seal({ plan: [1, ROWS] }).length < json.length / 2, `${seal({ plan: [1, ROWS] }).length} of ${json.length}`);
});

test("no damage throws, and what can't be read is nothing", () => {
  const whole = seal(NOTES);
  for (const text of [null, "", "1", "2abc", "0", whole.slice(0, -3), `${whole},`, `1,AAA${whole}`, "1,///", "1*", "1~00"]) {
    assert.deepEqual(unseal(text), {}, String(text));
  }
  for (const json of ["[1]", "7", "null", '{"a":7}', '{"a":null}', '{"a":[0,"x"]}', '{"a":["x",1]}', '{"a":[-1,2]}']) {
    const text = seal(JSON.parse(json) as Kept);
    assert.deepEqual(unseal(text), {}, json);
  }
  for (let at = 0; at < whole.length; at++) {
    for (const other of "0aZ_*~,-") unseal(whole.slice(0, at) + other + whole.slice(at + 1));
    unseal(whole.slice(0, at) + whole.slice(at + 1));
  }
});

test("they are kept beside the state, come back, and are taken away again", async () => {
  const data = packageOf("scorm12");
  const page = new FakePage();
  const api = new StrictApi();
  page.API = api;
  const first = await begin(page, data, scorm12Adapter);
  assert.equal(first.opening.notes, "");
  first.tracker.visit("strategi.en");
  first.tracker.keep(seal(NOTES));
  await settled();
  const held = (from: StrictApi): string => String(from.held["cmi.suspend_data"]);
  assert.deepEqual(unseal(decode(held(api))!.notes), NOTES);
  page.go();

  const elsewhere = new FakePage();
  const second = api.next();
  elsewhere.API = second;
  const again = await begin(elsewhere, data, scorm12Adapter);
  assert.deepEqual(unseal(again.opening.notes), NOTES);
  again.tracker.visit("strategi.to");
  await settled();
  assert.deepEqual(unseal(decode(held(second))!.notes), NOTES, "they stay while nobody says anything else");
  again.tracker.keep("");
  await settled();
  assert.equal(decode(held(second))!.notes, "");
  assert.doesNotMatch(held(second), /\.k/);
  assert.deepEqual([...api.faults, ...second.faults], []);
  const aside = [api, second].flatMap((each) => each.log.filter((line) => !line.includes("(cmi.suspend_data, ")));
  assert.deepEqual(aside.filter((line) => /byggesaker|comments/.test(line)), [], "nowhere else");
});
