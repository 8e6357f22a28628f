/** What SCORM 1.2 writes: the data types of RTE 3.4.2.2, and a score. */

import type { QuestionData } from "../types.ts";

/** An LMS need not have the lowest and highest, but some give no grade without them. */
export function scored(score: number): Record<string, string> {
  return { "cmi.core.score.min": "0", "cmi.core.score.max": "100", "cmi.core.score.raw": String(score) };
}

/** CMIFeedback (RTE 3.4.2.2): `a,c`, `t`, a text, a number, `a.1,b.2`; at most 255 characters. */
export function feedback({ type }: QuestionData, response: readonly string[]): string {
  const parts = type === "choice" || type === "matching" ? [...response].sort() : response;
  const text = parts.join(",");
  return type === "true-false" ? text.charAt(0) : text.slice(0, 255);
}

/** The right response, where there is one: a range has none that the standard could write. */
export function correctResponse(question: QuestionData): string | undefined {
  const { type, correct } = question;
  if (type === "likert") return undefined;
  if (type === "fill-in") return correct[0];
  return type === "numeric" ? correct[2] : feedback(question, correct);
}

/** CMIIdentifier: up to 255 printable ASCII characters without a space. */
export function identifier(id: string): string {
  return id.replace(/[^!-~]/g, "-").slice(0, 255);
}

/** CMITimespan, HHHH:MM:SS.SS: at most two decimals, at most 9999 hours. */
export function timespan(milliseconds: number): string {
  const hundredths = Math.min(Math.round(Math.max(0, milliseconds) / 10), 3_599_999_999);
  const seconds = Math.floor(hundredths / 100);
  const parts = [pad(Math.floor(seconds / 3600), 4), pad(Math.floor(seconds / 60) % 60), pad(seconds % 60)];
  return `${parts.join(":")}.${pad(hundredths % 100)}`;
}

/** CMITime, HH:MM:SS. */
export function timeOfDay(at: Date): string {
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => pad(part)).join(":");
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
