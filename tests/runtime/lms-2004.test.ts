/** The LMS for SCORM 2004: phases, dependencies, statuses that the LMS works out, and what is not there. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import type { Values } from "../../src/runtime/src/lms/calls.ts";
import { ELEMENTS } from "../../src/runtime/src/lms/scorm2004/datamodel.ts";
import { ERRORS } from "../../src/runtime/src/lms/scorm2004/errors.ts";
import { lms2004 } from "../../src/runtime/src/lms/scorm2004/scorm2004.ts";

function running(kept: Values = {}) {
  const lms = lms2004(kept, "en");
  const call = (name: string, ...given: unknown[]) => `${lms.api[name]!(...given)} ${lms.api["GetLastError"]!()}`;
  call("Initialize", "");
  return { lms, call, set: (name: string, value: unknown) => call("SetValue", name, value), get: (name: string) => call("GetValue", name) };
}

test("each phase has its own error", () => {
  const { api } = lms2004({});
  const codes = () => (["GetValue", "SetValue", "Commit", "Terminate", "Initialize"] as const).map((name) => {
    api[name]!(...(name === "GetValue" ? ["cmi.mode"] : name === "SetValue" ? ["cmi.location", "1"] : [""]));
    return api["GetLastError"]!();
  });
  assert.deepEqual(codes(), ["122", "132", "142", "112", "0"]);
  assert.deepEqual(codes(), ["0", "0", "0", "0", "104"]);
  assert.deepEqual(codes(), ["123", "133", "143", "113", "104"]);
});

describe("what has to be set first", () => {
  test("an interaction's id and type", () => {
    const { set } = running();
    assert.equal(set("cmi.interactions.0.type", "choice"), "false 408");
    assert.equal(set("cmi.interactions.0.id", "urn:x:1"), "false 406", "urn has a form of its own");
    assert.equal(set("cmi.interactions.0.id", "i1"), "true 0");
    assert.equal(set("cmi.interactions.0.learner_response", "a"), "false 408");
    assert.equal(set("cmi.interactions.0.type", "choice"), "true 0");
    assert.equal(set("cmi.interactions.0.learner_response", "a[,]b"), "true 0");
    assert.equal(set("cmi.interactions.0.correct_responses.0.pattern", "a[,]b c"), "false 406");
    assert.equal(set("cmi.interactions.2.id", "i3"), "false 351");
  });
  test("an objective's id, which no other has and which stays", () => {
    const { set } = running();
    assert.equal(set("cmi.objectives.0.score.raw", "1"), "false 408");
    assert.equal(set("cmi.objectives.0.id", "o1"), "true 0");
    assert.equal(set("cmi.objectives.0.id", "o1"), "true 0");
    assert.equal(set("cmi.objectives.0.id", "o2"), "false 351");
    assert.equal(set("cmi.objectives.1.id", "o1"), "false 351");
  });
});

test("answers have the form of their type", () => {
  const rows: [type: string, right: string, wrong: string][] = [
    ["true-false", "true", "t"],
    ["choice", "a[,]b", "a b"],
    ["fill-in", "{lang=nb}blå[,]grønn", "{lang=?}blå"],
    ["long-fill-in", "x".repeat(4000), "x".repeat(4001)],
    ["likert", "svært_enig", "svært enig"],
    ["matching", "a[.]1[,]b[.]2", "a.1"],
    ["performance", "steg[.]noe[,][.]annet", "steg"],
    ["sequencing", "a[,]b", "a b"],
    ["numeric", "-1.5", "1,5"],
    ["other", "hva som helst", "x".repeat(4001)],
  ];
  const { set } = running();
  rows.forEach(([type, right, wrong], at) => {
    const item = `cmi.interactions.${at}`;
    set(`${item}.id`, `i${at}`);
    set(`${item}.type`, type);
    assert.equal(set(`${item}.learner_response`, right), "true 0", type);
    assert.equal(set(`${item}.learner_response`, wrong), "false 406", type);
  });
  set("cmi.interactions.8.correct_responses.0.pattern", "1[:]");
  assert.equal(set("cmi.interactions.8.correct_responses.0.pattern", "1[:]3"), "true 0");
  assert.equal(set("cmi.interactions.8.correct_responses.0.pattern", "1[:]3[:]5"), "false 406");
  assert.equal(set("cmi.interactions.2.correct_responses.0.pattern", "{case_matters=true}{lang=nb}blå"), "true 0");
});

test("form and range have errors of their own", () => {
  const { set, get } = running();
  assert.equal(get("cmi.score.scaled"), " 403");
  assert.equal(set("cmi.score.scaled", "1.5"), "false 407");
  assert.equal(set("cmi.score.scaled", "1,5"), "false 406");
  assert.equal(set("cmi.score.scaled", 1), "false 406");
  assert.equal(get("cmi.exit"), " 405");
  assert.equal(set("cmi.mode", "review"), "false 404");
  assert.equal(set("cmi.core.lesson_status", "passed"), "false 401");
  assert.equal(get("cmi.session_time"), " 405");
  assert.equal(set("cmi.session_time", "00:01:00"), "false 406");
});

test("the LMS works statuses out where the manifest says how", () => {
  const { set, get } = running({ "cmi.completion_threshold": "0.8", "cmi.scaled_passing_score": "0.7" });
  set("cmi.completion_status", "completed");
  assert.equal(get("cmi.completion_status"), "completed 0");
  assert.equal(get("cmi.success_status"), "unknown 0");
  set("cmi.progress_measure", "0.5");
  set("cmi.score.scaled", "0.7");
  assert.equal(get("cmi.completion_status"), "incomplete 0");
  assert.equal(get("cmi.success_status"), "passed 0");
});

test("sequencing is not there, and says so", () => {
  const { lms, set, get } = running();
  assert.equal(set("adl.nav.request", "continue"), "false 402");
  assert.match(lms.api["GetDiagnostic"]!(""), /no sequencing/);
  assert.equal(get("adl.nav.request_valid.continue"), "unknown 0");
  assert.equal(get("adl.data._count"), " 402");
});

test("what is committed is kept, and a commit that fails says 391", () => {
  const lms = lms2004({}, "nb", { keep: (_, finished) => ({ stored: finished, answer: finished ? "true" : "false" }) });
  lms.api["Initialize"]!("");
  lms.api["SetValue"]!("cmi.location", "side-1");
  assert.equal(lms.api["Commit"]!(""), "false");
  assert.equal(lms.api["GetLastError"]!(), "391");
  assert.equal(lms.committed()["cmi.location"], undefined);
  assert.equal(lms.api["Terminate"]!(""), "true");
  assert.equal(lms.committed()["cmi.location"], "side-1");
});

test("every row can be read or written, and every error has words in both languages", () => {
  const odd = [...ELEMENTS].filter(([, row]) => (row.access === "rw" || row.access === "w") !== (row.type !== undefined));
  assert.deepEqual(odd, []);
  assert.ok(Object.values(ERRORS).every(({ nb, en }) => nb && en));
});

describe("where requests are taken", () => {
  const lms = lms2004({}, "en", { requests: "taken" });
  const call = (name: string, ...given: unknown[]) => `${lms.api[name]!(...given)} ${lms.api["GetLastError"]!()}`;
  call("Initialize", "");
  test("they last for the session, and are not kept", () => {
    assert.equal(call("GetValue", "adl.nav.request"), "_none_ 0");
    assert.equal(call("SetValue", "adl.nav.request", "{target=del-2}choice"), "true 0");
    assert.match(lms.calls.at(-1)!.diagnostic, /not carried out/);
    assert.equal(call("GetValue", "adl.nav.request"), "{target=del-2}choice 0");
    call("Commit", "");
    assert.equal("adl.nav.request" in lms.committed(), false);
  });
  test("and have the standard's words", () => {
    assert.equal(call("SetValue", "adl.nav.request", "next"), "false 406");
    assert.equal(call("SetValue", "adl.nav.request", 1), "false 406");
    assert.equal(call("GetValue", "adl.nav.request"), "{target=del-2}choice 0");
  });
});

test("the 2nd edition has room for a smaller state", () => {
  const lms = lms2004({}, "en", { state: 4000 });
  lms.api["Initialize"]!("");
  assert.equal(lms.api["SetValue"]!("cmi.suspend_data", "x".repeat(4000)), "true");
  assert.equal(lms.api["SetValue"]!("cmi.suspend_data", "x".repeat(4001)), "false");
  assert.equal(lms.api["GetLastError"]!(), "406");
});
