/** The strict LMS: what it takes, what it refuses and with which code, and what is left of a session. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { ELEMENTS } from "../../src/runtime/src/lms/datamodel.ts";
import { strictLms, type Values } from "../../src/runtime/src/lms/scorm12.ts";

function running(kept: Values = {}) {
  const lms = strictLms(kept, "en");
  lms.api["LMSInitialize"]!("");
  const set = (name: string, value: unknown) => [lms.api["LMSSetValue"]!(name, value), lms.api["LMSGetLastError"]!()].join(" ");
  const get = (name: string) => [lms.api["LMSGetValue"]!(name), lms.api["LMSGetLastError"]!()].join(" ");
  return { lms, set, get };
}

const long = (length: number) => "x".repeat(length);

describe("the order of calls", () => {
  test("nothing works before LMSInitialize, and nothing after LMSFinish", () => {
    const { api } = strictLms({}, "en");
    for (const [name, given] of [["LMSGetValue", ["cmi.core.entry"]], ["LMSSetValue", ["cmi.suspend_data", ""]], ["LMSCommit", [""]], ["LMSFinish", [""]]] as const) {
      assert.notEqual(api[name]!(...given), "true", name);
      assert.equal(api["LMSGetLastError"]!(), "301", name);
    }
    assert.equal(api["LMSInitialize"]!(""), "true");
    assert.equal(api["LMSInitialize"]!(""), "false");
    assert.equal(api["LMSGetLastError"]!(), "101");
    assert.equal(api["LMSFinish"]!(""), "true");
    assert.equal(api["LMSFinish"]!(""), "false");
    assert.equal(api["LMSGetLastError"]!(), "301");
    assert.match(api["LMSGetDiagnostic"]!(""), /session is over/);
  });

  for (const given of [[], [null], [undefined], ["x"], ["", ""], [0]]) {
    test(`LMSInitialize(${JSON.stringify(given)}) is refused`, () => {
      const { api } = strictLms({});
      assert.equal(api["LMSInitialize"]!(...given), "false");
      assert.equal(api["LMSGetLastError"]!(), "201");
    });
  }
});

describe("values", () => {
  const taken: [string, string][] = [
    ["cmi.core.lesson_status", "incomplete"],
    ["cmi.core.score.raw", "87.5"],
    ["cmi.core.score.raw", ""],
    ["cmi.core.exit", ""],
    ["cmi.core.session_time", "00:00:05.25"],
    ["cmi.core.session_time", "9999:59:59"],
    ["cmi.suspend_data", long(4096)],
    ["cmi.core.lesson_location", long(255)],
    ["cmi.objectives.0.id", "mal-1"],
    ["cmi.interactions.0.id", "strategi.sjekk"],
    ["cmi.student_preference.audio", "-1"],
  ];
  for (const [name, value] of taken) {
    test(`${name} takes ${value.slice(0, 20)}`, () => assert.equal(running().set(name, value), "true 0"));
  }
  const refused: [string, unknown, string][] = [
    ["cmi.core.lesson_status", "not attempted", "405"],
    ["cmi.core.lesson_status", "Completed", "405"],
    ["cmi.core.score.raw", "101", "405"],
    ["cmi.core.score.raw", "87,5", "405"],
    ["cmi.core.score.raw", 50, "405"],
    ["cmi.core.exit", "normal", "405"],
    ["cmi.core.session_time", "PT5S", "405"],
    ["cmi.core.session_time", "0:00:05", "405"],
    ["cmi.core.session_time", "00:00:05.123", "405"],
    ["cmi.suspend_data", long(4097), "405"],
    ["cmi.core.lesson_location", long(256), "405"],
    ["cmi.interactions.0.id", "spørsmål", "405"],
    ["cmi.interactions.1.id", "a", "201"],
    ["cmi.core.student_name", "Kari", "403"],
    ["cmi.core._children", "x", "402"],
    ["cmi.interactions._count", "1", "402"],
    ["cmi.completion_status", "completed", "201"],
    ["cmi.core.score.scaled", "1", "201"],
    ["", "", "201"],
    ["constructor", "", "201"],
    ["__proto__", "", "201"],
  ];
  for (const [name, value, code] of refused) {
    test(`${name} refuses ${String(value).slice(0, 20)} with ${code}`, () => {
      const { lms, set } = running();
      assert.equal(set(name, value), `false ${code}`);
      assert.notEqual(lms.api["LMSGetDiagnostic"]!(code), "");
    });
  }

  test("a refused value leaves the old one", () => {
    const { set, get } = running();
    set("cmi.suspend_data", "a");
    set("cmi.suspend_data", long(4097));
    assert.equal(get("cmi.suspend_data"), "a 0");
  });

  test("an answer has the form of its interaction's type", () => {
    const { set } = running();
    set("cmi.interactions.0.type", "choice");
    assert.equal(set("cmi.interactions.0.student_response", "a,b"), "true 0");
    assert.equal(set("cmi.interactions.0.student_response", "alt 1"), "false 405");
    assert.equal(set("cmi.interactions.0.result", "incorrect"), "false 405");
    assert.equal(set("cmi.interactions.0.result", "wrong"), "true 0");
  });

  test("what can't be read, and what has no children or count", () => {
    const { set, get } = running();
    set("cmi.interactions.0.id", "a");
    assert.equal(get("cmi.interactions.0.id"), " 404");
    assert.equal(get("cmi.core.exit"), " 404");
    assert.equal(get("cmi.core.lesson_status._children"), " 202");
    assert.equal(get("cmi.core.lesson_status._count"), " 203");
    assert.equal(get("cmi.objectives.0.id"), " 201");
    assert.equal(get("cmi.interactions._count"), "1 0");
  });

  test("comments are added to", () => {
    const { set, get } = running();
    set("cmi.comments", "a");
    set("cmi.comments", "b");
    assert.equal(get("cmi.comments"), "ab 0");
  });

  test("every element that can be read has something to begin with, or is a list's", () => {
    const without = [...ELEMENTS].filter(([name, row]) => row.access !== "w" && row.start === undefined && !name.includes(".n.") && !name.endsWith("._count"));
    assert.deepEqual(without, []);
  });
});

describe("what is kept", () => {
  test("only what was committed", () => {
    const { lms, set } = running();
    set("cmi.suspend_data", "a");
    lms.api["LMSCommit"]!("");
    set("cmi.suspend_data", "b");
    assert.equal(lms.committed()["cmi.suspend_data"], "a");
    lms.api["LMSFinish"]!("");
    assert.equal(lms.committed()["cmi.suspend_data"], "b");
  });

  test("the next session resumes, and goes on counting interactions", () => {
    const first = running();
    first.set("cmi.interactions.0.id", "a");
    first.set("cmi.suspend_data", "her");
    first.lms.api["LMSFinish"]!("");
    const second = running(Object.fromEntries(Object.entries(first.lms.committed()).filter(([name]) => name !== "cmi.core.entry")));
    assert.equal(second.get("cmi.core.entry"), "resume 0");
    assert.equal(second.get("cmi.interactions._count"), "1 0");
  });

  test("every call is noted with what it replaced", () => {
    const { lms, set } = running();
    set("cmi.suspend_data", "a");
    set("cmi.suspend_data", "b");
    assert.deepEqual(lms.calls.map(({ name, answer, before }) => [name, answer, before]), [
      ["LMSInitialize", "true", undefined],
      ["LMSSetValue", "true", ""],
      ["LMSSetValue", "true", "a"],
    ]);
  });
});
