/**
 * What the LMS page tells the inspector. The content shares its origin and can forge all of it, so every message is a
 * claim of that package: only the shapes below get in, and all of it is shown as text.
 */

import type { Call, Values } from "../lms/calls.ts";

export type { Call, Values };

/** What axe found: a rule, and where it is broken. */
export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly helpUrl: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly html: string; readonly summary: string }[];
}

export interface Messages {
  readonly hello: { readonly attempt: number; readonly sco: string; readonly learner: string; readonly mode: string; readonly kept: Values };
  readonly call: { readonly call: Call };
  readonly values: { readonly values: Values; readonly committed: Values };
  readonly where: { readonly url: string; readonly title: string };
  readonly done: { readonly finished: boolean };
  readonly axe: { readonly violations: readonly Violation[]; readonly error: string };
  readonly message: { readonly level: string; readonly text: string; readonly source: string; readonly line: number };
  readonly changed: { readonly how: string; readonly ms: number };
}

export type Message = { readonly [Name in keyof Messages]: Messages[Name] & { readonly kind: Name } }[keyof Messages];

type Raw = Readonly<Record<string, unknown>>;

/** The longest text that is taken from a package; whatever is longer is cut. */
const LONGEST = 200_000;
const MOST_VALUES = 20_000;
const MOST_NODES = 500;

/** The message in what was received; undefined for anything else. */
export function messageIn(data: unknown): Message | undefined {
  const raw = record(data);
  if (!raw || raw["kurspakke"] !== 1 || typeof raw["kind"] !== "string") return undefined;
  return READERS.get(raw["kind"])?.(raw);
}

const readers: Readonly<Record<keyof Messages, (raw: Raw) => Message | undefined>> = {
  hello: (raw) => {
    const launch = record(raw["launch"]);
    if (!launch) return undefined;
    const { attempt, mode } = launch;
    const [sco, learner] = [record(launch["sco"]), record(launch["learner"])];
    return { kind: "hello", attempt: number(attempt), sco: text(sco?.["id"]), learner: text(learner?.["name"]), mode: text(mode), kept: values(launch["kept"]) };
  },
  call: (raw) => {
    const call = callIn(raw["call"]);
    return call && { kind: "call", call };
  },
  values: (raw) => ({ kind: "values", values: values(raw["values"]), committed: values(raw["committed"]) }),
  where: (raw) => ({ kind: "where", url: text(raw["url"]), title: text(raw["title"]) }),
  done: (raw) => ({ kind: "done", finished: raw["finished"] === true }),
  axe: (raw) => ({ kind: "axe", violations: list(raw["violations"]).slice(0, MOST_NODES).flatMap(violation), error: text(raw["error"]) }),
  message: (raw) => ({ kind: "message", level: text(raw["level"]), text: text(raw["text"]), source: text(raw["source"]), line: number(raw["line"]) }),
  changed: (raw) => ({ kind: "changed", how: text(raw["how"]), ms: number(raw["ms"]) }),
};

const READERS: ReadonlyMap<string, (raw: Raw) => Message | undefined> = new Map(Object.entries(readers));

/** A call of a log, from a message, the server or a file; undefined where it is none. */
export function callIn(value: unknown): Call | undefined {
  const raw = record(value);
  if (!raw || typeof raw["name"] !== "string" || !Array.isArray(raw["given"])) return undefined;
  const { before } = raw;
  return {
    at: number(raw["at"]),
    name: text(raw["name"]),
    given: raw["given"].slice(0, 5).map((each: unknown) => (typeof each === "string" ? text(each) : each)),
    answer: text(raw["answer"]),
    error: text(raw["error"]),
    diagnostic: text(raw["diagnostic"]),
    ...(typeof before === "string" ? { before: text(before) } : {}),
  };
}

function violation(value: unknown): Violation[] {
  const raw = record(value);
  if (!raw) return [];
  const nodes = list(raw["nodes"]).slice(0, MOST_NODES).flatMap((each) => {
    const node = record(each);
    return node ? [{ target: list(node["target"]).map((part) => (Array.isArray(part) ? part.map(text).join(" ") : text(part))), html: text(node["html"]).slice(0, 500), summary: text(node["failureSummary"] ?? node["summary"]) }] : [];
  });
  return [{ id: text(raw["id"]), impact: text(raw["impact"]), help: text(raw["help"]), helpUrl: text(raw["helpUrl"]), nodes }];
}

export function record(value: unknown): Raw | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === "string" ? value.slice(0, LONGEST) : typeof value === "number" ? String(value) : "";
}

export function number(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : 0;
}

export function values(value: unknown): Values {
  const entries = Object.entries(record(value) ?? {}).slice(0, MOST_VALUES);
  return Object.fromEntries(entries.flatMap(([name, each]) => (typeof each === "string" ? [[name, text(each)]] : [])));
}
