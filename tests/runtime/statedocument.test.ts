import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { partOf, withPart } from "../../src/runtime/src/adapters/statedocument.ts";

const A = "https://eksempel.test/kurs/a";
const B = "https://eksempel.test/kurs/b";
const NOTHING = { state: "", page: "" };

describe("the state document", () => {
  test("gives a unit what it kept", () => {
    const document = withPart(null, A, { state: "1abc", page: "a.en" });
    assert.deepEqual(partOf(document, A), { state: "1abc", page: "a.en" });
  });

  test("keeps units apart that share one document", () => {
    const first = withPart(undefined, A, { state: "1a", page: "a.en" });
    assert.deepEqual(partOf(first, B), NOTHING);
    const both = withPart(first, B, { state: "1b", page: "b.en" });
    assert.deepEqual(partOf(both, A), { state: "1a", page: "a.en" });
    const again = withPart(both, A, { state: "1c", page: "a.to" });
    assert.deepEqual([partOf(again, A).state, partOf(again, B).state], ["1c", "1b"]);
    assert.equal(JSON.stringify(again).split(A).length, 2);
  });

  for (const odd of [null, undefined, true, "tekst", [1], { success: true }, { unit: 7 }, { unit: A, others: "x" }]) {
    test(`finds nothing of a unit in ${JSON.stringify(odd)}`, () => {
      assert.deepEqual(partOf(odd, B), NOTHING);
      assert.deepEqual(partOf(withPart(odd, B, { state: "1b", page: "" }), B), { state: "1b", page: "" });
    });
  }
});
