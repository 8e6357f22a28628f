/** A second opinion on every SCORM 1.2 call: the API of scorm-again, which checks data types as it goes. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { scorm12Adapter } from "../../src/runtime/src/adapters/scorm12.ts";
import type { QuestionData } from "../../src/runtime/src/types.ts";
import { module, packageOf } from "./support/data.ts";
import { FakePage } from "./support/page.ts";
import { begin, settled } from "./support/session.ts";

interface Api {
  LMSGetLastError(): string;
  LMSGetErrorString(code: string): string;
  loadFromFlattenedJSON(values: object): void;
  renderCMIToJSONObject(): { cmi: Cmi };
  [name: string]: unknown;
}
interface Cmi {
  readonly core: Record<string, unknown>;
  readonly suspend_data: string;
  readonly interactions: Record<string, Record<string, unknown>>;
}

const where = new URL("../node/node_modules/scorm-again/dist/esm/scorm12.js", import.meta.url);
const { Scorm12API } = (await import(where.href)) as { Scorm12API: new (settings: object) => Api };

/** The API, and every call that it answered with an error. */
function watched(): { api: Api; calls: Record<string, unknown>; errors: string[] } {
  const api = new Scorm12API({ autocommit: false, logLevel: "NONE", selfReportSessionTime: true });
  const errors: string[] = [];
  const calls = Object.fromEntries(
    ["LMSInitialize", "LMSGetValue", "LMSSetValue", "LMSCommit", "LMSFinish", "LMSGetLastError"].map(
      (name) => [
        name,
        (...given: unknown[]): unknown => {
          const answer = (api[name] as (...given: unknown[]) => unknown).apply(api, given);
          const code = name === "LMSGetLastError" ? "0" : api.LMSGetLastError();
          if (code !== "0")
            errors.push(`${name}(${given.map(String).join(", ")}): ${code} ${api.LMSGetErrorString(code)}`);
          return answer;
        },
      ],
    ),
  );
  return { api, calls, errors };
}

test("errors are seen", () => {
  const { calls, errors } = watched();
  const call = calls as Record<string, (...given: unknown[]) => unknown>;
  call["LMSInitialize"]!("");
  call["LMSSetValue"]!("cmi.core.score.raw", "101");
  call["LMSSetValue"]!("cmi.core.session_time", "PT1M");
  assert.equal(errors.length, 2);
});

test("scorm-again sees no error, and resumes", async () => {
  const data = packageOf("scorm12");
  const first = watched();
  const page = new FakePage();
  page.API = first.calls;
  const { tracker } = await begin(page, data, scorm12Adapter);
  tracker.visit("strategi.en");
  tracker.answer("strategi.velg", ["a", "c"], 61_234);
  await settled();
  tracker.visit("strategi.to");
  tracker.answer("strategi.sant", ["true"], 3_723_450);
  await settled();
  page.go();
  assert.deepEqual(first.errors, []);
  const { cmi } = first.api.renderCMIToJSONObject();
  assert.equal(cmi.core["lesson_status"], "incomplete");
  assert.equal(cmi.core["lesson_location"], "strategi.to");
  assert.equal(Object.keys(cmi.interactions).length, 2);

  const second = watched();
  second.api.loadFromFlattenedJSON({
    "cmi.suspend_data": cmi.suspend_data,
    "cmi.core.lesson_location": "strategi.to",
    "cmi.core.lesson_status": "incomplete",
  });
  const later = page.again();
  later.API = second.calls;
  const resumed = await begin(later, data, scorm12Adapter);
  assert.equal(resumed.opening.page, "strategi.to");
  assert.deepEqual([...resumed.opening.answers.keys()], ["strategi.velg", "strategi.sant"]);
  resumed.tracker.visit("strategi.tre");
  later.go();
  assert.deepEqual(second.errors, []);
  assert.equal(second.api.renderCMIToJSONObject().cmi.core["lesson_status"], "completed");
});

test("scorm-again takes answers of every kind", async () => {
  const file = new URL("../vectors/questions.json", import.meta.url);
  const vectors = JSON.parse(readFileSync(file, "utf8")) as {
    questions: { question: QuestionData | null; scorm12: [string[], string][] }[];
  };
  const answered = vectors.questions.flatMap(({ question, scorm12 }) =>
    question ? scorm12.map(([response, written]) => ({ question, response, written })) : [],
  );
  const questions = answered.map(({ question }, at) => ({
    ...question,
    id: `strategi.q${at}`,
    key: `q${String(at).padStart(2, "0")}`,
    page: "strategi.en",
  }));
  const { api, calls, errors } = watched();
  const page = new FakePage();
  page.API = calls;
  const data = packageOf("scorm12", [module("strategi", { questions })]);
  const { tracker } = await begin(page, data, scorm12Adapter);
  answered.forEach(({ response }, at) => tracker.answer(`strategi.q${at}`, response, 1000));
  await settled();
  page.go();
  assert.deepEqual(errors, []);
  const held = Object.values(api.renderCMIToJSONObject().cmi.interactions);
  assert.deepEqual(
    held.map((one) => [one["type"], one["student_response"]]),
    answered.map(({ question, written }) => [question.type, written]),
  );
});
