/** What the LMS itself makes of completion and success (SCORM 2004 4th edition, RTE 4.2.4.1 and 4.2.22.1). */

import type { Values } from "../calls.ts";

/** The statuses that follow from a threshold and a measure, whatever content has set. */
export function evaluated(values: ReadonlyMap<string, string>): Values {
  const threshold = number(values, "cmi.completion_threshold");
  const progress = number(values, "cmi.progress_measure");
  const passing = number(values, "cmi.scaled_passing_score");
  const score = number(values, "cmi.score.scaled");
  return {
    ...(threshold === undefined ? {} : { "cmi.completion_status": completion(threshold, progress, values.get("cmi.completion_status")) }),
    ...(passing === undefined ? {} : { "cmi.success_status": score === undefined ? "unknown" : score >= passing ? "passed" : "failed" }),
  };
}

function completion(threshold: number, progress: number | undefined, said: string | undefined): string {
  if (progress === undefined) return said ?? "unknown";
  return progress >= threshold ? "completed" : "incomplete";
}

function number(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const value = Number.parseFloat(values.get(name) ?? "");
  return Number.isNaN(value) ? undefined : value;
}
