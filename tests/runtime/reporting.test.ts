/** LMS profiles: whatever one asks for, some rules hold; and each profile gives what it is there for. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";

import { masteryOf } from "../../src/runtime/src/adapters/reporting.ts";
import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import type { ModuleData, PackageData } from "../../src/runtime/src/types.ts";
import { module, packageOf } from "./support/data.ts";
import { FakePage } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";
import type { Session } from "./support/session.ts";
import { StrictApi } from "./support/strict-api.ts";

type How = Readonly<Record<string, string>>;

const VECTORS = new URL("../vectors/profiles.json", import.meta.url);
const PROFILES = JSON.parse(readFileSync(VECTORS, "utf8")) as Readonly<Record<string, How>>;

/** Every way of reporting that a profile can ask for. */
const WAYS: How[] = ["completed", "passed"].flatMap((completed) =>
  ["passed", "completed"].flatMap((passed) =>
    ["incomplete", "failed"].flatMap((below) =>
      ["ripe", "done", "never"].flatMap((score) =>
        ["own", "lms"].map((mastery) => ({ completed, passed, below, score, mastery, exit_finished: "logout" })),
      ),
    ),
  ),
);

const COURSES: Readonly<Record<string, Partial<ModuleData>>> = {
  pages: { require: ["pages"] },
  questions: { require: ["pages", "questions"] },
  "a limit that nothing hangs on": { require: ["pages"], mastery: 0.75 },
  mastery: { require: ["pages", "questions", "mastery"], mastery: 0.75 },
};

const WRONG = ["true"];
const RIGHT = ["false"];

function course(change: Partial<ModuleData>, reporting: How): PackageData {
  return { ...packageOf("scorm12", [module("strategi", change)]), reporting };
}

function open(api: StrictApi, data: PackageData): Promise<Session> {
  const page = new FakePage();
  page.API = api;
  return begin(page, data, scorm12Adapter);
}

/** One thing after the other; each step is saved before the next. */
const STEPS: readonly ((session: Session) => void)[] = [
  ({ tracker }) => tracker.visit("strategi.en"),
  ({ tracker }) => void tracker.answer("strategi.velg", ["a", "c"], 1000),
  ({ tracker }) => tracker.visit("strategi.to"),
  ({ tracker }) => tracker.visit("strategi.tre"),
  ({ tracker }) => void tracker.answer("strategi.sant", WRONG, 1000),
  ({ tracker }) => void tracker.answer("strategi.velg", ["b"], 1000),
  ({ tracker }) => void tracker.answer("strategi.velg", ["a", "c"], 1000),
  ({ tracker }) => void tracker.answer("strategi.sant", RIGHT, 1000),
  ({ tracker }) => void tracker.answer("strategi.sant", WRONG, 1000),
];
/** From this step on all is answered. */
const ANSWERED = 4;

interface Life {
  readonly apis: readonly StrictApi[];
  /** How long the log was when a step was taken: [step, session, calls]. */
  readonly marks: readonly (readonly [step: number, session: number, calls: number])[];
}

/** A learner's whole life with the course; `leaves`: the steps after which the course is closed and opened again. */
async function live(data: PackageData, leaves: ReadonlySet<number>, held: Record<string, unknown> = {}): Promise<Life> {
  const apis = [new StrictApi(held)];
  const marks: [number, number, number][] = [];
  let session = await open(apis[0]!, data);
  await settled();
  for (const [step, act] of STEPS.entries()) {
    marks.push([step, apis.length - 1, apis.at(-1)!.log.length]);
    act(session);
    await settled();
    if (!leaves.has(step)) continue;
    session.page.go();
    apis.push(apis.at(-1)!.next());
    session = await open(apis.at(-1)!, data);
    await settled();
  }
  session.page.go();
  return { apis, marks };
}

function statuses(api: StrictApi): string[] {
  return api.log.flatMap((line) => /^LMSSetValue\(cmi\.core\.lesson_status, (.*)\)$/.exec(line)?.[1] ?? []);
}

/** Saves: what was written from one commit to the next. */
function saves(api: StrictApi): string[][] {
  const groups: string[][] = [[]];
  for (const line of api.log) {
    if (line === "LMSCommit()") groups.push([]);
    else if (line.startsWith("LMSSetValue(")) groups.at(-1)!.push(line.slice(12, -1));
  }
  return groups.slice(0, -1);
}

const RANK: Readonly<Record<string, number>> = { incomplete: 0, failed: 1, completed: 2, passed: 3 };

function check(name: string, how: How, { apis, marks }: Life): void {
  assert.deepEqual(apis.flatMap((api) => api.faults), [], name);
  const first = apis[0]!.log.find((line) => line.startsWith("LMSSetValue"));
  assert.equal(first, "LMSSetValue(cmi.core.lesson_status, incomplete)", name);
  const all = apis.flatMap(statuses);
  all.forEach((status, at) => {
    assert.ok(RANK[status]! >= (RANK[all[at - 1] ?? "incomplete"] ?? 0), `${name}: ${all.join(" ")}`);
  });
  apis.forEach((api, session) => {
    for (const save of saves(api)) {
      const status = save.findLastIndex((line) => line.startsWith("cmi.core.lesson_status, "));
      const score = save.findLastIndex((line) => line.startsWith("cmi.core.score.raw, "));
      assert.ok(status >= 0, `${name}: a commit without a status`);
      assert.ok(score < status, `${name}: the score after the status`);
      const done = /completed|passed/.test(save[status]!);
      if (score >= 0) assert.ok(how["score"] === "ripe" || (how["score"] === "done" && done), `${name}: a score too early`);
    }
    const [, at, calls] = marks.find(([step]) => step === ANSWERED)!;
    const answered = session < at ? Infinity : session > at ? 0 : calls;
    const failed = api.log.indexOf("LMSSetValue(cmi.core.lesson_status, failed)");
    if (failed >= 0) assert.ok(how["below"] === "failed" && failed >= answered, `${name}: failed too early`);
  });
}

const FULL: How = { completed: "completed", passed: "passed", below: "incomplete", score: "ripe", mastery: "own" };
const CASES = [
  ...Object.entries(PROFILES).map(([name, how]) => [name, how] as const),
  ...WAYS.map((how) => [Object.values(how).join(" "), how] as const),
];

describe("whatever a profile asks for", () => {
  for (const [title, change] of Object.entries(COURSES)) {
    test(`in a course with ${title}`, async () => {
      const lives = CASES.flatMap(([name, how]) =>
        [[], [1], [4], [5, 6, 7]].map(async (leaves) => {
          for (const mark of ["", "75"]) {
            const life = await live(course(change, how), new Set(leaves), { "cmi.student_data.mastery_score": mark });
            check(`${name}, away after ${leaves.join() || "nothing"}, mark «${mark}»`, { ...FULL, ...how }, life);
          }
        }),
      );
      await Promise.all(lives);
    });
  }

  for (const mode of ["browse", "review"]) {
    test(`nothing is written in ${mode} mode`, async () => {
      await Promise.all(
        CASES.map(async ([name, how]) => {
          const { apis } = await live(course(COURSES["mastery"]!, how), new Set([5]), { "cmi.core.lesson_mode": mode });
          assert.deepEqual(apis.flatMap((api) => api.log.filter((line) => line.startsWith("LMSSetValue"))), [], name);
        }),
      );
    });
  }

  test("what the LMS holds already never becomes less", async () => {
    await Promise.all(
      CASES.flatMap(([name, how]) =>
        ["completed", "passed", "failed"].map(async (held) => {
          const { apis } = await live(course(COURSES["mastery"]!, how), new Set(), { "cmi.core.lesson_status": held });
          for (const status of apis.flatMap(statuses)) assert.ok(RANK[status]! >= RANK[held]!, `${name}: ${held}, ${status}`);
        }),
      ),
    );
  });
});

/** What the LMS holds when all is answered and too little is right, and when the mark is reached. */
async function told(how: How, held: Record<string, unknown> = {}): Promise<[below: unknown[], reached: unknown[]]> {
  const data = course(COURSES["mastery"]!, how);
  const api = new StrictApi(held);
  const session = await open(api, data);
  const look = (): unknown[] => ["lesson_status", "score.raw", "exit"].map((name) => api.held[`cmi.core.${name}`]);
  for (const act of STEPS.slice(0, 6)) act(session);
  await settled();
  const below = look();
  for (const act of STEPS.slice(6, 8)) act(session);
  await settled();
  session.page.go();
  return [below, look()];
}

describe("what the profiles are there for", () => {
  const expected: Readonly<Record<string, readonly [below: unknown[], reached: unknown[]]>> = {
    generic: [["incomplete", "0", "suspend"], ["passed", "100", ""]],
    moodle: [["incomplete", undefined, "suspend"], ["passed", "100", ""]],
    "moodle-app": [["incomplete", undefined, "suspend"], ["passed", "100", ""]],
    totara: [["incomplete", undefined, "suspend"], ["passed", "100", ""]],
    cornerstone: [["incomplete", "0", "suspend"], ["completed", "100", ""]],
    successfactors: [["failed", "0", "suspend"], ["passed", "100", ""]],
  };
  for (const [name, how] of Object.entries(PROFILES)) {
    test(name, async () => {
      assert.deepEqual(await told(how), expected[name] ?? expected["generic"]);
    });
  }

  test("a pass mark that the LMS holds counts where the profile says so", async () => {
    const easy = { "cmi.student_data.mastery_score": "40" };
    const half = async (how: How): Promise<unknown> => {
      const api = new StrictApi(easy);
      const session = await open(api, course(COURSES["mastery"]!, how));
      for (const act of STEPS.slice(0, 5)) act(session);
      await settled();
      return api.held["cmi.core.lesson_status"];
    };
    assert.equal(await half({ mastery: "lms" }), "passed");
    assert.equal(await half({}), "incomplete");
  });

  test("what is no pass mark is none", () => {
    assert.deepEqual(["", "0", "82.5", "100", "101", "-1", "åtti", "8e1"].map(masteryOf), [null, 0, 0.825, 1, null, null, null, null]);
  });
});
