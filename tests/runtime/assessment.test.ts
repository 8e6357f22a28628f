/** Assessments: what is drawn, what is kept, what counts, and what an LMS gets to know of it and when. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import { xapiAdapter } from "../../src/runtime/src/adapters/xapi.ts";
import { drawn, optionsOf } from "../../src/runtime/src/draw.ts";
import { createLearner } from "../../src/runtime/src/learner.ts";
import type { Learner } from "../../src/runtime/src/learner.ts";
import type { AssessmentData, Connection, ModuleData, PackageData, QuestionData } from "../../src/runtime/src/types.ts";
import { module, packageOf } from "./support/data.ts";
import { tinCan } from "./support/launch.ts";
import { FakePage, until } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import { Store } from "./support/store.ts";
import { StrictApi } from "./support/strict-api.ts";

const ID = "strategi.prove";
/** What was drawn when this was released: learners who are half-way through must not meet anything else. */
const DRAWN = ["strategi.b5", "strategi.b2", "strategi.b3", "strategi.b0"];
const OPTIONS = ["a", "c", "b", "d"];

function bank(size: number): QuestionData[] {
  return Array.from({ length: size }, (_, n) => ({
    id: `strategi.b${n}`,
    key: `b${n.toString(36).padStart(2, "_")}`,
    page: "strategi.tre",
    type: "choice",
    title: `Spørsmål ${n}`,
    choices: ["a", "b", "c", "d"].map((id) => ({ id, text: id })),
    correct: ["a"],
  }));
}

function assessment(change: Partial<AssessmentData> = {}): AssessmentData {
  return {
    id: ID,
    key: "PRV",
    page: "strategi.tre",
    title: "Prøven",
    draw: 4,
    shuffle: true,
    shuffle_options: true,
    attempts: 3,
    pass: null,
    review: "after-attempt",
    bank: bank(10),
    ...change,
  };
}

function exam(change: Partial<AssessmentData> = {}, own: Partial<ModuleData> = {}): ModuleData {
  return module("strategi", { require: ["mastery"], mastery: 0.75, assessments: [assessment(change)], ...own });
}

const OPEN: Connection = { connected: true, notice: null, mode: "normal", state: "", page: null, status: null };

function learnerOf(data: PackageData, state: string | null = null, connection: Partial<Connection> = {}): Learner {
  const learner = createLearner(data);
  learner.restore([state], [], { ...OPEN, ...connection });
  return learner;
}

/** The questions of the attempt that has been begun. */
function asked(learner: Learner, id = ID): readonly QuestionData[] {
  return learner.sittings!.paper(id)!.questions;
}

/** One attempt with so many right answers, the others wrong. */
function sit(learner: Learner, right: number, id = ID): readonly QuestionData[] {
  learner.sittings!.begin(id);
  const questions = asked(learner, id);
  questions.forEach((question, n) => learner.sittings!.keep(id, question.id, [n < right ? "a" : "b"]));
  learner.sittings!.handIn(id);
  return questions;
}

function stands(learner: Learner): object {
  const { done, success, score } = learner.standing();
  return { done, success, score };
}

const names = (questions: readonly QuestionData[]): string[] => questions.map(({ id }) => id);

describe("the draw", () => {
  const lot = (attempt: number, origin = "Q0-_", change: Partial<AssessmentData> = {}) => ({
    assessment: assessment(change),
    origin,
    attempt,
  });

  test("is for ever the same for an origin, an assessment and an attempt", () => {
    assert.deepEqual(names(drawn(lot(1), new Map())), DRAWN);
    assert.deepEqual(optionsOf(lot(1), bank(10)[0]!), OPTIONS);
  });

  test("gives every question about the same chance, in every place", () => {
    const met = new Map<string, number>();
    const first = new Map<string, number>();
    for (let n = 0; n < 2000; n++) {
      const [one, ...more] = names(drawn(lot(1 + (n % 3), `o${n.toString(36).padStart(3, "_")}`), new Map()));
      first.set(one!, (first.get(one!) ?? 0) + 1);
      for (const name of [one!, ...more]) met.set(name, (met.get(name) ?? 0) + 1);
    }
    // 800 and 200 are expected; five standard deviations away is not chance.
    for (const { id } of bank(10)) {
      assert.ok(Math.abs(met.get(id)! - 800) < 110, `${id} was drawn ${met.get(id)} times`);
      assert.ok(Math.abs(first.get(id)! - 200) < 70, `${id} came first ${first.get(id)} times`);
    }
  });

  test("differs from attempt to attempt and from learner to learner", () => {
    const draws = [1, 2, 3].flatMap((n) => ["Q0-_", "Q0-a"].map((origin) => names(drawn(lot(n, origin), new Map())).join()));
    assert.equal(new Set(draws).size, 6);
  });

  test("without shuffling keeps the order of the bank", () => {
    const found = names(drawn(lot(1, "Q0-_", { shuffle: false, shuffle_options: false }), new Map()));
    assert.deepEqual(found, [...DRAWN].sort());
    assert.deepEqual(optionsOf(lot(1, "Q0-_", { shuffle_options: false }), bank(1)[0]!), ["a", "b", "c", "d"]);
  });

  test("takes no question away that is answered, though the bank grows", () => {
    const before = drawn(lot(1), new Map());
    const answers = new Map(before.slice(0, 3).map(({ id }) => [id, ["a"]]));
    const after = drawn(lot(1, "Q0-_", { bank: bank(36) }), answers);
    assert.equal(after.length, 4);
    for (const id of answers.keys()) assert.ok(names(after).includes(id));
    const order = names(after).filter((id) => answers.has(id));
    assert.deepEqual(order, [...answers.keys()], "and they stay in their order");
  });
});

describe("an attempt", () => {
  const data = packageOf("web", [exam()]);

  test("survives: the same questions, the same order, the answers", () => {
    const learner = learnerOf(data);
    learner.sittings!.begin(ID);
    const questions = asked(learner);
    learner.sittings!.keep(ID, questions[0]!.id, ["b"]);
    learner.sittings!.keep(ID, questions[2]!.id, ["a"]);
    const again = learnerOf(data, learner.encode(0));
    const paper = again.sittings!.paper(ID)!;
    assert.deepEqual([paper.attempt, paper.open, paper.best, paper.left], [1, true, null, 2]);
    assert.deepEqual(names(paper.questions), names(questions));
    assert.deepEqual(
      [...again.answers],
      [[questions[0]!.id, ["b"]], [questions[2]!.id, ["a"]]].sort((a, b) => (a[0]! < b[0]! ? -1 : 1)),
    );
  });

  test("an answer that is taken back is gone; one to a question not drawn is none", () => {
    const learner = learnerOf(data);
    learner.sittings!.begin(ID);
    const [first] = asked(learner);
    const other = bank(10).find(({ id }) => !names(asked(learner)).includes(id))!;
    learner.sittings!.keep(ID, first!.id, ["a"]);
    learner.sittings!.keep(ID, first!.id, []);
    learner.sittings!.keep(ID, other.id, ["a"]);
    assert.equal(learner.answers.size, 0);
  });

  test("nothing is kept before it begins or after it is handed in", () => {
    const learner = learnerOf(data);
    learner.sittings!.keep(ID, "strategi.b0", ["a"]);
    assert.equal(learner.answers.size, 0);
    const [first] = sit(learner, 2);
    learner.sittings!.keep(ID, first!.id, ["d"]);
    assert.deepEqual(learner.answers.get(first!.id), ["a"]);
    assert.deepEqual(learner.sittings!.handIn(ID), [], "it is handed in once");
  });

  test("a new one takes the answers of the one before away, and there are no more than there are", () => {
    const learner = learnerOf(data);
    sit(learner, 4);
    learner.sittings!.begin(ID);
    assert.equal(learner.answers.size, 0);
    learner.sittings!.begin(ID);
    assert.equal(learner.sittings!.paper(ID)!.attempt, 2, "it is begun once");
    learner.sittings!.handIn(ID);
    sit(learner, 1);
    learner.sittings!.begin(ID);
    const paper = learner.sittings!.paper(ID)!;
    assert.deepEqual([paper.attempt, paper.open, paper.left, paper.best], [3, false, 0, 100]);
  });

  test("answers of a bank without an attempt are left out, so that the promised room is enough", () => {
    const learner = learnerOf(data);
    sit(learner, 4);
    const text = learner.encode(0);
    const smaller = learnerOf(packageOf("web", [exam({ draw: 2 })]), text);
    assert.equal(smaller.answers.size, 2);
  });

  test("of two states the later attempt stands, and the best of both", () => {
    const one = learnerOf(data);
    sit(one, 3);
    const early = one.encode(0);
    const other = learnerOf(data, early);
    other.sittings!.begin(ID);
    const later = other.encode(0);
    one.merge(later);
    assert.deepEqual([one.sittings!.paper(ID)!.open, one.sittings!.paper(ID)!.attempt], [true, 2]);
    assert.equal(one.sittings!.paper(ID)!.best, 75);
    assert.equal(one.answers.size, 0, "the answers of the attempt before are past");
    other.sittings!.keep(ID, asked(other)[0]!.id, ["a"]);
    other.merge(early);
    assert.equal(other.sittings!.paper(ID)!.attempt, 2);
    assert.equal(other.answers.size, 1);
  });
});

describe("what counts", () => {
  test("practice has no part in the score", () => {
    const learner = learnerOf(packageOf("web", [exam()]));
    for (const question of module("strategi").questions) learner.answer(question, question.correct);
    assert.deepEqual(stands(learner), { done: false, success: null, score: null });
    sit(learner, 3);
    learner.reach();
    assert.deepEqual(stands(learner), { done: true, success: true, score: 75 });
  });

  test("the best attempt stands, whatever comes after", () => {
    const learner = learnerOf(packageOf("web", [exam()]));
    sit(learner, 2);
    assert.deepEqual([learner.standing().score, learner.standing().success, learner.failed()], [50, false, true]);
    sit(learner, 4);
    assert.deepEqual(learner.reach(), ["completed", "passed"]);
    learner.sittings!.begin(ID);
    assert.deepEqual(stands(learner), { done: true, success: true, score: 100 });
    learner.sittings!.handIn(ID);
    assert.deepEqual(stands(learner), { done: true, success: true, score: 100 });
    assert.deepEqual([learner.reach(), learner.failed()], [[], false]);
    const again = learnerOf(packageOf("web", [exam()]), learner.encode(0));
    assert.deepEqual(stands(again), { done: true, success: true, score: 100 });
  });

  test("several weigh by their questions, and there is no score before all are handed in", () => {
    const second = assessment({ id: "strategi.kort", key: "KRT", draw: 1, bank: [{ ...bank(1)[0]!, id: "strategi.k", key: "k__" }] });
    const learner = learnerOf(packageOf("web", [exam({}, { assessments: [assessment(), second] })]));
    sit(learner, 2);
    assert.equal(learner.standing().score, null);
    sit(learner, 1, "strategi.kort");
    assert.equal(learner.standing().score, 60);
    assert.deepEqual([learner.standing().success, learner.progress()[0]!.done], [false, false]);
  });

  test("the limit of the LMS stands in for the module's", () => {
    for (const [mastery, success] of [[0.5, true], [1, false]] as const) {
      const learner = learnerOf(packageOf("web", [exam()]), null, { mastery });
      assert.equal(learner.sittings!.paper(ID)!.limit, mastery);
      sit(learner, 2);
      assert.equal(learner.standing().success, success);
    }
    const own = learnerOf(packageOf("web", [exam({ pass: 0.6 }, { mastery: null, require: ["questions"] })]));
    assert.equal(own.sittings!.paper(ID)!.limit, 0.6);
  });

  test("«questions» asks for practice and assessments alike", () => {
    const learner = learnerOf(packageOf("web", [exam({}, { require: ["questions"], mastery: null })]));
    sit(learner, 0);
    assert.equal(learner.progress()[0]!.done, false);
    for (const question of module("strategi").questions) learner.answer(question, question.correct);
    assert.deepEqual(learner.reach(), ["completed"]);
    assert.deepEqual(stands(learner), { done: true, success: null, score: 0 });
  });

  test("in a course an assessment weighs as many questions as it asks", () => {
    const other = module("teknologi", { require: ["questions"] });
    const learner = learnerOf(packageOf("web", [exam(), other]));
    for (const question of other.questions) learner.answer(question, question.correct);
    assert.equal(learner.standing().score, null);
    sit(learner, 1);
    assert.equal(learner.standing().score, 50);
  });
});

describe("what the LMS gets to know", () => {
  const data = packageOf("scorm12", [exam()]);
  const writes = (api: StrictApi): string[] =>
    api.log
      .filter((line) => /^LMS(SetValue|Commit)/.test(line))
      .map((line) => line.replace(/^LMSSetValue\(cmi\.(.*)\)$/s, "$1").replace(/(suspend_data|_time|\.time), .*/, "$1"))
      .splice(0);

  test("nothing but the state before it is handed in, and all of it at once then", async () => {
    const api = new StrictApi();
    const page = new FakePage();
    page.API = api;
    const { tracker } = await begin(page, data, scorm12Adapter);
    tracker.visit("strategi.tre");
    await settled();
    api.log.length = 0;
    const tests = tracker.assessments!;
    tests.begin(ID);
    await settled();
    assert.deepEqual(writes(api), ["suspend_data", "core.lesson_status, incomplete", "LMSCommit()"]);
    const questions = tests.paper(ID)!.questions;
    questions.slice(0, 3).forEach((question) => tests.keep(ID, question.id, ["a"]));
    assert.equal(tests.paper(ID)!.answers.size, 3);
    await settled();
    api.log.length = 0;
    tests.handIn(ID, new Map([[questions[0]!.id, 4000]]));
    await settled();
    const [one, two, three] = names(questions);
    const answered = (n: number, id: string, latency: string[]): string[] => [
      `interactions.${n}.id, ${id}`,
      `interactions.${n}.type, choice`,
      `interactions.${n}.time`,
      `interactions.${n}.correct_responses.0.pattern, a`,
      `interactions.${n}.weighting, 1`,
      `interactions.${n}.student_response, a`,
      `interactions.${n}.result, correct`,
      ...latency.map((time) => `interactions.${n}.latency, ${time}`),
    ];
    assert.deepEqual(writes(api), [
      ...answered(0, one!, ["0000:00:04.00"]),
      ...answered(1, two!, []),
      ...answered(2, three!, []),
      "suspend_data",
      "core.score.min, 0",
      "core.score.max, 100",
      "core.score.raw, 75",
      "core.exit, ",
      "core.lesson_status, passed",
      "LMSCommit()",
    ]);
    assert.deepEqual(api.faults, []);
  });

  test("an answer that is only chosen is saved when the page goes away", async () => {
    const api = new StrictApi();
    const page = new FakePage();
    page.API = api;
    const { tracker } = await begin(page, data, scorm12Adapter);
    tracker.assessments!.begin(ID);
    await settled();
    const [first] = tracker.assessments!.paper(ID)!.questions;
    tracker.assessments!.keep(ID, first!.id, ["c"]);
    page.go();
    const again = new FakePage();
    again.API = api.next();
    const next = await begin(again, data, scorm12Adapter);
    assert.deepEqual([...next.opening.answers], [[first!.id, ["c"]]]);
    assert.equal(next.tracker.assessments!.paper(ID)!.open, true);
  });

  test("an LRS gets the answers in the order of the paper, once for each attempt, and failed once a session", async () => {
    const store = await Store.open();
    try {
      const page = new FakePage(tinCan(`${store.address}/xapi/`));
      const { tracker } = await begin(page, packageOf("xapi", [exam()]), xapiAdapter);
      const tests = tracker.assessments!;
      const order: string[] = [];
      for (const right of [1, 2]) {
        tests.begin(ID);
        const { questions } = tests.paper(ID)!;
        questions.forEach((question, n) => tests.keep(ID, question.id, [n < right ? "a" : "b"]));
        assert.equal(store.verbs().filter((verb) => verb === "answered").length, order.length);
        tests.handIn(ID, new Map([[questions[0]!.id, 2500], [questions[1]!.id, NaN]]));
        order.push(...names(questions));
        await until("the answers", () => store.verbs().filter((verb) => verb === "answered").length === order.length);
      }
      page.go();
      await until("the end", () => store.verbs().includes("suspended"));
      const answered = store.statements.filter(({ verb }) => verb.id.endsWith("/answered"));
      assert.deepEqual(answered.map(({ object }) => object.id.replace(/.*\//, "strategi.")), order);
      assert.deepEqual(answered.slice(0, 2).map(({ result }) => result?.["duration"]), ["PT2.50S", undefined]);
      assert.deepEqual(store.verbs().slice(-2), ["failed", "suspended"]);
      assert.equal(store.statement("failed").result?.score?.scaled, 0.5);
    } finally {
      await store.close();
    }
  });
});
