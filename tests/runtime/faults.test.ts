/** SCORM 1.2 when things go wrong: what the API is told, what the browser keeps, what the learner hears. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import { packageOf } from "./support/data.ts";
import { FakePage, until } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import type { Session } from "./support/session.ts";
import { StrictApi } from "./support/strict-api.ts";

const DATA = packageOf("scorm12");

function play(api: StrictApi, page = new FakePage()): Promise<Session> {
  page.API = api;
  return begin(page, DATA, scorm12Adapter);
}

/** The copies of what is not saved, in the browser's storage. */
function copies(page: FakePage): string[] {
  return [...page.localStorage.items.keys()].filter((name) => name.startsWith("kurspakke:unsaved:"));
}

interface Left {
  readonly page: FakePage;
  /** What the LMS has stored: nothing of the answer. */
  readonly held: Record<string, unknown>;
}

/** A session that answers a question in an LMS that stores nothing of it, and is then killed. */
async function unsaved(): Promise<Left> {
  const api = new StrictApi();
  const { tracker, page } = await play(api);
  tracker.visit("strategi.en");
  await settled();
  const held = { ...api.held };
  api.commitAnswers = Array(9).fill("false");
  tracker.answer("strategi.velg", ["a", "c"], 900);
  assert.equal(copies(page).length, 1);
  return { page, held };
}

describe("a commit that fails", () => {
  test("what was in it changes and changes back, for an LMS that sends only what has changed", async () => {
    const api = new StrictApi();
    const { tracker, page } = await play(api);
    for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
    tracker.answer("strategi.velg", ["a", "c"], 100);
    await settled();
    api.commitAnswers = ["false"];
    tracker.answer("strategi.sant", ["false"], 100);
    const since = api.log.length;
    page.dispatchEvent(new Event("online"));
    await until("the last commit", () => api.commitAnswers.length === 0 && api.log.at(-1) === "LMSCommit()" && api.log.length > since);
    const said = api.log.slice(since).join("\n");
    const [shaken, mended] = said.split("LMSCommit()");
    assert.match(shaken!, /interactions\.1\.result, neutral[^]*lesson_status, incomplete/);
    assert.match(mended!, /interactions\.1\.result, correct[^]*lesson_status, completed/);
    assert.doesNotMatch(shaken!, /interactions\.0/, "what has arrived is left alone");
    assert.equal(api.held["cmi.core.lesson_status"], "completed");
    assert.deepEqual(api.faults, []);
  });

  test("«general exception» again and again is an expired session", async () => {
    const api = new StrictApi();
    const { tracker, page, notices } = await play(api);
    await settled();
    api.LMSGetLastError = () => "101";
    api.commitAnswers = Array(9).fill("false");
    tracker.answer("strategi.velg", ["a"], 10);
    assert.deepEqual(notices, []);
    for (let tries = 0; tries < 3; tries++) {
      const before = api.commits;
      page.dispatchEvent(new Event("online"));
      await until("the next try", () => api.commits > before);
    }
    await settled();
    assert.deepEqual(notices, ["failed", "expired"]);
  });

  test("the learner hears how many answers it is about", async () => {
    const api = new StrictApi();
    const { tracker } = await play(api);
    await settled();
    const heard: unknown[] = [];
    tracker.onNotice((notice, { answers, kept }) => heard.push([notice, answers, kept]));
    api.commitAnswers = ["false", "false"];
    tracker.answer("strategi.velg", ["a"], 10);
    await settled();
    tracker.answer("strategi.sant", ["true"], 10);
    await settled();
    tracker.answer("strategi.sant", ["false"], 10);
    await settled();
    assert.deepEqual(heard, [
      ["failed", 1, true],
      ["failed", 2, true],
      ["saved", 2, true],
    ]);
  });
});

describe("a commit that was called saved and lost", () => {
  /** An LMS that has two answers in its state and the first of them in a row. */
  async function short(): Promise<Record<string, unknown>> {
    const api = new StrictApi();
    const { tracker } = await play(api);
    tracker.answer("strategi.velg", ["a", "c"], 900);
    tracker.answer("strategi.sant", ["true"], 900);
    await settled();
    return Object.fromEntries(Object.entries(api.held).filter(([name]) => !name.startsWith("cmi.interactions.1.")));
  }

  /** The ids that stand in the rows. */
  function rows(api: StrictApi): unknown[] {
    const ids = Object.entries(api.held).filter(([name]) => /^cmi\.interactions\.\d+\.id$/.test(name));
    return ids.sort(([one], [two]) => one.localeCompare(two)).map(([, id]) => id);
  }

  const reports = (api: StrictApi): string[] => api.log.filter((call) => /^LMSSetValue\(cmi\.interactions/.test(call));

  test("all answers are reported once more, after the rows that are there", async () => {
    const api = new StrictApi(await short());
    await play(api);
    await settled();
    assert.deepEqual(rows(api), ["strategi.velg", "strategi.velg", "strategi.sant"]);
    assert.equal(api.held["cmi.interactions.2.result"], "wrong");
    assert.equal(api.held["cmi.interactions.2.latency"], undefined, "nobody knows any more");
    assert.deepEqual(api.faults, []);
  });

  test("and not again at the next launch, nor is a new answer put in their place", async () => {
    const api = new StrictApi(await short());
    await play(api);
    await settled();
    const later = new StrictApi({ ...api.held });
    const { tracker } = await play(later);
    await settled();
    assert.deepEqual(reports(later), []);
    tracker.answer("strategi.sant", ["false"], 10);
    await settled();
    assert.deepEqual(rows(later), ["strategi.velg", "strategi.velg", "strategi.sant", "strategi.sant"]);
  });

  for (const count of ["0", ""]) {
    test(`an LMS that always says «${count}» is not told everything at each launch`, async () => {
      const api = new StrictApi({ ...(await short()), "cmi.interactions._count": count });
      await play(api);
      await settled();
      assert.deepEqual(reports(api), []);
    });
  }

  test("nothing is reported in review", async () => {
    const api = new StrictApi({ ...(await short()), "cmi.core.lesson_mode": "review" });
    await play(api);
    await settled();
    assert.deepEqual(reports(api), []);
  });
});

describe("no network", () => {
  test("the LMS is left in peace until it is back", async () => {
    const api = new StrictApi();
    const { tracker, page, notices } = await play(api);
    await settled();
    const calls = api.log.length;
    const network = Object.assign(page, { navigator: { onLine: false } }).navigator;
    tracker.answer("strategi.velg", ["a", "c"], 10);
    page.hide();
    page.show();
    await settled();
    assert.deepEqual(notices, ["offline"]);
    assert.equal(api.log.length, calls);
    network.onLine = true;
    page.dispatchEvent(new Event("online"));
    await settled();
    assert.deepEqual(notices, ["offline", "saved"]);
    assert.equal(api.held["cmi.interactions.0.result"], "correct");
    assert.deepEqual(copies(page), []);
  });
});

describe("what is not saved", () => {
  test("is there in a new window of the same learner, is reported, and then gone", async () => {
    const { page, held } = await unsaved();
    const api = new StrictApi(held);
    const { opening } = await play(api, page.again());
    assert.deepEqual([...opening.answers], [["strategi.velg", ["a", "c"]]]);
    await settled();
    assert.equal(api.held["cmi.interactions.0.result"], "correct");
    assert.deepEqual(copies(page), []);
    assert.deepEqual(api.faults, []);
  });

  test("is not reported twice where the LMS has the interaction", async () => {
    const { page, held } = await unsaved();
    const api = new StrictApi({ ...held, "cmi.interactions.0.id": "strategi.velg" });
    const { opening } = await play(api, page.again());
    await settled();
    assert.equal(opening.answers.size, 1);
    assert.equal(api.held["cmi.interactions.1.id"], undefined);
  });

  test("is not for another learner", async () => {
    const { page, held } = await unsaved();
    const { opening } = await play(new StrictApi({ ...held, "cmi.core.student_id": "43" }), page.again());
    assert.equal(opening.answers.size, 0);
    assert.equal(copies(page).length, 2, "each has a copy of what is not saved");
  });

  test("is not for a new attempt", async () => {
    const { page } = await unsaved();
    const { opening } = await play(new StrictApi(), page.again());
    assert.equal(opening.resumed, false);
    assert.equal(opening.answers.size, 0);
  });

  test("is not kept for ever", async () => {
    const { page } = await unsaved();
    const [name] = copies(page);
    const text = page.localStorage.getItem(name!)!;
    page.localStorage.setItem(name!, Date.now() - 31 * 86_400_000 + text.slice(13));
    await play(new StrictApi({ "cmi.core.student_id": "43" }), page.again());
    await settled();
    assert.deepEqual(copies(page), []);
  });
});
