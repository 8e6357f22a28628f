/** What the text in cmi.suspend_data says: of our own courses by the grammar of state.ts, of others what can be made out. */

import { unseal } from "../notecode.ts";
import { decode } from "../state.ts";
import { withName } from "./keynames.ts";
import type { Say } from "./words.ts";

/** The most that fits: SCORM 1.2 RTE 3.4.4, SCORM 2004 4th edition RTE 4.2.23. */
export const ROOM: Readonly<Record<string, number>> = { scorm12: 4096, scorm2004: 64000 };

export interface Reading {
  readonly isOurs: boolean;
  /** What it is called, and what it is worth. */
  readonly lines: readonly (readonly [string, string])[];
}

export function reading(text: string, say: Say): Reading {
  const state = decode(text);
  if (!state) return { isOurs: false, lines: [["", opened(text)]] };
  const reached = [state.completed ? say("stateCompleted") : "", state.passed ? say("statePassed") : ""].filter(Boolean);
  const answers = Object.entries(state.answers);
  const lines: [string, string][] = [
    [say("stateReached"), reached.join(", ") || say("stateNothing")],
    [say("statePage"), withName(state.page)],
    [`${say("stateVisited")} (${state.visited.length})`, state.visited.map(withName).join("\n")],
    [`${say("stateAnswers")} (${answers.length})`, answers.map(([key, response]) => `${withName(key)}: ${response}`).join("\n")],
    [say("stateDone"), state.done.join(", ")],
    [say("stateAssessments"), (state.assessments ?? []).join(", ")],
    [say("stateTime"), clock(state.seconds)],
    [say("stateReported"), String(state.reported)],
    [say("stateNotes"), state.notes ? JSON.stringify(unseal(state.notes), null, 2) : ""],
    [say("stateCounter"), String(state.counter)],
    [say("stateOrigin"), state.origin],
  ];
  return { isOurs: true, lines: lines.filter(([, worth]) => worth !== "") };
}

/** «1:02:03» */
export function clock(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** Of other programs' texts: JSON laid out, also where it is packed in base64 or percent signs; else as it is. */
function opened(text: string): string {
  const tries = [() => text, () => decodeURIComponent(text), () => atob(text)];
  for (const attempt of tries) {
    try {
      const value: unknown = JSON.parse(attempt());
      if (typeof value === "object" && value !== null) return JSON.stringify(value, null, 2);
    } catch {
      // Not packed in this way.
    }
  }
  return text;
}
