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
import { findApi } from "./scorm-api.ts";
import type { ScormApi } from "./scorm-api.ts";
import type { Adapter, Connection, LearnerEvent, Mode, QuestionData, Report } from "../types.ts";

const STATUSES = ["not attempted", "incomplete", "completed", "passed", "failed"] as const;
type Answer = Extract<LearnerEvent, { kind: "answer" }>;

export function scorm12Adapter(page: Window = window): Adapter {
  let api: ScormApi;
  let how: Reporting;
  let mode: Mode = "normal";
  let status: Connection["status"] = null;
  /** The LMS holds a state that may have belonged to a finished course. */
  let stateful = false;
  /** Whether `incomplete` may be written. */
  let mayBegin = false;
  let demanded = false;
  let queue: Answer[] = [];
  let next: number | null = null;
  let written: Record<string, string> = {};

  /** Writes what the LMS does not have yet. */
  function put(element: string, value: string): boolean {
    if (written[element] === value) return true;
    const done = api.set(element, value);
    if (done) written[element] = value;
    return done;
  }

  function lessonStatus(report: Report): string | null {
    const now = statusOf(how, report, status, demanded);
    if (now === "failed") status = now;
    return now === "incomplete" && !mayBegin ? null : now;
  }

  function interaction(answer: Answer): void {
    const { question, response, right, at } = answer;
    const pattern = correctResponse(question);
    // Many LMSs never say how many there are: then the learner's own count is all there is.
    if (next === null) {
      const count = api.get("cmi.interactions._count");
      next = /^\d+$/.test(count) ? Number(count) : answer.index;
    }
    const at0 = `cmi.interactions.${next}.`;
    if (!api.set(at0 + "id", identifier(question.id))) return;
    next += 1;
    api.set(at0 + "type", question.type);
    api.set(
      at0 + "time",
      [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => pad(part)).join(":"),
    );
    if (pattern !== undefined) api.set(at0 + "correct_responses.0.pattern", pattern);
    api.set(at0 + "weighting", right === null ? "0" : "1");
    api.set(at0 + "student_response", feedback(question, response));
    api.set(at0 + "result", right === null ? "neutral" : right ? "correct" : "wrong");
    if (answer.milliseconds) api.set(at0 + "latency", timespan(answer.milliseconds));
  }

  /**
   * Everything but the commit. What an LMS need not have (interactions, lowest and highest score) may fail.
   */
  function write(report: Report, leaving: boolean): boolean {
    queue.splice(0).forEach(interaction);
    let done = put("cmi.suspend_data", report.state);
    done = put("cmi.core.lesson_location", report.page.slice(0, 255)) && done;
    if (report.score !== null && (how.score === "ripe" || (how.score === "done" && report.done))) {
      put("cmi.core.score.min", "0");
      put("cmi.core.score.max", "100");
      done = put("cmi.core.score.raw", String(report.score)) && done;
    }
    put("cmi.core.exit", report.done ? how.exit_finished : how.exit_unfinished);
    if (leaving) put("cmi.core.session_time", timespan(report.active));
    // Last: some LMSs hand on the score when the status comes, and some mix up what comes after it.
    const now = lessonStatus(report);
    return (now === null || api.set("cmi.core.lesson_status", now)) && done;
  }

  return {
    async connect(data): Promise<Connection> {
      const found = await findApi(page);
      const nobody: Connection = {
        connected: false,
        notice: "no-lms",
        mode,
        state: null,
        page: null,
        status,
      };
      if (!found || !found.initialize()) return nobody;
      api = found;
      how = reportingOf(data);
      const mastery = how.mastery === "lms" ? masteryOf(api.get("cmi.student_data.mastery_score").trim()) : null;
      demanded = mastery !== null || data.modules.some((module) => module.require.includes("mastery"));
      const lessonMode = api.get("cmi.core.lesson_mode").trim().toLowerCase();
      if (lessonMode === "browse" || lessonMode === "review") mode = lessonMode;
      const lesson = api.get("cmi.core.lesson_status").trim().toLowerCase();
      status = STATUSES.find((known) => known === lesson) ?? (lesson === "browsed" ? "incomplete" : null);
      const state = api.get("cmi.suspend_data");
      stateful = state !== "";
      return {
        connected: true,
        notice: null,
        mode,
        state,
        page: api.get("cmi.core.lesson_location"),
        status,
        mastery,
      };
    },

    begin(report, resumed) {
      // An LMS that says nothing about status may hold "passed"; without an own state to tell, it is left
      // alone.
      const unknown = status === null && stateful && !resumed;
      mayBegin = !unknown && status !== "completed" && status !== "passed" && status !== "failed";
      const now = lessonStatus(report);
      // Some LMSs call a course that has no status when it is left "completed".
      if (now && mode === "normal") api.set("cmi.core.lesson_status", now);
    },

    record(event) {
      if (event.kind === "answer") queue.push(event);
    },

    async save(report, leaving) {
      const done = write(report, leaving);
      const kept = api.commit() && done;
      // What the LMS took in before a failed commit may be gone.
      if (!kept) written = {};
      return kept || "failed";
    },

    async finish(report) {
      if (mode === "normal") {
        write(report, true);
        api.commit();
      }
      api.finish();
    },

    // An API that has been finished must not be initialised again on the same page.
    reopen: () => false,
  };
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
