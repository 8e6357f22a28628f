/** What a commit has stored: what was set since the one before. */

import type { Call } from "./messages.ts";

const ENDS = /(Commit|Finish|Terminate)$/;

/** Element and value, each element once, as it was at last; nothing for other calls, and for those that failed. */
export function storedBy(calls: readonly Call[], call: Call): readonly (readonly [string, string])[] {
  const at = calls.lastIndexOf(call);
  if (at < 0 || !ENDS.test(call.name) || call.answer !== "true") return [];
  const set = new Map<string, string>();
  for (let before = at - 1; before >= 0; before--) {
    const { name, given, answer } = calls[before]!;
    if (ENDS.test(name) && answer === "true") break;
    const [element, value] = given;
    if (/SetValue$/.test(name) && answer === "true" && !set.has(String(element))) set.set(String(element), String(value));
  }
  return [...set].reverse();
}
