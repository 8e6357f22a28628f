/**
 * How an LMS wants to be told by SCORM 1.2: the data of an LMS profile (src/kurspakke/profiles/), made into status,
 * score and exit. Whatever the profile says: nothing becomes less than it was, and `failed` is said only where
 * everything has been answered.
 */

import type { Connection, PackageData, Report } from "../types.ts";

export interface Reporting {
  /** Status when all is done: without a demanded result, and with it reached. */
  readonly completed: "completed" | "passed";
  readonly passed: "completed" | "passed";
  /** Status when the demanded result is all that is missing. */
  readonly below: "incomplete" | "failed";
  readonly score: "ripe" | "done" | "never";
  /** Whose pass mark counts: the package's own, or the one that the LMS holds, if it holds one. */
  readonly mastery: "own" | "lms";
  readonly exit_unfinished: string;
  readonly exit_finished: string;
}

/** What works in every LMS; the compiler writes only what differs from it into the package. */
const GENERIC: Reporting = {
  completed: "completed",
  passed: "passed",
  below: "incomplete",
  score: "ripe",
  mastery: "own",
  exit_unfinished: "suspend",
  exit_finished: "",
};

export function reportingOf(data: PackageData): Reporting {
  return { ...GENERIC, ...data.reporting };
}

/** The pass mark (0 to 1) in what the LMS says it is in percent; null when it says nothing of use. */
export function masteryOf(text: string): number | null {
  return /^\d+(\.\d+)?$/.test(text) && +text <= 100 ? +text / 100 : null;
}

/**
 * What to write as cmi.core.lesson_status. `held`: what the LMS held when the session began; `demanded`: a result is
 * part of what is required.
 */
export function statusOf(how: Reporting, report: Report, held: Connection["status"], demanded: boolean): string {
  if (report.done) {
    // Where both are told alike, a result that comes later makes no difference either.
    const reached = report.success && demanded && how.completed === "completed";
    return held === "passed" ? held : reached ? how.passed : how.completed;
  }
  return how.below === "failed" && (report.failed || held === "failed") ? "failed" : "incomplete";
}
