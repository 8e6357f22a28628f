/**
 * SCORM 1.2 run-time environment.
 *
 * What the LMS holds after each save: the state and bookmark, score before status, status in every commit (an
 * LMS has been seen to wipe it), and `exit`, so that a page that is killed resumes too. `failed` is written only
 * where the LMS's profile asks for it: it closes the course in some LMSs and counts as "in progress" in others,
 * while a learner with too low a score may simply answer again. Their score says the same.
 */

import { masteryOf, reportingOf, statusOf } from "./reporting.ts";
import type { Reporting } from "./reporting.ts";
import { findApi, mayTurnUp, pause } from "./scorm-api.ts";
import type { ScormApi } from "./scorm-api.ts";
import { createKept } from "../kept.ts";
import { other } from "./scorm12-shake.ts";
import type {
  Adapter,
  AnswerEvent,
  Connection,
  Mode,
  PackageData,
  QuestionData,
  Report,
  Saved,
  Trouble,
} from "../types.ts";

const STATUSES = ["not attempted", "incomplete", "completed", "passed", "failed"] as const;
/** How long the learner waits for an API that is late, and how often and how many times it is looked for after that. */
const WAIT = 4_000;
const LATE_PAUSE = 1_000;
const LATE_TRIES = 60;
/** Commits in a row that an LMS has refused with "general exception", as it does when the session has expired. */
const EXPIRED = 4;
/** States that are shorter than this fit everywhere. */
const FITS = 200;

export function scorm12Adapter(page: Window = window): Adapter {
  let api: ScormApi;
  let how: Reporting;
  let data: PackageData;
  let mode: Mode = "normal";
  let status: Connection["status"] = null;
  /** The LMS holds a state that may have belonged to a finished course. */
  let stateful = false;
  /** Whether `incomplete` may be written. */
  let mayBegin = false;
  let demanded = false;
  let queue: AnswerEvent[] = [];
  let next: number | null = null;
  /** What the LMS has been given, and what of it has been in a commit that succeeded. */
  const written: Record<string, string> = {};
  const committed: Record<string, string> = {};
  /** The status has been said since the last commit. */
  let said = false;
  /** Commits that have failed in a row. */
  let failures = 0;
  let error = "";
  /** The longest state that was seen to be kept whole. */
  let whole = FITS;

  /** Writes what the LMS does not have yet. */
  function put(element: string, value: string): boolean {
    if (written[element] === value && !failures) return true;
    const done = api.set(element, value);
    if (done) written[element] = value;
    return done;
  }

  function lessonStatus(report: Report): string | null {
    const now = statusOf(how, report, status, demanded);
    if (now === "failed") status = now;
    return now === "incomplete" && !mayBegin ? null : now;
  }

  /** The LMS has so many. Many never say how many there are: then the learner's own count is all there is. */
  function count({ index }: AnswerEvent): number {
    if (next !== null) return next;
    const said = api.get("cmi.interactions._count");
    return (next = /^\d+$/.test(said) ? Number(said) : index);
  }

  /** False when it is not taken. */
  function interaction(answer: AnswerEvent): boolean {
    const { question, response, right, at } = answer;
    const pattern = correctResponse(question);
    const number = count(answer);
    const at0 = `cmi.interactions.${number}.`;
    if (!put(at0 + "id", identifier(question.id))) return false;
    next = number + 1;
    put(at0 + "type", question.type);
    put(
      at0 + "time",
      [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => pad(part)).join(":"),
    );
    if (pattern !== undefined) put(at0 + "correct_responses.0.pattern", pattern);
    put(at0 + "weighting", right === null ? "0" : "1");
    put(at0 + "student_response", feedback(question, response));
    put(at0 + "result", right === null ? "neutral" : right ? "correct" : "wrong");
    if (answer.milliseconds) put(at0 + "latency", timespan(answer.milliseconds));
    return true;
  }

  /**
   * Everything but the commit. What an LMS need not have (interactions, lowest and highest score) may fail.
   */
  function write(report: Report, leaving: boolean): boolean {
    const refused = queue.splice(0).filter((answer) => !interaction(answer));
    let done = put("cmi.suspend_data", report.state);
    // Not one of those that have no interactions at all: it takes nothing now.
    if (!done) queue.push(...refused);
    done = put("cmi.core.lesson_location", report.page.slice(0, 255)) && done;
    if (report.score !== null && (how.score === "ripe" || (how.score === "done" && report.done))) {
      const scores = Object.entries(scored(report.score));
      // A status that was said before a new score is said again after it.
      said &&= scores.every(([element, value]) => written[element] === value);
      const [, , raw] = scores.map((score) => put(...score));
      done = raw! && done;
    }
    put("cmi.core.exit", report.done ? how.exit_finished : how.exit_unfinished);
    if (leaving) put("cmi.core.session_time", timespan(report.active));
    // Last: some LMSs hand on the score when the status comes, and some mix up what comes after it.
    return sayStatus(report) && done;
  }

  /** At least once for each commit: an LMS has been seen to lose it. */
  function sayStatus(report: Report): boolean {
    const now = lessonStatus(report);
    if (now === null || (said && written["cmi.core.lesson_status"] === now)) return true;
    delete written["cmi.core.lesson_status"];
    said = put("cmi.core.lesson_status", now);
    return said;
  }

  /**
   * Some LMSs send what has changed since the last commit, also when that one failed: what was in it must be
   * seen to change, and to change back.
   */
  function shake(): boolean {
    const lost = Object.entries(written).filter(
      ([element, value]) => committed[element] !== value && other(element, value) !== value,
    );
    for (const [element, value] of lost) api.set(element, other(element, value));
    const reached = !lost.length || reach();
    for (const [element, value] of lost) api.set(element, value);
    return reached;
  }

  function reach(): boolean {
    const reached = api.commit();
    error = reached ? "" : api.error();
    return reached;
  }

  function commit(report: Report, leaving: boolean): Saved {
    // On leaving, what is sent one after another may arrive the other way round.
    const reached = !failures || leaving || shake();
    const done = write(report, leaving);
    said = false;
    if (!reached || !reach()) return unreached();
    failures = 0;
    Object.assign(committed, written);
    return done && fits(report.state) ? true : "refused";
  }

  function unreached(): Trouble {
    failures += 1;
    // An API that no longer takes anything has forgotten the session.
    const over = !api.set("cmi.core.exit", how.exit_unfinished) || (failures >= EXPIRED && error === "101");
    return over ? "expired" : "failed";
  }

  /** Some LMSs cut what is too long, and say nothing. What else they give back is not to be trusted. */
  function fits(state: string): boolean {
    if (state.length <= whole) return true;
    const back = api.get("cmi.suspend_data");
    if (back && back.length < state.length && state.startsWith(back)) return false;
    whole = state.length;
    return true;
  }

  /** Nothing goes to the LMS while there is no network: some answer "saved" all the same, and never send it again. */
  const online = (): boolean => page.navigator?.onLine !== false;

  function join(found: ScormApi): Connection {
    api = found;
    how = reportingOf(data);
    const mastery = how.mastery === "lms" ? masteryOf(api.get("cmi.student_data.mastery_score").trim()) : null;
    demanded = mastery !== null || data.modules.some((module) => module.require.includes("mastery"));
    const lessonMode = api.get("cmi.core.lesson_mode").trim().toLowerCase();
    if (lessonMode === "browse" || lessonMode === "review") mode = lessonMode;
    const lesson = api.get("cmi.core.lesson_status").trim().toLowerCase();
    status = STATUSES.find((known) => known === lesson) ?? (lesson === "browsed" ? "incomplete" : null);
    const state = api.get("cmi.suspend_data");
    const learner = api.get("cmi.core.student_id");
    stateful = state !== "";
    return {
      connected: true,
      notice: null,
      mode,
      state,
      page: api.get("cmi.core.lesson_location"),
      status,
      mastery,
      kept: learner && mode === "normal" ? createKept(page, data.unit.activity, learner) : null,
    };
  }

  return {
    async connect(given): Promise<Connection> {
      data = given;
      const found = await findApi(page, WAIT);
      const nobody: Connection = {
        connected: false,
        notice: "no-lms",
        mode,
        state: null,
        page: null,
        status,
      };
      return found?.initialize() ? join(found) : nobody;
    },

    async late() {
      let over = !mayTurnUp(page);
      page.addEventListener("pagehide", () => (over = true));
      for (let tries = 0; tries < LATE_TRIES && !over; tries++) {
        await pause(LATE_PAUSE);
        const found = over ? null : await findApi(page, 0);
        if (found?.initialize()) return join(found);
      }
      return null;
    },

    begin(report, resumed, news) {
      // An LMS that says nothing about status may hold "passed"; without an own state to tell, it is left
      // alone.
      const unknown = status === null && stateful && !resumed;
      mayBegin = !unknown && status !== "completed" && status !== "passed" && status !== "failed";
      // It came to the LMS together with the state.
      if (resumed && !news && report.score !== null) Object.assign(written, scored(report.score));
      // Some LMSs call a course that has no status when it is left "completed".
      if (mode === "normal") sayStatus(report);
    },

    record(event) {
      if (event.kind === "answer") queue.push(event);
    },

    // It may have come to the LMS all the same.
    repeat(event) {
      if (event.index >= count(event)) queue.push(event);
    },

    save: async (report, leaving) => (online() ? commit(report, leaving) : "offline"),

    async finish(report) {
      // After failures, and with no network, "saved" is no proof.
      const trusted = !failures && online();
      const kept = mode === "normal" ? commit(report, true) : true;
      return api.finish() && trusted && kept === true;
    },

    // An API that has been finished must not be initialised again on the same page.
    reopen: () => false,
  };
}

/** An LMS need not have the lowest and highest, but some give no grade without them. */
function scored(score: number): Record<string, string> {
  return { "cmi.core.score.min": "0", "cmi.core.score.max": "100", "cmi.core.score.raw": String(score) };
}

/** CMIFeedback (RTE 3.4.2.2): `a,c`, `t`, a text, a number, `a.1,b.2`; at most 255 characters. */
function feedback({ type }: QuestionData, response: readonly string[]): string {
  const parts = type === "choice" || type === "matching" ? [...response].sort() : response;
  const text = parts.join(",");
  return type === "true-false" ? text.charAt(0) : text.slice(0, 255);
}

/** The right response, where there is one: a range has none that the standard could write. */
function correctResponse(question: QuestionData): string | undefined {
  const { type, correct } = question;
  if (type === "likert") return undefined;
  if (type === "fill-in") return correct[0];
  return type === "numeric" ? correct[2] : feedback(question, correct);
}

/** CMIIdentifier: up to 255 printable ASCII characters without a space. */
function identifier(id: string): string {
  return id.replace(/[^!-~]/g, "-").slice(0, 255);
}

/** CMITimespan, HHHH:MM:SS.SS: at most two decimals, at most 9999 hours. */
function timespan(milliseconds: number): string {
  const hundredths = Math.min(Math.round(Math.max(0, milliseconds) / 10), 3_599_999_999);
  const seconds = Math.floor(hundredths / 100);
  const parts = [pad(Math.floor(seconds / 3600), 4), pad(Math.floor(seconds / 60) % 60), pad(seconds % 60)];
  return `${parts.join(":")}.${pad(hundredths % 100)}`;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
