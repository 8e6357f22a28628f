// What the inspector makes of what comes in: messages, filters, trees, states, places.

import assert from "node:assert/strict";
import { test } from "node:test";

import { elementOf, isError, linesOf, passes, replayable, valueOf } from "../../src/runtime/src/inspector/callrows.ts";
import { storedBy } from "../../src/runtime/src/inspector/changes.ts";
import { editorAddress } from "../../src/runtime/src/inspector/findings.ts";
import type { Sibling } from "../../src/runtime/src/inspector/inspection.ts";
import { keyOf } from "../../src/runtime/src/inspector/keynames.ts";
import { messageIn, type Call } from "../../src/runtime/src/inspector/messages.ts";
import { summary } from "../../src/runtime/src/inspector/statements.ts";
import { clock, reading } from "../../src/runtime/src/inspector/suspended.ts";
import { treeOf, unstored } from "../../src/runtime/src/inspector/tree.ts";
import { nearest, others, worthsOf } from "../../src/runtime/src/inspector/variants.ts";
import { ROWS, wordsOf } from "../../src/runtime/src/inspector/words.ts";
import { encode } from "../../src/runtime/src/state.ts";

const call = (name: string, given: unknown[], more: Partial<Call> = {}): Call => ({ at: 0, name, given, answer: "true", error: "0", diagnostic: "", ...more });

test("only messages in their shapes get in", () => {
  const wrong = [null, 1, "x", [], {}, { kurspakke: 1 }, { kurspakke: 2, kind: "done" }, { kurspakke: 1, kind: "toString" }, { kurspakke: 1, kind: "call", call: {} }];
  for (const each of wrong) assert.equal(messageIn(each), undefined);
  assert.deepEqual(messageIn({ kurspakke: 1, kind: "done", finished: "yes" }), { kind: "done", finished: false });
  assert.deepEqual(messageIn({ kurspakke: 1, kind: "values", values: { a: "1", b: 2 }, committed: null }), { kind: "values", values: { a: "1" }, committed: {} });
  const long = messageIn({ kurspakke: 1, kind: "where", url: "x".repeat(300_000), title: {} });
  assert.deepEqual(long, { kind: "where", url: "x".repeat(200_000), title: "" });
});

test("a call says what it is about, in SCORM 1.2 and 2004", () => {
  assert.equal(elementOf(call("SetValue", ["cmi.exit", "suspend"])), "cmi.exit");
  assert.equal(valueOf(call("SetValue", ["cmi.exit", "suspend"])), "suspend");
  assert.equal(valueOf(call("LMSSetValue", ["cmi.core.score.raw", 80])), "80");
  assert.equal(elementOf(call("LMSCommit", [""])), "");
  assert.ok(isError(call("LMSCommit", [""], { answer: "false" })));
  assert.ok(!isError(call("LMSGetValue", ["cmi.launch_data"], { answer: "false" })));
  assert.ok(isError(call("LMSGetValue", ["x"], { answer: "", error: "201" })));
});

test("a filter wants all of its words", () => {
  const set = call("LMSSetValue", ["cmi.core.exit", "suspend"]);
  assert.ok(passes(set, { text: " EXIT  susp", onlyErrors: false }));
  assert.ok(!passes(set, { text: "exit logout", onlyErrors: false }));
  assert.ok(!passes(set, { text: "", onlyErrors: true }));
});

test("a copied line is one line", () => {
  assert.equal(linesOf([call("LMSSetValue", ["cmi.comments", "a\tb\r\nc"])]), "0.000\tLMSSetValue\tcmi.comments\ta b c\ttrue\t0\t");
});

test("questions about errors are not played again", () => {
  assert.deepEqual(replayable([call("LMSGetLastError", []), call("LMSCommit", [""])]), [{ name: "LMSCommit", given: [""] }]);
});

test("a commit stores what was set since the last one that succeeded", () => {
  const calls = [
    call("LMSSetValue", ["a", "0"]), call("LMSCommit", [""]),
    call("LMSSetValue", ["a", "1"]), call("LMSSetValue", ["b", "x"], { answer: "false" }), call("LMSCommit", [""], { answer: "false" }),
    call("LMSSetValue", ["c", "2"]), call("LMSSetValue", ["a", "3"]), call("LMSFinish", [""]),
  ];
  assert.deepEqual(storedBy(calls, calls[7]!), [["c", "2"], ["a", "3"]]);
  assert.deepEqual(storedBy(calls, calls[1]!), [["a", "0"]]);
  assert.deepEqual(storedBy(calls, calls[4]!), []);
  assert.deepEqual(storedBy(calls, calls[5]!), []);
});

test("the tree tells what content has set and the LMS has not stored", () => {
  const tree = treeOf({ "cmi.core.exit": "suspend", "cmi.core.entry": "resume", "cmi._version": "3.4" }, { "cmi.core.entry": "" }, new Set(["cmi.core.exit"]));
  assert.equal(tree.length, 1);
  assert.equal(unstored(tree[0]!), 1);
  assert.deepEqual(tree[0]!.branches.map(({ name }) => name), ["core"]);
  assert.deepEqual(tree[0]!.branches[0]!.branches.map(({ path, isUnstored }) => [path, isUnstored]), [["cmi.core.exit", true], ["cmi.core.entry", false]]);
  assert.deepEqual(treeOf({ constructor: "x", "__proto__.a": "y" }, {}, new Set()).map(({ name }) => name), ["constructor", "__proto__"]);
});

test("our own state is read, others' are laid out as they are", () => {
  const say = wordsOf("en");
  const state = { counter: 1, origin: "abcd", page: "eON", visited: ["eON"], answers: { abc: "a" }, done: [], completed: true, passed: true, seconds: 3725, reported: 1, notes: "" };
  const lines = new Map(reading(encode(state), say).lines);
  assert.equal(lines.get("Reached"), "completed, passed");
  assert.equal(lines.get("Answers (1)"), "abc: a");
  assert.equal(lines.get("Time spent"), "1:02:05");
  assert.ok(!lines.has("Notes"));
  for (const text of ['{"a":1}', encodeURIComponent('{"a":1}'), btoa('{"a":1}')]) assert.deepEqual(reading(text, say), { isOurs: false, lines: [["", '{\n  "a": 1\n}']] });
  assert.deepEqual(reading("side 3", say).lines, [["", "side 3"]]);
  assert.equal(clock(59), "0:00:59");
});

test("keys are made of names as the build makes them", async () => {
  // kurspakke.keys.key_of("strategi.hvorfor")
  assert.equal(await keyOf("strategi.hvorfor"), "eON");
});

test("a finding's place opens in the editor where the folder is known", () => {
  assert.equal(editorAddress({ path: "a b/c.yaml", line: 3, column: 0 }, "/home/kari"), "vscode://file/home/kari/a%20b/c.yaml:3");
  assert.equal(editorAddress({ path: "C:\\kurs\\c.yaml", line: 3, column: 5 }, ""), "vscode://file/C:/kurs/c.yaml:3:5");
  assert.equal(editorAddress({ path: "c.yaml", line: 3, column: 5 }, ""), "");
  assert.equal(editorAddress({ path: "x.zip!imsmanifest.xml", line: 3, column: 5 }, "/home"), "");
});

test("a statement in a line", () => {
  assert.equal(summary({ verb: { id: "http://adlnet.gov/expapi/verbs/answered" }, object: { id: "x", definition: { name: { nb: "Mål" } } } }), "answered: Mål");
  assert.equal(summary([{ verb: { id: "v/a" }, object: { id: "x" } }, {}]), "a: x (+1)");
  assert.equal(summary("x"), "");
});

test("variants: one thing changes, the rest stays as near as can be", () => {
  const make = (id: string, module: string, language: string, kind: Sibling["kind"]): Sibling => ({ id, label: `${module} · ${kind}`, module, language, audience: "", edition: "", kind });
  const siblings = [make("1", "a", "nb", "scorm12"), make("2", "a", "nb", "xapi"), make("3", "b", "nn", "xapi"), make("4", "a", "nn", "scorm12")];
  const inspection = { package: "1", language: "en" as const, siblings };
  assert.equal(nearest(inspection, "language", "nn")?.id, "4");
  assert.equal(nearest(inspection, "module", "b")?.id, "3");
  assert.deepEqual(worthsOf(siblings, "format"), ["scorm12", "xapi"]);
  assert.deepEqual(worthsOf(siblings, "audience"), []);
  assert.deepEqual(others(inspection).map(({ sibling, difference }) => `${sibling.id} ${difference}`), ["4 Norwegian Nynorsk", "2 xAPI (Tin Can)", "3 b, Norwegian Nynorsk, xAPI (Tin Can)"]);
});

test("every word is there in both languages, with the same gaps", () => {
  for (const [key, [nb, en]] of Object.entries(ROWS)) {
    const gaps = (text: string) => Array.from(text.matchAll(/\{\w+\}/g), String).sort().join();
    assert.ok(nb && en, key);
    assert.equal(gaps(nb), gaps(en), key);
  }
  assert.equal(wordsOf("nb")("attempt", { n: 3 }), "Forsøk 3");
});
