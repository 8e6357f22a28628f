/** What LMSs do differently, as the stand-in does it: with the data that the profiles hold. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import type { Values } from "../../src/runtime/src/lms/calls.ts";
import { keeping } from "../../src/runtime/src/lms/keeping.ts";
import type { Launch } from "../../src/runtime/src/lms/launch.ts";
import { carried12, carried2004, nameOf, opening12 } from "../../src/runtime/src/lms/opening.ts";
import { strictLms } from "../../src/runtime/src/lms/scorm12.ts";
import { seen } from "../../src/runtime/src/lms/seen.ts";
import { sum12, sum2004 } from "../../src/runtime/src/lms/timespans.ts";
import { temperament, type Temperament } from "../../src/runtime/src/lms/temperament.ts";
import type { Trouble } from "../../src/runtime/src/lms/trouble.ts";

const VECTORS = new URL("../vectors/temperaments.json", import.meta.url);
const KNOWN = JSON.parse(readFileSync(VECTORS, "utf8")) as Record<string, Partial<Temperament>>;
const ELSEWHERE: Temperament["elsewhere"] = {
  suspend_data: [["Docebo", 4096], ["Moodle", 64_000]],
  lesson_location: [["ILIAS", 255]],
  student_response: [["ILIAS", 255]],
  types: ["ILIAS", "Moodle"],
};
const SCO = { id: "sco-1", title: "", url: "/", mastery: "80", data: "", max_time: "", time_limit_action: "", prerequisites: "" };

function launchOf(profile: string | null, more: Partial<Launch> = {}): Launch {
  return {
    package: "p", kind: "scorm12", title: "", inspector: "", language: "nb", learner: { id: "kari", name: "Kari Åse Ødegård" }, mode: "normal",
    attempt: 1, trouble: [], profile: profile === null ? null : { id: profile, title: profile, temperament: KNOWN[profile]! }, toc: [], sco: SCO, kept: {}, ...more,
  };
}

/** A session in an LMS, begun; `on` is the trouble there is, and may be changed. */
function sitting(profile: string, { kept = {}, mode = "normal" }: { kept?: Values; mode?: Launch["mode"] } = {}) {
  const lms = temperament({ ...KNOWN[profile], elsewhere: ELSEWHERE });
  const on = new Set<Trouble>();
  const sent: { values: Values; finished: boolean }[] = [];
  const keep = keeping({ temperament: lms, has: (each) => on.has(each), kept, send: (values, finished) => sent.push({ values, finished }), expired: () => false });
  const made = strictLms(opening12(launchOf(profile, { mode }), kept), "en", { temperament: lms, keep });
  const call = (name: string, ...given: unknown[]) => made.api[name]!(...given);
  call("LMSInitialize", "");
  return {
    ...{ lms: made, on, sent, call },
    set: (name: string, value: unknown) => `${call("LMSSetValue", name, value)} ${made.calls[made.calls.length - 1]!.error}`,
    get: (name: string) => call("LMSGetValue", name),
    why: () => made.calls[made.calls.length - 1]!.diagnostic,
    status: () => sent[sent.length - 1]?.values["cmi.core.lesson_status"],
  };
}

describe("limits", () => {
  const rows = [["moodle", 64_000, 64_000], ["moodle-strict", 4096, 255], ["ilias", 4096, 255], ["docebo", 4096, 255], ["itslearning", 4096, 255]] as const;
  for (const [profile, state, place] of rows) {
    test(profile, () => {
      const { set } = sitting(profile);
      assert.equal(set("cmi.suspend_data", "x".repeat(state)), "true 0");
      assert.equal(set("cmi.suspend_data", "x".repeat(state + 1)), "false 405");
      assert.equal(set("cmi.core.lesson_location", "x".repeat(place)), "true 0");
      assert.equal(set("cmi.core.lesson_location", "x".repeat(place + 1)), "false 405");
      assert.equal(set("cmi.interactions.0.student_response", "x".repeat(place)), "true 0");
      assert.equal(set("cmi.interactions.0.student_response", "x".repeat(place + 1)), "false 405");
    });
  }

  test("who else refuses a value is said, of one that is taken and of one that is not", () => {
    const { set, why } = sitting("moodle");
    set("cmi.suspend_data", "x".repeat(5000));
    assert.equal(why(), "cmi.suspend_data is 5000 characters. That is refused by Docebo (4096)");
    set("cmi.suspend_data", "x".repeat(64_001));
    assert.match(why(), /Refused by Docebo \(4096\) and Moodle \(64000\)$/);
    set("cmi.core.lesson_status", "done");
    assert.match(why(), /Refused by ILIAS and Moodle$/);
    set("cmi.suspend_data", "x");
    assert.equal(why(), "");
  });
});

describe("what is held to the standard", () => {
  test("Chamilo takes any value, and says 401 or 201 to elements it has not", () => {
    const { set, get, why } = sitting("chamilo");
    assert.equal(set("cmi.core.session_time", "PT5S"), "true 0");
    assert.match(why(), /^This LMS takes anything\. cmi\.core\.session_time has to be a timespan.*Refused by ILIAS and Moodle$/);
    assert.equal(set("cmi.core.score.raw", 85), "true 0");
    assert.equal(get("cmi.core.score.raw"), "85");
    assert.equal(set("cmi.completion_status", "completed"), "false 201");
    assert.equal(set("cmi.core.student_id", "x"), "false 403");
  });

  test("Open edX takes anything, and never tells of an error", () => {
    const { set, get, call } = sitting("open-edx");
    assert.equal(set("cmi.foo", "1"), "true 0");
    assert.equal(get("cmi.foo"), "1");
    assert.equal(set("cmi.interactions.7.id", "a"), "true 0");
    assert.equal(get("cmi.bar"), "");
    assert.equal(call("LMSCommit", "x"), "false");
    assert.equal(call("LMSGetLastError"), "0");
  });
});

describe("what is read back", () => {
  test("Open edX answers nothing for status and score", () => {
    const { set, get } = sitting("open-edx");
    set("cmi.core.lesson_status", "passed");
    assert.equal(get("cmi.core.lesson_status"), "");
  });
  test("entry", () => {
    const kept = { "cmi.core.entry": "resume", "cmi.suspend_data": "a" };
    assert.equal(sitting("chamilo", { kept }).get("cmi.core.entry"), "ab-initio");
    assert.equal(sitting("moodle", { kept }).get("cmi.core.entry"), "resume");
    assert.equal(sitting("moodle", { kept, mode: "review" }).get("cmi.core.entry"), "");
    assert.equal(sitting("moodle").get("cmi.core.entry"), "ab-initio");
  });
  test("the name", () => {
    assert.equal(sitting("moodle").get("cmi.core.student_name"), "Kari Åse Ødegård");
    assert.equal(sitting("moodle-strict").get("cmi.core.student_name"), "Ødegård, Kari Åse");
    assert.equal(nameOf("Prins", "family-first"), "Prins");
    assert.equal(nameOf("Ødegård, Kari", "family-first"), "Ødegård, Kari");
  });
});

describe("the end of a session", () => {
  const ended = (profile: string, set: Values): string | undefined => {
    const { call, status, ...session } = sitting(profile);
    Object.entries(set).forEach(([name, value]) => session.set(name, value));
    call("LMSFinish", "");
    return status();
  };
  const score = { "cmi.core.score.raw": "50" };
  test("no status was set", () => {
    assert.equal(ended("itslearning", {}), "completed", "RTE 3.4.4");
    assert.equal(ended("moodle", {}), "completed");
    assert.equal(ended("open-edx", {}), "not attempted");
  });
  test("a score below the pass mark that the manifest has", () => {
    const under = { "cmi.core.lesson_status": "incomplete", ...score };
    assert.equal(ended("moodle", under), "failed", "overridden, though the course is under way");
    assert.equal(ended("ilias", under), "incomplete");
    assert.equal(ended("ilias", { "cmi.core.lesson_status": "completed", ...score }), "failed");
    assert.equal(ended("itslearning", under), "incomplete");
    assert.equal(ended("itslearning", score), "failed", "no status was set: RTE 3.4.4");
    assert.equal(ended("chamilo", score), "completed");
    assert.equal(ended("moodle", { "cmi.core.score.raw": "80" }), "passed");
  });
  test("it says why", () => {
    const { call, set, why } = sitting("moodle");
    set("cmi.core.lesson_status", "incomplete");
    set("cmi.core.score.raw", "50");
    call("LMSFinish", "");
    assert.match(why(), /from "incomplete" to "failed".*50 \/ 80/);
  });
  test("wagtail-lms has no LMSFinish", () => {
    assert.equal(sitting("wagtail-lms").lms.api["LMSFinish"], undefined);
  });
});

describe("after it is done", () => {
  const kept = { "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "90" };
  test("Moodle opens in review, and stores what is written all the same", () => {
    const { get, set, call, status } = sitting("moodle", { kept });
    assert.equal(get("cmi.core.lesson_mode"), "review");
    assert.equal(get("cmi.core.credit"), "no-credit");
    set("cmi.core.lesson_status", "incomplete");
    call("LMSCommit", "");
    assert.equal(status(), "incomplete");
  });
  test("others open as before", () => assert.equal(sitting("itslearning", { kept }).get("cmi.core.lesson_mode"), "normal"));
  test("ILIAS drops a status that comes in review, and answers true", () => {
    const { set, get, why } = sitting("ilias", { kept, mode: "review" });
    assert.equal(set("cmi.core.lesson_status", "incomplete"), "true 0");
    assert.match(why(), /does not count/);
    assert.equal(get("cmi.core.lesson_status"), "passed");
    assert.equal(set("cmi.suspend_data", "a"), "true 0");
    assert.equal(get("cmi.suspend_data"), "a");
  });
});

describe("saving", () => {
  test("Open edX keeps each value at once", () => {
    const { set, sent, call } = sitting("open-edx");
    set("cmi.suspend_data", "a");
    assert.equal(sent[0]!.values["cmi.suspend_data"], "a");
    assert.equal(call("LMSCommit", ""), "true");
    assert.equal(sent.length, 1);
  });
  test("while the LMS can't be reached, Moodle answers true, and what was lost is not sent again", () => {
    const { set, on, sent, call, why } = sitting("moodle");
    set("cmi.suspend_data", "A");
    call("LMSCommit", "");
    on.add("offline");
    set("cmi.suspend_data", "B");
    assert.equal(call("LMSCommit", ""), "true");
    assert.match(why(), /answers true all the same/);
    on.delete("offline");
    set("cmi.core.lesson_location", "side-2");
    call("LMSCommit", "");
    assert.equal(sent[1]!.values["cmi.suspend_data"], "A");
    assert.equal(sent[1]!.values["cmi.core.lesson_location"], "side-2");
    set("cmi.suspend_data", "C");
    call("LMSCommit", "");
    assert.equal(sent[2]!.values["cmi.suspend_data"], "C");
  });
  test("by the standard it answers false, and the next commit brings it all", () => {
    const { set, on, sent, call } = sitting("itslearning");
    on.add("offline");
    set("cmi.suspend_data", "B");
    assert.equal(call("LMSCommit", ""), "false");
    assert.equal(call("LMSGetLastError"), "101");
    on.delete("offline");
    assert.equal(call("LMSCommit", ""), "true");
    assert.equal(sent[0]!.values["cmi.suspend_data"], "B");
  });
  test("ILIAS answers false, and does not send again what was lost", () => {
    const { set, on, sent, call } = sitting("ilias");
    on.add("offline");
    set("cmi.suspend_data", "B");
    assert.equal(call("LMSCommit", ""), "false");
    on.delete("offline");
    call("LMSCommit", "");
    assert.equal(sent[0]!.values["cmi.suspend_data"], undefined);
  });
});

describe("trouble", () => {
  const rows: [Trouble, string, string, boolean][] = [
    ["commit-refused", "false", "101", false],
    ["commit-lost", "true", "0", false],
    ["session-expired", "false", "101", false],
    ["offline", "false", "101", false],
  ];
  for (const [trouble, answer, error, arrives] of rows) {
    test(trouble, () => {
      const { set, on, sent, call, why } = sitting("itslearning");
      set("cmi.suspend_data", "a");
      on.add(trouble);
      assert.equal(call("LMSCommit", ""), answer);
      assert.equal(call("LMSGetLastError"), error);
      assert.notEqual(why(), "");
      assert.equal(sent.length > 0, arrives);
      assert.equal(call("LMSFinish", ""), answer);
      on.clear();
      assert.equal(call("LMSFinish", ""), trouble === "commit-lost" ? "false" : "true", "a session that could not end goes on");
    });
  }
});

describe("as the LMS sees it", () => {
  const passed = { "cmi.core.lesson_status": "passed", "cmi.core.score.raw": "90", "cmi.core.score.max": "100" };
  const under = { ...passed, "cmi.core.lesson_status": "incomplete" };
  const at = (profile: string, values: Values, finished = true) => seen(values, finished, temperament(KNOWN[profile]));
  test("status and grade", () => {
    assert.deepEqual(at("moodle", under), { status: "incomplete", score: "90", why: [] });
    assert.equal(at("open-edx", under).score, undefined);
    assert.match(at("open-edx", under).why[0]!.nb, /teller først når statusen/);
    assert.equal(at("open-edx", passed).score, "90");
    assert.equal(at("brightspace", passed, false).score, undefined);
    assert.equal(at("brightspace", passed).score, "90");
    assert.equal(at("brightspace", { ...passed, "cmi.core.score.max": "" }).score, undefined);
    assert.equal(at("cornerstone", { "cmi.core.lesson_status": "failed" }).status, "incomplete");
    assert.equal(at("moodle", {}).status, "not attempted");
  });
});

test("times are added up", () => {
  assert.equal(sum12("0000:00:59.50", "00:00:00.5"), "0000:01:00.00");
  assert.equal(sum12("0001:59:59.99", "01:00:00.02"), "0003:00:00.01");
  assert.equal(sum12("9999:59:59", "9999:59:59"), "9999:59:59.99");
  assert.equal(sum12(), "0000:00:00.00");
  assert.equal(sum12("PT1M", "00:00:01"), "0000:00:01.00");
  assert.equal(sum2004("PT1H30M", "P1DT0.25S"), "PT91800.25S");
  assert.equal(sum2004("", "01:00:00"), "PT0S");
});

test("what a session leaves to the next one", () => {
  const values = { "cmi.core.total_time": "0000:10:00.00", "cmi.core.session_time": "00:05:00", "cmi.core.exit": "suspend", "cmi.suspend_data": "a" };
  assert.deepEqual(carried12(values, true), { "cmi.core.total_time": "0000:15:00.00", "cmi.core.entry": "resume", "cmi.suspend_data": "a" });
  assert.equal(carried12({ ...values, "cmi.core.exit": "" }, true)["cmi.core.entry"], "");
  assert.equal(carried12({ ...values, "cmi.core.exit": "" }, false)["cmi.core.entry"], "resume", "it was never ended");
  assert.deepEqual(carried2004({ "cmi.exit": "suspend", "cmi.session_time": "PT5M" }, true), { "cmi.entry": "resume", "cmi.total_time": "PT300S" });
});
