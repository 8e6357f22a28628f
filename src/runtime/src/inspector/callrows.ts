/** What a call of the log says in a line, which lines are shown, and how they leave the browser. */

import type { Call } from "./messages.ts";

export interface Filter {
  readonly text: string;
  readonly onlyErrors: boolean;
}

/** The element that the call is about; "" for calls without one. */
export function elementOf(call: Call): string {
  return /GetValue$|SetValue$/.test(call.name) ? shown(call.given[0]) : "";
}

/** The value that was set, or what was asked besides an element. */
export function valueOf(call: Call): string {
  if (/SetValue$/.test(call.name)) return shown(call.given[1]);
  return /GetValue$/.test(call.name) ? "" : call.given.map(shown).filter(Boolean).join(", ");
}

/** Whether the call ended in an error, or was answered with what content takes for one. */
export function isError(call: Call): boolean {
  return (call.error !== "" && call.error !== "0") || (call.answer === "false" && !/GetValue$/.test(call.name));
}

/** What was given, as text; anything but text as the JSON it would be. */
export function shown(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

/** Every word of the filter stands somewhere in the call, whatever its case. */
export function passes(call: Call, { text, onlyErrors }: Filter): boolean {
  if (onlyErrors && !isError(call)) return false;
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const all = [call.name, ...call.given.map(shown), call.answer, call.error, call.diagnostic].join("\n").toLowerCase();
  return words.every((word) => all.includes(word));
}

/** Seconds since the LMS page was there, «12.345». */
export function timeOf(call: Call): string {
  return (call.at / 1000).toFixed(3);
}

/** Lines for a spreadsheet: tabs between, and neither tabs nor line breaks within. */
export function linesOf(calls: readonly Call[]): string {
  const cells = (call: Call) => [timeOf(call), call.name, elementOf(call), valueOf(call), call.answer, call.error, call.diagnostic];
  return calls.map((call) => cells(call).map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}

/** What of a call is needed to make it again; asking for errors changes nothing, and is left out. */
export function replayable(calls: readonly Call[]): Pick<Call, "name" | "given">[] {
  return calls.filter(({ name }) => !/GetLastError|GetErrorString|GetDiagnostic/.test(name)).map(({ name, given }) => ({ name, given }));
}
