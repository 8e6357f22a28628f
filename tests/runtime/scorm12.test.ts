/** The SCORM 1.2 adapter against an API that forgives nothing, and against the odd ones that exist. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import { decode } from "../../src/runtime/src/state.ts";
import type { PackageData } from "../../src/runtime/src/types.ts";
import { module, packageOf } from "./support/data.ts";
import { FakePage, foreign, pause } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import type { Session } from "./support/session.ts";
import { StrictApi } from "./support/strict-api.ts";

const PLAIN = packageOf("scorm12");
const DEMANDING = packageOf("scorm12", [
  module("strategi", { require: ["pages", "questions", "mastery"], mastery: 0.75 }),
]);

function play(api: object | undefined, data: PackageData = PLAIN, page = new FakePage()): Promise<Session> {
  page.API = api;
  return begin(page, data, scorm12Adapter);
}

/** What was written, in order, without the changing texts. */
function writes(api: StrictApi): string[] {
  return api.log
    .filter((line) => /^LMS(SetValue|Commit|Finish)/.test(line))
    .map((line) =>
      line
        .replace(/^LMSSetValue\(cmi\.(.*)\)$/s, "$1")
        .replace(/(suspend_data|_time|time|latency), .*/, "$1"),
    );
}

describe("one session", () => {
  test("from the first page to the last question", async () => {
    const api = new StrictApi();
    const { tracker, opening, page, notices } = await play(api);
    assert.deepEqual(
      [opening.connected, opening.resumed, opening.page, opening.mode],
      [true, false, null, "normal"],
    );
    tracker.visit("strategi.en");
    await settled();
    assert.equal(tracker.answer("strategi.velg", ["c", "a"], 12_345), true);
    await settled();
    tracker.visit("strategi.to");
    tracker.visit("strategi.tre");
    await settled();
    assert.equal(tracker.answer("strategi.sant", ["true"], 4_000), false);
    await settled();
    page.go();
    assert.deepEqual(api.faults, []);
    assert.deepEqual(writes(api), [
      "core.lesson_status, incomplete",
      "suspend_data",
      "core.lesson_location, strategi.en",
      "core.exit, suspend",
      "LMSCommit()",
      "interactions.0.id, strategi.velg",
      "interactions.0.type, choice",
      "interactions.0.time",
      "interactions.0.correct_responses.0.pattern, a,c",
      "interactions.0.weighting, 1",
      "interactions.0.student_response, a,c",
      "interactions.0.result, correct",
      "interactions.0.latency",
      "suspend_data",
      "core.score.min, 0",
      "core.score.max, 100",
      "core.score.raw, 50",
      "core.lesson_status, incomplete",
      "LMSCommit()",
      "suspend_data",
      "core.lesson_location, strategi.tre",
      "core.lesson_status, incomplete",
      "LMSCommit()",
      "interactions.1.id, strategi.sant",
      "interactions.1.type, true-false",
      "interactions.1.time",
      "interactions.1.correct_responses.0.pattern, f",
      "interactions.1.weighting, 1",
      "interactions.1.student_response, t",
      "interactions.1.result, wrong",
      "interactions.1.latency",
      "suspend_data",
      "core.exit, ",
      "core.lesson_status, completed",
      "LMSCommit()",
      "suspend_data",
      "core.session_time",
      "core.lesson_status, completed",
      "LMSCommit()",
      "LMSFinish()",
    ]);
    assert.equal(api.held["cmi.interactions.0.latency"], "0000:00:12.35");
    assert.match(String(api.held["cmi.core.session_time"]), /^0000:00:00\.\d\d$/);
    assert.deepEqual(notices, []);
  });

  test("the launch takes no more than twelve calls", async () => {
    const api = new StrictApi();
    const { tracker } = await play(api);
    tracker.visit("strategi.en");
    await settled();
    assert.ok(api.log.length <= 12, api.log.join("\n"));
    assert.equal(api.log[0], "LMSInitialize()");
  });

  test("ends once, whatever happens on the way out", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api);
    tracker.visit("strategi.en");
    page.go();
    page.go();
    tracker.leave();
    await settled();
    assert.equal(api.finished, 1);
    assert.equal(api.log.at(-1), "LMSFinish()");
    assert.deepEqual(api.faults, []);
  });

  test("a hidden page commits what is not saved, and goes on", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api);
    tracker.visit("strategi.to");
    page.hide();
    assert.equal(api.commits, 1, "before anything else can run");
    assert.equal(api.held["cmi.core.lesson_location"], "strategi.to");
    assert.match(String(api.held["cmi.core.session_time"]), /^0000:/);
    page.show();
    page.hide();
    assert.equal(api.commits, 1, "nothing new, nothing to commit");
    assert.equal(api.finished, 0);
    page.show();
    tracker.visit("strategi.tre");
    await settled();
    assert.equal(api.commits, 2);
    assert.deepEqual(api.faults, []);
  });

  test("a page that comes back from the browser's cache says that nothing is saved any more", async () => {
    const api = new StrictApi();
    const { tracker, page, notices } = await play(api);
    tracker.visit("strategi.en");
    page.go();
    const calls = api.log.length;
    page.back();
    assert.deepEqual(notices, ["ended"]);
    tracker.visit("strategi.to");
    tracker.answer("strategi.velg", ["a"], 100);
    page.go();
    await settled();
    assert.equal(api.log.length, calls);
    assert.deepEqual(api.faults, []);
  });

  test("only time in sight counts", async () => {
    const api = new StrictApi();
    const { page } = await play(api);
    await pause(120);
    page.hide();
    await pause(400);
    page.show();
    page.go();
    const [, hundredths] = /^0000:00:(\d\d\.\d\d)$/.exec(String(api.held["cmi.core.session_time"])) ?? [];
    assert.ok(Number(hundredths) >= 0.1 && Number(hundredths) < 0.4, hundredths);
  });
});

describe("resuming", () => {
  test("page, answers and progress come back, and numbers are not taken for texts", async () => {
    const first = new StrictApi();
    const before = await play(first);
    before.tracker.visit("strategi.en");
    before.tracker.visit("strategi.to");
    before.tracker.answer("strategi.velg", ["b"], 1000);
    before.tracker.answer("strategi.sant", ["false"], 1000);
    before.page.go();
    assert.equal(first.held["cmi.core.exit"], "suspend");

    const api = first.next({ "cmi.core.student_id": 42, "cmi.core.score.raw": 50 });
    const { tracker, opening, page } = await play(api);
    assert.equal(opening.resumed, true);
    assert.equal(opening.page, "strategi.to");
    assert.deepEqual([...opening.visited], ["strategi.en", "strategi.to"]);
    assert.deepEqual(
      [...opening.answers],
      [
        ["strategi.velg", ["b"]],
        ["strategi.sant", ["false"]],
      ],
    );
    assert.deepEqual(tracker.progress(), [
      { id: "strategi", visited: 2, pages: 3, answered: 2, questions: 2, right: 1, score: 50, done: false },
    ]);
    tracker.visit("strategi.to");
    tracker.answer("strategi.velg", ["a", "c"], 1000);
    tracker.visit("strategi.tre");
    page.go();
    assert.equal(
      api.held["cmi.interactions.2.id"],
      "strategi.velg",
      "answers are added to those the LMS has",
    );
    assert.equal(api.held["cmi.core.score.raw"], "100");
    assert.equal(api.held["cmi.core.lesson_status"], "completed");
    assert.deepEqual(api.faults, []);
  });

  test("a course that has changed keeps what is still there", async () => {
    const first = new StrictApi();
    const before = await play(first);
    for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) before.tracker.visit(id);
    before.tracker.answer("strategi.velg", ["b", "c"], 1000);
    before.page.go();
    const old = PLAIN.modules[0]!;
    const pages = [...old.pages].reverse().filter(({ id }) => id !== "strategi.to");
    const questions = [
      { ...old.questions[1]!, id: "strategi.ny", key: "new" },
      { ...old.questions[0]!, choices: old.questions[0]!.choices.filter(({ id }) => id !== "b") },
    ];
    const { opening } = await play(first.next(), packageOf("scorm12", [{ ...old, pages, questions }]));
    assert.equal(opening.page, "strategi.tre");
    assert.deepEqual([...opening.visited].sort(), ["strategi.en", "strategi.tre"]);
    assert.deepEqual([...opening.answers], [["strategi.velg", ["c"]]]);
  });

  for (const [name, state] of [
    ["cut", "1j2y5n1.oQ0"],
    ["of another tool", '{"page":3}'],
    ["of a later format", "2abcdwhatever"],
    ["a number", 17],
  ] as const) {
    test(`a state that is ${name} falls back on the bookmark`, async () => {
      const api = new StrictApi({
        "cmi.suspend_data": state,
        "cmi.core.lesson_location": "strategi.tre",
        "cmi.core.lesson_status": "incomplete",
      });
      const { opening } = await play(api);
      assert.equal(opening.page, "strategi.tre");
      assert.equal(opening.resumed, true);
      assert.equal(opening.answers.size, 0);
      assert.deepEqual(api.faults, []);
    });
  }

  test("a bookmark of another course opens the first page", async () => {
    const { opening } = await play(
      new StrictApi({ "cmi.core.lesson_location": "12", "cmi.suspend_data": "x" }),
    );
    assert.equal(opening.page, null);
  });

  test("what a commit lost is still in the tab, and is sent", async () => {
    const first = new StrictApi();
    const before = await play(first);
    before.tracker.visit("strategi.en");
    await settled();
    const kept = first.held["cmi.suspend_data"];
    before.tracker.visit("strategi.to");
    before.tracker.answer("strategi.velg", ["a", "c"], 900);
    await settled();
    const page = before.page.again({ sameTab: true });
    const api = first.next({ "cmi.suspend_data": kept, "cmi.core.lesson_location": "strategi.en" });
    const { opening } = await play(api, PLAIN, page);
    assert.equal(opening.page, "strategi.to");
    assert.deepEqual([...opening.answers.keys()], ["strategi.velg"]);
    await settled();
    assert.deepEqual(decode(String(api.held["cmi.suspend_data"]))?.answers, { sq1: "ac" });
  });

  test("a new attempt begins anew, whatever the tab remembers", async () => {
    const before = await play(new StrictApi());
    before.tracker.visit("strategi.to");
    before.page.go();
    const { opening } = await play(new StrictApi(), PLAIN, before.page.again({ sameTab: true }));
    assert.equal(opening.resumed, false);
    assert.equal(opening.visited.size, 0);
  });
});

describe("status", () => {
  async function statuses(held: Record<string, unknown>, data = PLAIN): Promise<unknown[]> {
    const api = new StrictApi(held);
    const { tracker, page } = await play(api, data);
    tracker.visit("strategi.en");
    await settled();
    page.go();
    assert.deepEqual(api.faults, []);
    return [
      ...new Set(api.log.filter((line) => line.includes("lesson_status,")).map((line) => line.slice(36, -1))),
    ];
  }

  test("incomplete at once", async () => {
    const api = new StrictApi();
    await play(api);
    assert.equal(api.held["cmi.core.lesson_status"], "incomplete");
    assert.equal(api.commits, 0);
  });

  test("never falls back", async () => {
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "completed" }), ["completed"]);
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "Passed " }), ["passed"]);
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "passed" }, DEMANDING), ["passed"]);
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "completed" }, DEMANDING), ["completed"]);
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "failed" }), []);
  });

  test("is left alone where the LMS does not say and the state cannot tell", async () => {
    assert.deepEqual(
      await statuses({ "cmi.core.lesson_status": "", "cmi.suspend_data": "something else" }),
      [],
    );
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "", "cmi.suspend_data": "" }), [
      "incomplete",
    ]);
    assert.deepEqual(await statuses({ "cmi.core.lesson_status": "browsed" }), ["incomplete"]);
  });

  test("is known from the state in an LMS that never says", async () => {
    const first = new StrictApi();
    const before = await play(first);
    finishAll(before);
    before.page.go();
    const said = { ...first.held, "cmi.core.lesson_status": "" };
    assert.deepEqual(await statuses(said), ["completed"]);
  });

  test("is said again when the LMS has lost it", async () => {
    const first = new StrictApi();
    const before = await play(first);
    finishAll(before);
    before.page.go();
    const api = first.next({ "cmi.core.lesson_status": "incomplete" });
    await play(api);
    assert.equal(api.held["cmi.core.lesson_status"], "completed");
  });

  test("done stays done when a new version asks for more", async () => {
    const first = new StrictApi();
    const before = await play(first);
    finishAll(before);
    before.page.go();
    const old = PLAIN.modules[0]!;
    const more = { ...old, pages: [...old.pages, { id: "strategi.fire", key: "sp4", title: "Ny" }] };
    const api = first.next();
    const { tracker } = await play(api, packageOf("scorm12", [more]));
    tracker.visit("strategi.fire");
    await settled();
    assert.equal(api.held["cmi.core.lesson_status"], "completed");
    assert.equal(tracker.progress()[0]!.done, true);
    assert.equal(tracker.progress()[0]!.pages, 4);
  });

  test("passed when a result is demanded and reached; the score waits for the last answer", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api, DEMANDING);
    for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
    tracker.answer("strategi.velg", ["a", "c"], 100);
    await settled();
    assert.equal("cmi.core.score.raw" in api.held, false);
    tracker.answer("strategi.sant", ["true"], 100);
    await settled();
    assert.equal(api.held["cmi.core.score.raw"], "50");
    assert.equal(api.held["cmi.core.lesson_status"], "incomplete", "too low a result is not a failed course");
    assert.equal(api.held["cmi.core.exit"], "suspend");
    tracker.answer("strategi.sant", ["false"], 100);
    await settled();
    assert.equal(api.held["cmi.core.score.raw"], "100");
    assert.equal(api.held["cmi.core.lesson_status"], "passed");
    tracker.answer("strategi.sant", ["true"], 100);
    page.go();
    assert.equal(api.held["cmi.core.score.raw"], "100", "a result that is reached stays");
    assert.equal(api.held["cmi.core.lesson_status"], "passed");
    assert.equal(api.held["cmi.core.exit"], "");
    assert.deepEqual(api.faults, []);
  });

  test("a score is not spoilt by the first answers after the state was lost", async () => {
    const api = new StrictApi({
      "cmi.core.lesson_status": "completed",
      "cmi.suspend_data": "cut",
      "cmi.core.score.raw": "100",
    });
    const { tracker, page } = await play(api);
    tracker.answer("strategi.velg", ["b"], 10);
    await settled();
    assert.equal(api.held["cmi.core.score.raw"], "100");
    tracker.answer("strategi.sant", ["false"], 10);
    page.go();
    assert.equal(api.held["cmi.core.score.raw"], "50");
  });

  test("no questions, no score", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api, packageOf("scorm12", [module("strategi", { questions: [] })]));
    for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
    page.go();
    assert.equal(api.held["cmi.core.lesson_status"], "completed");
    assert.equal("cmi.core.score.raw" in api.held, false);
  });

  test("the whole course: one status, and every module's progress", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(
      api,
      packageOf("scorm12", [module("strategi"), module("teknologi")]),
    );
    for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
    tracker.answer("strategi.velg", ["a", "c"], 100);
    tracker.answer("strategi.sant", ["false"], 100);
    await settled();
    assert.deepEqual(
      tracker.progress().map(({ done }) => done),
      [true, false],
    );
    assert.equal(api.held["cmi.core.score.raw"], "50");
    page.go();
    assert.equal(api.held["cmi.core.lesson_status"], "incomplete");
    assert.deepEqual(decode(String(api.held["cmi.suspend_data"]))?.done, ["strategi"]);
  });

  for (const mode of ["browse", "review"] as const) {
    test(`nothing is written in ${mode}`, async () => {
      const before = new StrictApi();
      const first = await play(before);
      first.tracker.visit("strategi.to");
      first.page.go();
      const api = before.next({ "cmi.core.lesson_mode": mode, "cmi.core.lesson_status": "passed" });
      const { tracker, opening, page, notices } = await play(api);
      assert.equal(opening.mode, mode);
      assert.deepEqual([...opening.visited], ["strategi.to"]);
      assert.equal(tracker.answer("strategi.sant", ["false"], 10), true);
      tracker.visit("strategi.tre");
      await settled();
      page.hide();
      page.go();
      assert.deepEqual(
        api.log.filter((line) => /Set|Commit/.test(line)),
        [],
      );
      assert.equal(api.finished, 1);
      assert.deepEqual(notices, []);
    });
  }
});

describe("finding the LMS", () => {
  function below(top: object, depth: number): FakePage {
    let parent: unknown = top;
    for (let level = 1; level < depth; level++) parent = { parent };
    return Object.assign(new FakePage(), { parent });
  }
  function top(api: unknown): object {
    const page = { API: api, parent: null as unknown };
    page.parent = page;
    return page;
  }
  const found = async (page: FakePage): Promise<boolean> =>
    (await begin(page, PLAIN, scorm12Adapter)).opening.connected;

  for (const depth of [1, 2, 7]) {
    test(`${depth} above`, async () => assert.equal(await found(below(top(new StrictApi()), depth)), true));
  }

  test("in the opener, and above the opener", async () => {
    assert.equal(await found(Object.assign(new FakePage(), { opener: top(new StrictApi()) })), true);
    assert.equal(
      await found(Object.assign(new FakePage(), { opener: below(top(new StrictApi()), 2) })),
      true,
    );
  });

  test("above a frame of another origin", async () => {
    const page = new FakePage();
    page.parent = foreign({ parent: foreign(top(new StrictApi())) });
    assert.equal(await found(page), true);
  });

  test("not in something that only has the name", async () => {
    const page = below(top(new StrictApi()), 2);
    page.API = { LMSInitialize: "yes" };
    assert.equal(await found(page), true);
  });

  test("late", async () => {
    const late = top(undefined) as { API?: unknown };
    setTimeout(() => (late.API = new StrictApi()), 700);
    assert.equal(await found(below(late, 2)), true);
  });

  test("nobody, and no frame to wait for: at once, and the learner is told", async () => {
    const begun = performance.now();
    const { opening, notices, tracker, page } = await begin(new FakePage(), PLAIN, scorm12Adapter);
    assert.ok(performance.now() - begun < 500);
    assert.equal(opening.connected, false);
    assert.deepEqual(notices, ["no-lms"]);
    tracker.visit("strategi.to");
    page.go();
    const next = await begin(page.again(), PLAIN, scorm12Adapter);
    assert.equal(next.opening.page, "strategi.to", "the browser remembers");
  });

  test("nobody in the frames either; a listener that comes late hears of it", async () => {
    const { opening, tracker } = await begin(below(foreign(top(undefined)), 2), PLAIN, scorm12Adapter);
    assert.equal(opening.connected, false);
    const heard: string[] = [];
    tracker.onNotice((notice) => heard.push(notice));
    assert.deepEqual(heard, ["no-lms"]);
  });

  test("an LMS that refuses is no LMS; one that is initialised already is", async () => {
    const refusing = Object.assign(new StrictApi(), { initializeAnswer: "false", LMSGetValue: () => "" });
    const { notices } = await play(refusing);
    assert.deepEqual(notices, ["no-lms"]);
    const { opening } = await play(Object.assign(new StrictApi(), { initializeAnswer: "false" }));
    assert.equal(opening.connected, true);
  });
});

describe("odd LMSs", () => {
  test("functions that throw, from the start or later, never reach the learner", async () => {
    const throws = (): never => {
      throw new TypeError("cmi is undefined");
    };
    const dead = await play({
      LMSInitialize: throws,
      LMSGetValue: throws,
      LMSSetValue: throws,
      LMSCommit: throws,
      LMSFinish: throws,
    });
    assert.deepEqual(dead.notices, ["no-lms"]);

    const api = new StrictApi();
    const { tracker, page, notices } = await play(api);
    Object.assign(api, { LMSSetValue: throws, LMSCommit: throws, LMSFinish: throws });
    tracker.visit("strategi.to");
    await settled();
    page.go();
    assert.deepEqual(notices, ["expired"]);
  });

  test("LMSTerminate for LMSFinish, and neither", async () => {
    const terminated: unknown[] = [];
    const other = Object.assign(new StrictApi(), {
      LMSFinish: undefined,
      LMSTerminate: (value: unknown) => terminated.push(value),
    });
    (await play(other)).page.go();
    assert.deepEqual(terminated, [""]);
    const neither = Object.assign(new StrictApi(), { LMSFinish: undefined });
    (await play(neither)).page.dispatchEvent(new Event("pagehide"));
    assert.equal(neither.commits, 1);
  });

  test("answers that are no strings", async () => {
    const odd = {
      LMSInitialize: () => true,
      LMSGetValue: () => 0,
      LMSSetValue: () => undefined,
      LMSCommit: () => 1,
    };
    const { opening, tracker, notices } = await play(odd);
    assert.equal(opening.connected, true);
    tracker.answer("strategi.velg", ["a"], 10);
    await settled();
    assert.deepEqual(notices, []);
    const silent = {
      LMSInitialize: () => true,
      LMSGetValue: () => null,
      LMSSetValue: () => true,
      LMSCommit: () => true,
    };
    assert.equal((await play(silent)).opening.page, null);
  });

  test("no count of interactions: the learner's own goes on", async () => {
    const first = new StrictApi({ "cmi.interactions._count": "" });
    const before = await play(first);
    before.tracker.answer("strategi.velg", ["a"], 10);
    before.page.go();
    const api = first.next();
    const { tracker } = await play(api);
    tracker.answer("strategi.sant", ["true"], 10);
    await settled();
    assert.equal(api.held["cmi.interactions.1.id"], "strategi.sant");
  });

  test("interactions that are refused are no reason to alarm anybody", async () => {
    const api = new StrictApi();
    const set = api.LMSSetValue;
    api.LMSSetValue = (...given) =>
      /interactions|score\.m/.test(String(given[0])) ? "false" : set(...given);
    const { tracker, notices } = await play(api);
    tracker.answer("strategi.velg", ["a"], 10);
    await settled();
    assert.deepEqual(notices, []);
    assert.equal(api.held["cmi.core.score.raw"], "0");
  });
});

describe("saving that fails", () => {
  test("is tried again with a state that differs, and the learner hears of both", async () => {
    const api = new StrictApi();
    const { tracker, notices } = await play(api);
    tracker.visit("strategi.en");
    await settled();
    api.commitAnswers = ["false", "true"];
    const states: unknown[] = [];
    const commit = api.LMSCommit;
    api.LMSCommit = (...given) => {
      states.push(api.held["cmi.suspend_data"]);
      return commit(...given);
    };
    tracker.visit("strategi.to");
    await settled();
    assert.deepEqual(notices, ["failed"]);
    await pause(2200);
    assert.deepEqual(notices, ["failed", "saved"]);
    assert.equal(states.length, 2);
    assert.notEqual(states[0], states[1]);
    assert.equal(api.held["cmi.core.lesson_location"], "strategi.to");
    assert.deepEqual(api.faults, []);
  });

  test("the next thing the learner does is a new try, and a refused state is a failure", async () => {
    const api = new StrictApi();
    const { tracker, notices } = await play(api);
    const set = api.LMSSetValue;
    api.LMSSetValue = (...given) => (given[0] === "cmi.suspend_data" ? "false" : set(...given));
    tracker.visit("strategi.en");
    await settled();
    tracker.visit("strategi.to");
    await settled();
    assert.deepEqual(notices, ["refused"], "said once");
    api.LMSSetValue = set;
    tracker.visit("strategi.tre");
    await settled();
    assert.deepEqual(notices, ["refused", "saved"]);
  });

  test("back on the network everything is said again", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api);
    tracker.visit("strategi.en");
    await settled();
    const before = api.held["cmi.suspend_data"];
    page.dispatchEvent(new Event("online"));
    await settled();
    assert.equal(api.commits, 2);
    assert.notEqual(api.held["cmi.suspend_data"], before);
  });
});

function finishAll({ tracker }: Session): void {
  for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
  tracker.answer("strategi.velg", ["a"], 100);
  tracker.answer("strategi.sant", ["false"], 100);
}
