/** The Tin Can launch against a learning record store on 127.0.0.1 that can be told to fail. */

import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";

import { authorization, readLaunch } from "../../src/runtime/src/adapters/launch.ts";
import { xapiAdapter } from "../../src/runtime/src/adapters/xapi.ts";
import { decode } from "../../src/runtime/src/state.ts";
import { module, packageOf } from "./support/data.ts";
import { ACTOR, REGISTRATION, tinCan } from "./support/launch.ts";
import { FakePage, until } from "./support/page.ts";
import { begin } from "./support/session.ts";
import type { Session } from "./support/session.ts";
import { Store } from "./support/store.ts";

const DATA = packageOf("xapi");
const DEMANDING = packageOf("xapi", [
  module("strategi", { require: ["questions", "mastery"], mastery: 0.75 }),
]);
let store: Store;

beforeEach(async () => {
  store = await Store.open();
});
afterEach(() => store.close());

function play(page = new FakePage(tinCan(`${store.address}/xapi/`)), data = DATA): Promise<Session> {
  return begin(page, data, xapiAdapter);
}

function sent(count: number): Promise<void> {
  return until(`${count} statements`, () => store.statements.length >= count);
}

describe("one session", () => {
  test("statements in order, with everything an LRS asks for", async () => {
    const { tracker, opening, page, notices } = await play();
    assert.deepEqual([opening.connected, opening.resumed], [true, false]);
    tracker.visit("strategi.en");
    await sent(2);
    tracker.answer("strategi.velg", ["c", "a"], 12_345);
    tracker.visit("strategi.to");
    tracker.visit("strategi.en");
    tracker.visit("strategi.tre");
    tracker.answer("strategi.sant", ["true"], 400);
    await sent(7);
    page.go();
    await sent(8);
    assert.deepEqual(store.verbs(), [
      "initialized",
      "experienced",
      "answered",
      "experienced",
      "experienced",
      "answered",
      "completed",
      "terminated",
    ]);
    assert.deepEqual(notices, []);
    assert.equal(new Set(store.statements.map(({ id }) => id)).size, 8);
    for (const statement of store.statements) {
      assert.match(statement.id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.deepEqual(statement.actor, ACTOR);
      assert.ok(statement.verb.display["en"] && statement.verb.display["nb"]);
      assert.equal(statement.context.registration, REGISTRATION);
      assert.equal(statement.context.language, "nb");
      assert.match(statement.timestamp, /Z$/);
    }
    assert.equal(
      store.headers.every((headers) => headers.authorization === "Basic a2FyaTpoZW1tZWxpZw=="),
      true,
    );
    assert.equal(store.statement("completed").object.id, "https://kurs.example.no/dt/strategi");
    assert.deepEqual(
      { ...store.statement("completed").result, duration: "" },
      {
        completion: true,
        score: { scaled: 0.5, raw: 50, min: 0, max: 100 },
        duration: "",
      },
    );
    const [choice, yesNo] = store.statements.filter(({ verb }) => verb.id.endsWith("answered"));
    assert.equal(choice!.object.id, "https://kurs.example.no/dt/strategi/velg");
    assert.deepEqual(choice!.object.definition, {
      type: "http://adlnet.gov/expapi/activities/cmi.interaction",
      name: { nb: "Hva sier «vi»?" },
      description: { nb: "Hva sier «vi»?" },
      interactionType: "choice",
      correctResponsesPattern: ["a[,]c"],
      choices: [
        { id: "a", description: { nb: "Ærlig" } },
        { id: "b", description: { nb: "Øvelse" } },
        { id: "c", description: { nb: "Åpenhet" } },
      ],
    });
    assert.deepEqual(choice!.result, { response: "a[,]c", success: true, duration: "PT12.35S" });
    assert.deepEqual(
      choice!.context.contextActivities!["parent"]!.map(({ id }) => id),
      ["https://kurs.example.no/dt/strategi"],
    );
    assert.deepEqual(
      choice!.context.contextActivities!["grouping"]!.map(({ id }) => id),
      ["https://kurs.example.no/dt"],
    );
    assert.equal(yesNo!.object.definition!["interactionType"], "true-false");
    assert.deepEqual(yesNo!.object.definition!["correctResponsesPattern"], ["false"]);
    assert.deepEqual(yesNo!.result, { response: "true", success: false, duration: "PT0.40S" });
  });

  test("unfinished is suspended, resumed is resumed", async () => {
    const { tracker, page } = await play();
    tracker.visit("strategi.to");
    tracker.answer("strategi.sant", ["false"], 10);
    page.go();
    await until("suspended", () => store.verbs().includes("suspended"));
    await until("state", () => store.state()?.page === "strategi.to");
    const next = await play(page.again());
    assert.deepEqual([next.opening.resumed, next.opening.page], [true, "strategi.to"]);
    assert.deepEqual([...next.opening.answers], [["strategi.sant", ["false"]]]);
    await until("resumed", () => store.verbs().includes("resumed"));
    assert.equal(store.verbs().filter((verb) => verb === "initialized").length, 1);
  });

  test("passed with the score; failed only as the session ends, and never after passed", async () => {
    const first = await play(undefined, DEMANDING);
    first.tracker.answer("strategi.velg", ["a", "c"], 10);
    first.tracker.answer("strategi.sant", ["true"], 10);
    await sent(3);
    assert.equal(store.verbs().includes("failed"), false);
    first.page.go();
    await until("failed", () => store.verbs().includes("failed"));
    assert.equal(store.statement("failed").result!["success"], false);
    assert.equal(store.verbs().includes("completed"), false);

    const second = await play(first.page.again(), DEMANDING);
    second.tracker.visit("strategi.en");
    second.page.go();
    await until("state kept", () => decode(store.state()!.state)!.visited.length === 1);
    assert.equal(
      store.verbs().filter((verb) => verb === "failed").length,
      1,
      "nothing new, nothing failed anew",
    );

    const third = await play(second.page.again(), DEMANDING);
    third.tracker.answer("strategi.sant", ["false"], 10);
    third.tracker.answer("strategi.sant", ["true"], 10);
    third.page.go();
    await until("terminated", () => store.verbs().includes("terminated"));
    assert.equal(store.statement("passed").result!.score!.scaled, 1);
    assert.equal(store.statement("completed").result!["completion"], true);
    assert.equal(store.verbs().filter((verb) => verb === "failed").length, 1);
  });

  test("completed is one statement in a registration, whatever is forgotten", async () => {
    for (let round = 0; round < 2; round++) {
      const { tracker, page } = await play();
      for (const id of ["strategi.en", "strategi.to", "strategi.tre"]) tracker.visit(id);
      tracker.answer("strategi.velg", ["b"], 10);
      tracker.answer("strategi.sant", ["true"], 10);
      page.go();
      await until("the end", () => store.verbs().filter((verb) => verb === "terminated").length > round);
      await store.quiet();
      store.documents.clear();
    }
    assert.equal(store.verbs().filter((verb) => verb === "completed").length, 1);
  });

  test("the page comes back from the browser's cache: the session goes on", async () => {
    const { tracker, page, notices } = await play();
    tracker.visit("strategi.en");
    page.go();
    await until("suspended", () => store.verbs().includes("suspended"));
    page.back();
    tracker.visit("strategi.to");
    await until("the second page", () => store.verbs().filter((verb) => verb === "experienced").length === 2);
    assert.deepEqual(store.verbs(), ["initialized", "experienced", "suspended", "resumed", "experienced"]);
    assert.deepEqual(notices, []);
  });

  test("the whole course: the module is the parent, the course is above", async () => {
    const page = new FakePage(
      tinCan(`${store.address}/xapi/`, { activity_id: "https://kurs.example.no/dt" }),
    );
    const { tracker } = await play(page, packageOf("xapi", [module("strategi"), module("teknologi")]));
    tracker.visit("teknologi.en");
    await sent(2);
    const { object, context } = store.statement("experienced");
    assert.equal(object.id, "https://kurs.example.no/dt/teknologi/en");
    assert.deepEqual(context.contextActivities, {
      parent: [{ objectType: "Activity", id: "https://kurs.example.no/dt/teknologi" }],
      grouping: [{ objectType: "Activity", id: "https://kurs.example.no/dt" }],
    });
  });
});

describe("when the store fails", () => {
  const causes = { 0: "failed", 401: "expired", 403: "refused", 408: "failed", 429: "failed", 500: "failed" };
  for (const [code, cause] of Object.entries(causes)) {
    const status = Number(code);
    test(`${status || "no answer"}: kept, told, and sent later, once and in order`, async () => {
      const { tracker, notices } = await play();
      await sent(1);
      let down = true;
      store.refuse = () => (down ? status : null);
      tracker.visit("strategi.en");
      tracker.answer("strategi.velg", ["a"], 10);
      await until("the notice", () => notices.length > 0);
      down = false;
      tracker.visit("strategi.to");
      await sent(4);
      await until("saved", () => notices.length > 1);
      assert.deepEqual(notices, [cause, "saved"]);
      assert.deepEqual(store.verbs(), ["initialized", "experienced", "answered", "experienced"]);
    });
  }

  test("what is on its way when the page goes keeps its order, and is there once", async () => {
    const { tracker, page } = await play();
    await sent(1);
    await store.quiet();
    const before = store.requests.length;
    tracker.visit("strategi.en");
    page.go();
    await store.quiet();
    const asked = store.requests.slice(before).filter((request) => request.endsWith(" statements"));
    assert.deepEqual(asked, ["POST statements", "POST statements"], "hidden, and then gone");
    assert.deepEqual(store.verbs(), ["initialized", "experienced", "suspended"]);
  });

  test("what a session could not send, the next one does", async () => {
    const { tracker, page } = await play();
    await sent(1);
    store.refuse = () => 503;
    tracker.visit("strategi.en");
    tracker.answer("strategi.velg", ["a"], 10);
    page.go();
    await store.quiet();
    store.refuse = () => null;
    const next = await play(page.again());
    next.tracker.visit("strategi.to");
    await sent(6);
    assert.deepEqual(store.verbs().slice(0, 4), ["initialized", "experienced", "answered", "suspended"]);
    next.page.go();
    await until("an empty queue", () =>
      [...page.localStorage.items.keys()].every((key) => !key.includes("queue")),
    );
  });

  test("another learner's statements are left alone", async () => {
    const { tracker, page } = await play();
    await sent(1);
    store.refuse = () => 503;
    tracker.visit("strategi.en");
    page.go();
    await store.quiet();
    store.refuse = () => null;
    const other = page.again({
      search: tinCan(`${store.address}/xapi/`, { registration: REGISTRATION.replace("0f", "1f") }),
    });
    const next = await play(other);
    next.tracker.visit("strategi.to");
    await sent(3);
    assert.deepEqual(store.verbs(), ["initialized", "initialized", "experienced"]);
  });

  test("a statement that the store will never take does not hold up the rest", async () => {
    const { tracker, notices } = await play();
    await sent(1);
    await store.quiet();
    // The first one that comes is bad, and stays so.
    let bad: string | undefined;
    store.refuse = (request, query) =>
      request === "PUT statements" && (bad ??= query.get("statementId")!) === query.get("statementId") ? 400 : null;
    tracker.visit("strategi.en");
    tracker.visit("strategi.to");
    await until("the others", () => store.statements.length === 2, 15_000);
    await until("saved", () => notices.length === 2, 15_000);
    assert.deepEqual(notices, ["refused", "saved"]);
    assert.deepEqual(
      store.statements.map(({ object }) => object.id.split("/").at(-1)),
      ["strategi", "to"],
    );
  });

  test("a state that could not be read is never overwritten, but joined", async () => {
    const first = await play();
    first.tracker.visit("strategi.to");
    first.tracker.answer("strategi.sant", ["false"], 10);
    first.page.go();
    await until("state", () => store.state()?.page === "strategi.to");
    await until("nothing is kept here", () =>
      [...first.page.localStorage.items.keys()].every((key) => !key.includes("unsaved:")),
    );
    store.refuse = (request) => (request === "GET activities/state" ? 500 : null);
    const { tracker, opening, notices } = await play(first.page.again());
    assert.equal(opening.resumed, false);
    tracker.visit("strategi.en");
    tracker.answer("strategi.velg", ["a", "c"], 10);
    await until("the notice", () => notices.includes("failed"));
    assert.equal(store.state()!.page, "strategi.to");
    store.refuse = () => null;
    tracker.visit("strategi.tre");
    await until("joined", () => decode(store.state()!.state)!.visited.length === 3);
    assert.deepEqual(decode(store.state()!.state)!.answers, { sq1: "ac", sq2: "f" });
    assert.equal(tracker.progress()[0]!.done, true);
  });

  test("a store that wants to know what is overwritten is told", async () => {
    let asked = 0;
    const { tracker } = await play();
    store.refuse = (request) => (request === "PUT activities/state" && ++asked === 1 ? 412 : null);
    tracker.visit("strategi.to");
    await until("state", () => store.state()?.page === "strategi.to");
    const puts = store.requests.map((request, i) => [
      request,
      store.headers[i]!["if-none-match"] ?? store.headers[i]!["if-match"],
    ]);
    assert.deepEqual(
      puts.filter(([request]) => request === "PUT activities/state").map(([, match]) => match),
      ["*", "*"],
    );
  });

  test("patience that the store asks for is given, and no more than two minutes of it", async () => {
    const { tracker, page } = await play();
    await sent(1);
    await store.quiet();
    store.refuse = () => 429;
    store.headersOf = (status) => (status === 429 ? { "Retry-After": "3" } : {});
    tracker.visit("strategi.en");
    await until("the refusal", () => store.requests.at(-1) === "PUT activities/state");
    await store.quiet();
    const asked = store.requests.length;
    store.refuse = () => null;
    const begun = performance.now();
    tracker.visit("strategi.to");
    await until("the rest", () => store.statements.length === 3, 15_000);
    assert.ok(performance.now() - begun > 2_000, "not before it was time");
    assert.ok(store.requests.length > asked);
    page.go();
  });

  test("two windows at once: what the other has put there is joined, never overwritten", async () => {
    store.tags = true;
    const one = await play();
    const two = await play(new FakePage(one.page.location.search));
    one.tracker.answer("strategi.velg", ["a", "c"], 10);
    await until("the first answer", () => decode(store.state()?.state)?.answers["sq1"] === "ac");
    await store.quiet();
    two.tracker.answer("strategi.sant", ["false"], 10);
    await until("both", () => Object.keys(decode(store.state()!.state)!.answers).length === 2);
    await store.quiet();
    one.tracker.visit("strategi.to");
    await until("the page", () => decode(store.state()!.state)!.visited.length === 1);
    assert.deepEqual(decode(store.state()!.state)!.answers, { sq1: "ac", sq2: "f" });
    assert.deepEqual([...one.notices, ...two.notices], []);
  });

  test("a store that bears no conditions gets none", async () => {
    store.tags = true;
    const refused: string[] = [];
    store.refuse = (request) => {
      const { "if-none-match": none, "if-match": match } = store.headers.at(-1)!;
      if (request !== "PUT activities/state" || !(none ?? match)) return null;
      refused.push(request);
      return 0;
    };
    const { tracker, page, notices } = await play();
    tracker.visit("strategi.en");
    await until("state", () => store.state()?.page === "strategi.en");
    tracker.visit("strategi.to");
    await until("state", () => store.state()?.page === "strategi.to");
    page.go();
    await store.quiet();
    assert.equal(refused.length, 1);
    assert.deepEqual(notices, []);
  });

  test("a store that refuses everything loses nothing by it", async () => {
    const { tracker, page } = await play();
    await sent(1);
    await store.quiet();
    store.refuse = () => 400;
    tracker.visit("strategi.en");
    await store.quiet();
    page.go();
    await store.quiet();
    store.refuse = () => null;
    const next = await play(page.again());
    next.tracker.visit("strategi.to");
    await until("all of it", () => store.statements.length === 5);
    assert.deepEqual(store.verbs().slice(0, 3), ["initialized", "experienced", "suspended"]);
  });

  test("browser storage that is blocked costs nothing but the queue", async () => {
    const page = new FakePage(tinCan(`${store.address}/xapi/`));
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(page, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
    const { tracker, notices } = await play(page);
    tracker.visit("strategi.en");
    await sent(2);
    page.go();
    await sent(3);
    assert.deepEqual(notices, []);
  });
});

describe("the way forward", () => {
  test("is told when it grows, in whole percent, once in a registration", async () => {
    const { tracker, page } = await play();
    for (const id of ["strategi.en", "strategi.to", "strategi.en"]) tracker.visit(id);
    await until("two steps", () => store.steps.length === 2);
    page.go();
    await store.quiet();
    const next = await play(page.again());
    next.tracker.visit("strategi.to");
    next.tracker.visit("strategi.tre");
    await until("three steps", () => store.steps.length === 3);
    next.page.go();
    await store.quiet();
    assert.deepEqual(store.steps, [33, 66, 100]);
  });

  test("of three hundred pages, each percent is told once", async () => {
    const pages = Array.from({ length: 300 }, (_, i) => {
      const key = `p${String(i).padStart(2, "0")}`.slice(-3);
      return { id: `strategi.s${i}`, key, title: `Side ${i}`, minutes: 1 };
    });
    const { tracker } = await play(undefined, packageOf("xapi", [module("strategi", { pages, questions: [] })]));
    for (const { id } of pages) tracker.visit(id);
    await until("the last step", () => store.steps.includes(100), 10_000);
    assert.deepEqual(
      store.steps,
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
  });
});

describe("films", () => {
  const watching = {
    verb: "paused",
    id: "strategi.film",
    title: "En film",
    watched: 2500,
    result: { time: 2.5, progress: 0.5, "played-segments": "0[.]2.5" },
    about: { "session-id": "5f0a", length: 5, "completion-threshold": 0.95 },
  } as const;

  test("are told in the terms of the video profile, and by themselves only after a while", async () => {
    const { tracker, page } = await play();
    tracker.visit("strategi.en");
    await until("the page", () => store.state()?.page === "strategi.en");
    await store.quiet();
    const asked = store.requests.length;
    assert.equal(tracker.watch(watching), true);
    await store.quiet();
    assert.equal(store.requests.length, asked);
    page.go();
    await until("paused", () => store.statements.length === 4);
    const paused = store.statements[2]!;
    assert.equal(paused.verb.id, "https://w3id.org/xapi/video/verbs/paused");
    assert.equal(paused.object.id, "https://kurs.example.no/dt/strategi/film");
    assert.equal(paused.object.definition!["type"], "https://w3id.org/xapi/video/activity-type/video");
    assert.deepEqual(paused.result, {
      extensions: {
        "https://w3id.org/xapi/video/extensions/time": 2.5,
        "https://w3id.org/xapi/video/extensions/progress": 0.5,
        "https://w3id.org/xapi/video/extensions/played-segments": "0[.]2.5",
      },
    });
    assert.equal(paused.context.extensions!["https://w3id.org/xapi/video/extensions/length"], 5);
    assert.deepEqual(
      paused.context.contextActivities!["category"]!.map(({ id }) => id),
      ["https://w3id.org/xapi/video"],
    );
  });

  test("that are seen to the end are completed for themselves", async () => {
    const { tracker, page } = await play();
    tracker.watch({ ...watching, verb: "completed" });
    page.go();
    await until("completed", () => store.verbs().includes("completed"));
    assert.deepEqual(
      { ...store.statement("completed").result, extensions: "" },
      { completion: true, duration: "PT2.50S", extensions: "" },
    );
    assert.match(store.statement("completed").object.id, /\/film$/);
  });

  test("of no module of the package, and after the end, are not heard of", async () => {
    const { tracker, page } = await play();
    assert.equal(tracker.watch({ ...watching, id: "annen.film" }), false);
    page.go();
    assert.equal(tracker.watch(watching), false);
  });
});

describe("the launch", () => {
  test("no parameters: told, untracked, and remembered in the browser", async () => {
    const { tracker, opening, notices, page } = await play(new FakePage("?lang=nb"));
    assert.equal(opening.connected, false);
    assert.deepEqual(notices, ["no-lms"]);
    tracker.visit("strategi.to");
    page.go();
    assert.equal((await play(page.again())).opening.page, "strategi.to");
    assert.deepEqual(store.requests, []);
  });

  test("an endpoint without a slash, bare auth, no registration and no activity id", async () => {
    const search = tinCan(`${store.address}/xapi`, {
      auth: "a2FyaTpoZW1tZWxpZw==",
      registration: null,
      activity_id: null,
    });
    const { tracker, page } = await play(new FakePage(search));
    tracker.visit("strategi.en");
    await sent(2);
    page.go();
    await sent(3);
    assert.equal(store.headers[0]!.authorization, "Basic a2FyaTpoZW1tZWxpZw==");
    assert.equal("registration" in store.statements[0]!.context, false);
    assert.equal(store.statements[0]!.object.id, "https://kurs.example.no/dt/strategi");
    await until("state", () => store.state() !== null);
    assert.equal((await play(page.again())).opening.page, "strategi.en");
  });

  test("auth in its forms", () => {
    assert.equal(authorization("Basic YTpi"), "Basic YTpi");
    assert.equal(authorization("basic YTpi"), "basic YTpi");
    assert.equal(authorization("YTpi"), "Basic YTpi");
    assert.equal(authorization("Basic YT pi/x="), "Basic YT+pi/x=");
    assert.equal(authorization("Bearer abc.def"), "Bearer abc.def");
  });

  const actors: readonly (readonly [string, unknown, unknown])[] = [
    [
      "as it should be",
      { name: "Kåre", mbox: "mailto:k@example.no", objectType: "Agent" },
      { name: "Kåre", mbox: "mailto:k@example.no", objectType: "Agent" },
    ],
    [
      "in lists",
      { name: ["Kåre"], mbox: ["mailto:k@example.no"] },
      { objectType: "Agent", name: "Kåre", mbox: "mailto:k@example.no" },
    ],
    [
      "in lists, bare address",
      { mbox: ["k@example.no"] },
      { objectType: "Agent", mbox: "mailto:k@example.no" },
    ],
    [
      "with an old account",
      {
        name: ["K"],
        account: [{ accountServiceHomePage: "https://a.no", accountName: "k" }],
        mbox: ["mailto:k@a.no"],
      },
      { objectType: "Agent", name: "K", account: { homePage: "https://a.no", name: "k" } },
    ],
    [
      "a person",
      { objectType: "Person", openid: ["https://id.no/k"] },
      { objectType: "Agent", openid: "https://id.no/k" },
    ],
    ["nobody", { name: ["K"] }, null],
    ["no object", "kari", null],
  ];
  for (const [name, given, expected] of actors) {
    test(`actor ${name}`, () => {
      const launch = readLaunch(tinCan("https://lrs.example.no/", { actor: JSON.stringify(given) }));
      assert.deepEqual(launch && launch.actor, expected);
    });
  }

  test("what is broken is no launch", () => {
    assert.equal(readLaunch("?endpoint=javascript:alert(1)&actor=%7B%7D"), null);
    assert.equal(readLaunch("?endpoint=https://a.no/&actor=%7Bbroken"), null);
    assert.equal(readLaunch("?%%%"), null);
  });
});
