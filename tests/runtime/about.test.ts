/** Which pages are open, how long the rest takes, and how letters are compared. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { lockedPages } from "../../src/runtime/src/locking.ts";
import { minutesLeft } from "../../src/runtime/src/pace.ts";
import type { ModuleData, QuestionData, Requirement } from "../../src/runtime/src/types.ts";
import { plain, tidy } from "../../src/runtime/src/views/passages.ts";

const question = (id: string, page: string, type: QuestionData["type"] = "true-false"): QuestionData => ({
  id, key: id, page, type, title: id, choices: [], correct: ["true"],
});

function module(require: readonly Requirement[], more: Partial<ModuleData> = {}): ModuleData {
  const pages = ["a", "b", "c", "d"].map((id) => ({ id, key: id, title: id }));
  const questions = [question("q", "a"), question("o", "b", "likert")];
  return { id: "m", title: "m", activity: "m", mastery: null, require, pages, questions, in_order: true, ...more };
}

const journey = (visited: string, answers = ""): Parameters<typeof lockedPages>[1] => ({
  visited: new Set(visited),
  answers: new Map([...answers].map((id) => [id, ["true"]])),
});

test("the page after the last one that is done opens, and no other", () => {
  assert.deepEqual(lockedPages(module(["pages"]), journey(""), false), ["b", "c", "d"]);
  assert.deepEqual(lockedPages(module(["pages"]), journey("a"), false), ["c", "d"]);
  assert.deepEqual(lockedPages(module(["pages"]), journey("abcd"), false), []);
});

test("questions hold the next page back where the module asks for answers; opinions never do", () => {
  for (const asked of ["questions", "mastery"] as const) {
    assert.deepEqual(lockedPages(module([asked]), journey("a"), false), ["b", "c", "d"]);
    assert.deepEqual(lockedPages(module([asked]), journey("a", "q"), false), ["c", "d"]);
    assert.deepEqual(lockedPages(module([asked]), journey("ab", "q"), false), ["d"]);
  }
});

test("what has been seen stays open when a later version has a new page before it", () => {
  assert.deepEqual(lockedPages(module(["pages"]), journey("acd"), false), []);
  assert.deepEqual(lockedPages(module(["pages"]), journey("ac"), false), ["d"]);
});

test("nothing is locked in a free module, nor in one that is done", () => {
  const { in_order: _, ...free } = module(["pages"]);
  assert.deepEqual(lockedPages(free, journey(""), false), []);
  assert.deepEqual(lockedPages(module(["pages"]), journey(""), true), []);
});

test("pages without minutes share what the others leave of the module's", () => {
  const pages = [5, undefined, null, 3].map((minutes, at) => ({ id: "abcd"[at]!, key: "", title: "", minutes }));
  const timed = module(["pages"], { minutes: 12, pages: pages as ModuleData["pages"] });
  assert.equal(minutesLeft(timed, new Set()), 12);
  assert.equal(minutesLeft(timed, new Set("a")), 7);
  assert.equal(minutesLeft(timed, new Set("abd")), 2);
  assert.equal(minutesLeft(timed, new Set("abcd")), 0);
  assert.equal(minutesLeft({ ...timed, minutes: 4 }, new Set("a")), 3);
  assert.equal(minutesLeft(module(["pages"], { minutes: 10 }), new Set("a")), 7.5);
});

test("capitals and accents do not count, æ, ø and å do, and no letter moves", () => {
  assert.equal(plain(tidy("  Én  kafé\nÅ Ærlig Øy ")), "en kafe å ærlig øy");
  assert.notEqual(plain("på"), plain("pa"));
  assert.notEqual(plain("bør"), plain("bor"));
  // As a Mac may write it: with the accent as a sign of its own.
  assert.equal(plain(tidy("a\u030A e\u0301")), "å e");
  assert.equal(plain("Sámi č š İ 😀").length, "Sámi č š İ 😀".length);
});
