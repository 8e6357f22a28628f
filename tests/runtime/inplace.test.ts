// What the preview may do to a page that is open: which data differ in texts alone, and what copies of texts become.

import assert from "node:assert/strict";
import { test } from "node:test";

import { again, type Wording } from "../../src/runtime/src/lms/copies.ts";
import { reworded } from "../../src/runtime/src/lms/rewording.ts";

const module = {
  id: "post",
  title: "Brev",
  mastery: 0.5,
  require: ["questions"],
  pages: [{ id: "post.a", key: "abc", title: "Frimerker", minutes: 2 }],
  questions: [{ id: "post.q", key: "def", page: "post.a", type: "choice", title: "Hva?", choices: [{ id: "a", text: "Ja" }, { id: "b", text: "Nei" }], correct: ["a"] }],
};
const data = { v: 1, unit: { title: "Brev" }, words: { next: "Neste" }, modules: [module] };
const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

/** The data after a change. */
function after(change: (value: typeof data) => void): typeof data {
  const value = copy(data);
  change(value);
  return value;
}

test("texts of modules, pages and questions are worded anew in the data that are in use", () => {
  const live = copy(data);
  const question = live.modules[0]!.questions[0]!;
  const now = after(({ modules: [first] }) => {
    first!.pages[0]!.title = "Merker";
    first!.questions[0]!.title = "Hva da?";
    first!.questions[0]!.choices[1]!.text = "Nei takk";
  });
  const found = reworded(copy(data), now, live);
  assert.deepEqual(found?.texts, [["Frimerker", "Merker"], ["Hva?", "Hva da?"], ["Nei", "Nei takk"]]);
  assert.deepEqual(found.same, ["Brev", "Ja"]);
  assert.deepEqual(live, data);
  found.apply();
  assert.deepEqual(live, now);
  assert.equal(live.modules[0]!.questions[0], question);
});

const others: Record<string, (value: typeof data) => void> = {
  "an identifier": ({ modules: [first] }) => (first!.pages[0]!.id = "post.b"),
  "a key": ({ modules: [first] }) => (first!.questions[0]!.key = "xyz"),
  "what is right": ({ modules: [first] }) => (first!.questions[0]!.correct = ["b"]),
  "a kind": ({ modules: [first] }) => (first!.questions[0]!.type = "likert"),
  "a limit": ({ modules: [first] }) => (first!.mastery = 0.8),
  "what is required": ({ modules: [first] }) => first!.require.push("pages"),
  "minutes": ({ modules: [first] }) => (first!.pages[0]!.minutes = 3),
  "an option more": ({ modules: [first] }) => first!.questions[0]!.choices.push({ id: "c", text: "Kanskje" }),
  "an option less": ({ modules: [first] }) => first!.questions[0]!.choices.pop(),
  "a property more": ({ modules: [first] }) => Object.assign(first!.questions[0]!, { exact: true }),
  "a page more": ({ modules: [first] }) => first!.pages.push({ id: "post.b", key: "ghi", title: "To", minutes: 1 }),
  "a word of the interface": ({ words }) => (words.next = "Videre"),
  "what is launched": ({ unit }) => (unit.title = "Post"),
};

for (const [what, change] of Object.entries(others)) {
  test(`more than texts: ${what}`, () => assert.equal(reworded(data, after(change), copy(data)), undefined));
}

test("data that are not as they came are left alone", () => {
  const live = copy(data);
  live.modules[0]!.pages[0]!.title = "Et annet sted";
  assert.equal(reworded(data, after(({ modules: [first] }) => (first!.pages[0]!.title = "Merker")), live), undefined);
});

const wording = (more: Partial<Wording> = {}): Wording => ({ texts: [["Frimerker", "Merker"]], gone: [], shown: new Set(), told: [], words: [], ...more });

test("a copy is worded anew, whatever stands around it", () => {
  assert.equal(again("Les side 2: Frimerker", wording()), "Les side 2: Merker");
  assert.equal(again(" Frimerker ", wording()), " Merker ");
  assert.equal(again("Ja", wording({ texts: [[" Ja ", "Ja, $& det"]] })), "Ja, $& det");
  assert.equal(again("Lim på et frimerke", wording({ texts: [["frimerke", "merke"], ["Lim på et frimerke", "Lim på et merke"]] })), "Lim på et merke");
});

test("other texts stay as they are, though the letters are in them", () => {
  assert.equal(again("Frimerkerne", wording()), "Frimerkerne");
  assert.equal(again("Åfrimerker", wording({ texts: [["frimerker", "x"]] })), "Åfrimerker");
  assert.equal(again("Noe annet", wording({ texts: [["", "x"], [" ", "y"]] })), "Noe annet");
});

const unsure: Record<string, Partial<Wording>> = {
  "the same text stands elsewhere, too": { shown: new Set(["Se Frimerker"]) },
  "another title holds it": { told: ["Se Frimerker"] },
  "a word of the interface holds it": { words: ["Frimerker: {n}"] },
  "it is worded anew in two ways": { texts: [["Frimerker", "Merker"], ["Frimerker", "Porto"]] },
  "it holds two that are": { texts: [["Frimerker", "Merker"], ["Se", "Finn"]] },
  "it is gone": { gone: ["Frimerker"] },
};

for (const [why, more] of Object.entries(unsure)) {
  test(`not certain: ${why}`, () => assert.equal(again("Se Frimerker", wording(more)), undefined));
}

test("not certain: it stands there twice", () => assert.equal(again("Frimerker, Frimerker", wording()), undefined));
