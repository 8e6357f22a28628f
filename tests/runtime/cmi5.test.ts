/** An assignable unit's sessions against a cmi5 LMS on 127.0.0.1; clauses as in `@cmi5/requirements`. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { cmi5Adapter } from "../../src/runtime/src/adapters/cmi5.ts";
import { decode } from "../../src/runtime/src/state.ts";
import { module, packageOf } from "./support/data.ts";
import { ACTOR, REGISTRATION, cmi5 } from "./support/launch.ts";
import { FakePage, until } from "./support/page.ts";
import { begin } from "./support/session.ts";
import type { Session } from "./support/session.ts";
import { Store } from "./support/store.ts";
import type { Kept } from "./support/store.ts";

const DATA = packageOf("cmi5");
const DEMANDING = packageOf("cmi5", [
  module("strategi", { require: ["questions", "mastery"], mastery: 0.75 }),
]);
const AU = "https://lms.example.no/au/17";
const CMI5 = "https://w3id.org/xapi/cmi5/context/";
const SESSION = `${CMI5}extensions/sessionid`;
const TEMPLATE = {
  contextActivities: { grouping: [{ id: "https://kurs.example.no/dt/strategi" }] },
  extensions: { [SESSION]: "s-1" },
};
let store: Store;

beforeEach(async () => {
  store = await Store.open();
});
afterEach(() => store.close());

/** The LMS prepares a session. */
function prepare(change: Record<string, unknown> = {}): void {
  store.fetches = 0;
  store.documents.set(
    `LMS.LaunchData||${AU}|${REGISTRATION}`,
    JSON.stringify({
      contextTemplate: TEMPLATE,
      launchMode: "Normal",
      moveOn: "CompletedOrPassed",
      ...change,
    }),
  );
}

async function play(page = new FakePage(cmi5(store.address)), data = DATA): Promise<Session> {
  return begin(page, data, cmi5Adapter);
}

function finishAll({ tracker }: Session, right = true): void {
  for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
  tracker.answer("strategi.velg", right ? ["a", "c"] : ["b"], 1000);
  tracker.answer("strategi.sant", [right ? "false" : "true"], 1000);
}

function ended(): Promise<void> {
  return until("terminated", () => store.verbs().includes("terminated"));
}

function categories(statement: Kept): string[] {
  return (statement.context.contextActivities?.["category"] ?? []).map(({ id }) =>
    id.replace(`${CMI5}categories/`, ""),
  );
}

test("a whole session keeps every rule", async () => {
  prepare();
  const session = await play();
  assert.deepEqual([session.opening.connected, session.opening.mode], [true, "normal"]);
  finishAll(session);
  await until("completed", () => store.verbs().includes("completed"));
  session.page.go();
  await ended();

  const verbs = store.verbs();
  assert.deepEqual(verbs, [
    "initialized",
    "experienced",
    "experienced",
    "experienced",
    "answered",
    "answered",
    "completed",
    "terminated",
  ]);
  assert.equal(store.fetches, 1);
  const statementsBegin = store.requests.findIndex((request) => request === "PUT statements");
  const before = store.requests.slice(0, statementsBegin);
  assert.equal(before[0], "POST fetch");
  assert.deepEqual(
    before.slice(1, 3).sort(),
    ["GET activities/state", "GET agents/profile"],
    "10.2.1, 11.0: read first",
  );
  assert.equal(store.headers.at(-1)!.authorization, "Basic dG9rZW4=");
  for (const statement of store.statements) {
    assert.deepEqual(statement.actor, ACTOR);
    assert.equal(statement.context.registration, REGISTRATION);
    assert.equal(statement.context.extensions![SESSION], "s-1", "9.6.3.1");
    assert.deepEqual(
      statement.context.contextActivities!["grouping"]!.map(({ id }) => id),
      ["https://kurs.example.no/dt/strategi"],
    );
    assert.ok(statement.verb.display["en"]);
    assert.match(statement.timestamp, /Z$/);
  }
  for (const verb of ["initialized", "completed", "terminated"])
    assert.equal(store.statement(verb).object.id, AU);
  assert.deepEqual(categories(store.statement("initialized")), ["cmi5"]);
  assert.deepEqual(categories(store.statement("completed")), ["cmi5", "moveon"]);
  assert.deepEqual(categories(store.statement("terminated")), ["cmi5"]);
  assert.equal("result" in store.statement("initialized"), false);
  assert.deepEqual(Object.keys(store.statement("completed").result!).sort(), ["completion", "duration"]);
  assert.deepEqual(Object.keys(store.statement("terminated").result!), ["duration"]);
  for (const allowed of store.statements.filter(({ verb }) => /experienced|answered/.test(verb.id))) {
    assert.deepEqual(categories(allowed), []);
    assert.deepEqual(
      allowed.context.contextActivities!["parent"]!.map(({ id }) => id),
      [AU],
    );
    assert.match(allowed.object.id, /^https:\/\/kurs\.example\.no\/dt\/strategi\/(en|to|tre|velg|sant)$/);
  }
});

describe("success", () => {
  test("passed with score, duration and the LMS's own mastery score", async () => {
    prepare({ masteryScore: 0.9 });
    const session = await play(undefined, DEMANDING);
    finishAll(session);
    session.page.go();
    await ended();
    const passed = store.statement("passed");
    assert.deepEqual(
      { ...passed.result, duration: "" },
      {
        success: true,
        score: { scaled: 1, raw: 100, min: 0, max: 100 },
        duration: "",
      },
    );
    assert.equal(passed.context.extensions![`${CMI5}extensions/masteryscore`], 0.9);
    assert.deepEqual(categories(passed), ["cmi5", "moveon"]);
    assert.equal(store.verbs().filter((verb) => verb === "completed").length, 1);
  });

  test("failed once, as the session ends; passed in a later one; then neither again", async () => {
    prepare({ masteryScore: 0.6 });
    const first = await play(undefined, DEMANDING);
    finishAll(first, false);
    await until("answers", () => store.verbs().filter((verb) => verb === "answered").length === 2);
    assert.equal(store.verbs().includes("failed"), false);
    first.page.go();
    await ended();
    assert.deepEqual(
      { ...store.statement("failed").result, duration: "" },
      {
        success: false,
        score: { scaled: 0, raw: 0, min: 0, max: 100 },
        duration: "",
      },
    );
    assert.equal(store.verbs().includes("completed"), false);
    assert.equal(store.verbs().at(-1), "terminated");

    for (let round = 0; round < 2; round++) {
      prepare({
        masteryScore: 0.6,
        contextTemplate: { ...TEMPLATE, extensions: { [SESSION]: `s-${2 + round}` } },
      });
      const later = await play(new FakePage(cmi5(store.address)), DEMANDING);
      finishAll(later, round === 0);
      later.page.go();
      await until(
        "terminated",
        () => store.verbs().filter((verb) => verb === "terminated").length === 2 + round,
      );
    }
    for (const verb of ["passed", "completed", "failed"])
      assert.equal(store.verbs().filter((one) => one === verb).length, 1, verb);
  });

  test("an LMS that asks for passed, of a unit without a limit", async () => {
    prepare({ moveOn: "CompletedAndPassed" });
    const session = await play(undefined, packageOf("cmi5", [module("strategi", { questions: [] })]));
    finishAll(session);
    session.page.go();
    await ended();
    assert.equal(store.statement("passed").result!["success"], true);
    assert.equal("score" in store.statement("passed").result!, false);
    assert.equal(store.statement("completed").result!["completion"], true);
  });
});

test("the last state is sent before terminated, after which some stores take nothing", async () => {
  prepare();
  const session = await play();
  session.tracker.visit("strategi.en");
  await store.quiet();
  const before = store.requests.length;
  session.page.go();
  await ended();
  await store.quiet();
  const last = store.requests.slice(before);
  const [state, statement] = ["PUT activities/state", "PUT statements"].map((request) => last.indexOf(request));
  assert.ok(state! >= 0 && statement! >= 0, last.join());
  assert.ok(state! < statement!, last.join());
});

for (const launchMode of ["Browse", "Review"]) {
  test(`${launchMode}: a session, and nothing in it`, async () => {
    prepare({ launchMode });
    const session = await play();
    assert.equal(session.opening.mode, launchMode.toLowerCase());
    finishAll(session);
    await store.quiet();
    session.page.go();
    await ended();
    assert.deepEqual(store.verbs(), ["initialized", "terminated"]);
    assert.equal(store.state(), null);
  });
}

describe("launches as they are", () => {
  test("an LMS that gives little, and answers anything", async () => {
    store.documents.set(
      `LMS.LaunchData||${AU}|${REGISTRATION}`,
      JSON.stringify({ launchMode: "Normal", contextTemplate: {} }),
    );
    store.documents.set(`|cmi5LearnerPreferences||`, JSON.stringify({ success: true }));
    store.documents.set(`suspendData||${AU}|${REGISTRATION}`, JSON.stringify({ success: true }));
    const session = await play();
    assert.deepEqual([session.opening.connected, session.opening.resumed], [true, false]);
    finishAll(session);
    await until("completed", () => store.verbs().includes("completed"));
    assert.deepEqual(categories(store.statement("completed")), ["cmi5", "moveon"]);
    assert.equal(store.verbs().includes("passed"), false);
    await until("state", () => store.state()?.page === "strategi.tre");
  });

  test("no launch data at all", async () => {
    const session = await play();
    finishAll(session);
    session.page.go();
    await ended();
    assert.equal(store.verbs()[0], "initialized");
  });

  test("a template that is the LMS's own is kept, and no category is given twice", async () => {
    const other = "https://lms.example.no/category";
    prepare({
      contextTemplate: {
        ...TEMPLATE,
        language: "nn",
        platform: "LMS",
        contextActivities: {
          category: [{ id: other }, { id: `${CMI5}categories/cmi5` }],
          grouping: { id: "https://lms.example.no/g" },
        },
      },
    });
    const session = await play();
    session.tracker.visit("strategi.en");
    await until("two", () => store.statements.length === 2);
    const { context } = store.statement("initialized");
    assert.deepEqual(categories(store.statement("initialized")), [other, "cmi5"]);
    assert.equal(context.language, "nn");
    assert.deepEqual(context.contextActivities!["grouping"], [{ id: "https://lms.example.no/g" }]);
  });

  test("no launch, or a fetch address that is used up: told and untracked", async () => {
    assert.deepEqual((await play(new FakePage(""))).notices, ["no-lms"]);
    store.fetches = 1;
    assert.deepEqual((await play()).notices, ["no-lms"]);
    store.refuse = (request) => (request === "POST fetch" ? 404 : null);
    const { notices, tracker } = await play();
    assert.deepEqual(notices, ["no-lms"]);
    tracker.visit("strategi.en");
    await store.quiet();
    assert.deepEqual(store.statements, []);
  });

  for (const silent of ["POST fetch", "GET activities/state"]) {
    test(`${silent} fails as the session begins: all is said later, with the session's id`, async () => {
      prepare();
      store.refuse = (request) => (request === silent ? 503 : null);
      const session = await play();
      finishAll(session);
      await until("the notice", () => session.notices.length === 1);
      assert.deepEqual(session.notices, ["failed"]);
      await store.quiet();
      assert.deepEqual(store.statements, []);
      store.refuse = () => null;
      await until("saved", () => session.notices.length === 2, 10_000);
      session.page.go();
      await ended();
      assert.deepEqual([store.verbs()[0], store.verbs().at(-1)], ["initialized", "terminated"]);
      assert.equal(store.verbs().filter((verb) => verb === "completed").length, 1);
      for (const { context } of store.statements) {
        assert.equal(context.extensions![SESSION], "s-1");
        assert.equal(context.contextActivities!["grouping"]![0]!.id, "https://kurs.example.no/dt/strategi");
      }
      assert.equal(decode(store.state()!.state)!.visited.length, 3);
    });
  }

  test("launch data that come late, and say that nothing is to be reported", async () => {
    prepare({ launchMode: "Review" });
    store.refuse = (request) => (request === "GET activities/state" ? 503 : null);
    const session = await play();
    finishAll(session);
    await until("the notice", () => session.notices.length === 1);
    store.refuse = () => null;
    await until("saved", () => session.notices.length === 2, 10_000);
    session.page.go();
    await ended();
    assert.deepEqual(store.verbs(), ["initialized", "terminated"]);
    assert.equal(store.state(), null);
  });

  for (const [audioPreference, muted] of [
    ["off", true],
    ["on", false],
    [7, false],
  ] as const) {
    test(`a learner who wants sound ${audioPreference}`, async () => {
      prepare();
      const preferences = { languagePreference: "en-US,nb-NO", audioPreference };
      store.documents.set(`|cmi5LearnerPreferences||`, JSON.stringify(preferences));
      const { opening } = await play();
      assert.deepEqual([opening.connected, opening.muted], [true, muted]);
      assert.equal(store.requests.filter((request) => request === "GET agents/profile").length, 1);
      assert.equal(store.requests.includes("PUT agents/profile"), false);
    });
  }

  for (const status of [0, 403, 404, 500]) {
    test(`preferences that are answered with ${status || "nothing"} change nothing`, async () => {
      prepare();
      store.refuse = (request) => (request === "GET agents/profile" ? status : null);
      const session = await play();
      assert.deepEqual([session.opening.connected, session.opening.muted], [true, false]);
      finishAll(session);
      await until("completed", () => store.verbs().includes("completed"));
      assert.deepEqual(session.notices, []);
    });
  }

  test("a store that is none gets statements one by one, also at the end", async () => {
    prepare();
    store.documents.set(`|cmi5LearnerPreferences||`, JSON.stringify({ success: true }));
    const session = await play();
    finishAll(session);
    session.page.go();
    await ended();
    await store.quiet();
    assert.equal(store.requests.includes("POST statements"), false);
    assert.equal(store.verbs().length, 8);
  });

  test("a unit left at once is left in order", async () => {
    prepare();
    const session = await play();
    finishAll(session);
    session.page.go();
    await ended();
    await store.quiet();
    assert.deepEqual(store.verbs().slice(-3), ["answered", "completed", "terminated"]);
  });
});

describe("the page loaded anew", () => {
  test("after it was killed: same token, same session", async () => {
    prepare();
    const first = await play();
    first.tracker.visit("strategi.en");
    first.tracker.visit("strategi.to");
    await until("state", () => store.state()?.page === "strategi.to");
    const second = await play(first.page.again({ sameTab: true }));
    assert.equal(second.opening.connected, true);
    assert.equal(second.opening.page, "strategi.to");
    second.tracker.visit("strategi.tre");
    await until("the third page", () => store.verbs().filter((verb) => verb === "experienced").length === 3);
    assert.equal(store.fetches, 1);
    assert.equal(store.verbs().filter((verb) => verb === "initialized").length, 1);
  });

  test("after it was killed before anything was sent: the session still has its beginning", async () => {
    prepare();
    store.refuse = (request) => (request.endsWith(" statements") ? 503 : null);
    const first = await play();
    first.tracker.visit("strategi.en");
    await store.quiet();
    store.refuse = () => null;
    const second = await play(first.page.again({ sameTab: true }));
    second.tracker.visit("strategi.to");
    await until("both pages", () => store.statements.length === 3);
    assert.deepEqual(store.verbs(), ["initialized", "experienced", "experienced"]);
  });

  test("after it had ended: nothing more is said, and the learner knows", async () => {
    prepare();
    const first = await play();
    first.tracker.visit("strategi.to");
    first.page.go();
    await ended();
    await store.quiet();
    const count = store.requests.length;
    const second = await play(first.page.again({ sameTab: true }));
    assert.equal(second.opening.connected, false);
    assert.equal(second.opening.page, "strategi.to");
    assert.deepEqual(second.notices, ["ended"]);
    second.tracker.visit("strategi.en");
    second.page.go();
    await store.quiet();
    assert.equal(store.requests.length, count);
  });

  test("back from the browser's cache: the session is over", async () => {
    prepare();
    const { page, notices, tracker } = await play();
    tracker.visit("strategi.en");
    page.go();
    await ended();
    const count = store.statements.length;
    page.back();
    tracker.visit("strategi.to");
    await store.quiet();
    assert.deepEqual([...new Set(notices)], ["ended"]);
    assert.equal(store.statements.length, count);
  });
});

test("what an earlier session could not send is said in the next, and in its name", async () => {
  prepare();
  const first = await play();
  await until("initialized", () => store.statements.length === 1);
  store.refuse = (request) => (request.endsWith(" statements") ? 503 : null);
  finishAll(first);
  first.page.go();
  await until("state", () => store.state() !== null);
  await store.quiet();
  store.refuse = () => null;
  prepare({ contextTemplate: { ...TEMPLATE, extensions: { [SESSION]: "s-2" } } });
  const second = await play(first.page.again());
  await until("completed", () => store.verbs().includes("completed"));
  assert.deepEqual(store.verbs().slice(0, 3), ["initialized", "initialized", "experienced"]);
  assert.equal(store.statement("completed").context.extensions![SESSION], "s-2");
  assert.equal(
    store.statements.slice(1).every(({ context }) => context.extensions![SESSION] === "s-2"),
    true,
  );
  second.page.go();
  await ended();
  assert.equal(store.verbs().at(-1), "terminated");
  assert.equal(store.verbs().filter((verb) => verb === "completed").length, 1);
});

const ODD: readonly unknown[] = [
  null,
  7,
  "x",
  [],
  [1],
  { contextTemplate: 3 },
  { contextTemplate: [] },
  { launchMode: 7, moveOn: [], masteryScore: "0.5", returnURL: 1 },
  { contextTemplate: { contextActivities: "x", extensions: [] } },
  { masteryScore: 80 },
  { masteryScore: -1 },
  { contextTemplate: { contextActivities: { category: "x", grouping: 5, parent: null }, extensions: null } },
  { contextTemplate: { contextActivities: { category: [{ id: 7 }, null], other: {} } } },
];
for (const odd of ODD) {
  test(`launch data that make no sense: ${JSON.stringify(odd)}`, async () => {
    store.documents.set(`LMS.LaunchData||${AU}|${REGISTRATION}`, JSON.stringify(odd));
    const session = await play();
    finishAll(session);
    session.page.go();
    await ended();
    assert.equal(store.verbs().filter((verb) => verb === "completed").length, 1);
    assert.equal(store.verbs().includes("passed"), false);
  });
}

test("a review leaves what an earlier session could not send for the next one", async () => {
  prepare();
  const first = await play();
  await until("initialized", () => store.statements.length === 1);
  store.refuse = (request) => (request.endsWith(" statements") ? 503 : null);
  first.tracker.visit("strategi.en");
  first.page.go();
  await store.quiet();
  store.refuse = () => null;
  prepare({ launchMode: "Review" });
  const review = await play(first.page.again());
  review.page.go();
  await ended();
  assert.equal(store.verbs().includes("experienced"), false);
  prepare();
  await play(first.page.again());
  await until("the page of the first", () => store.verbs().includes("experienced"));
});

test("leaving by own choice sends what waits in order, the end last", async () => {
  prepare();
  const session = await play();
  await until("initialized", () => store.statements.length === 1);
  store.refuse = (request) => (/^P/.test(request) ? 503 : null);
  finishAll(session);
  await until("the notice", () => session.notices.length === 1);
  store.refuse = () => null;
  session.tracker.leave();
  await ended();
  assert.deepEqual(store.verbs().slice(-2), ["completed", "terminated"]);
});

test("leaving by own choice leads leads back to the LMS, after the end is said", async () => {
  prepare({ returnURL: "https://lms.example.no/tilbake" });
  const { tracker, page } = await play();
  tracker.visit("strategi.en");
  tracker.leave();
  await until("gone", () => page.location.gone !== null);
  assert.equal(page.location.gone, "https://lms.example.no/tilbake");
  assert.equal(store.verbs().at(-1), "terminated");
  prepare({ returnURL: "javascript:alert(1)" });
  const other = await play(new FakePage(`${cmi5(store.address)}&k=2`));
  other.tracker.leave();
  await store.quiet();
  assert.equal(other.page.location.gone, null);
});
