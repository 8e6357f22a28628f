/** What the inspector asks of the preview's server, below `/api`, and what the server tells unasked. */

import type { Exchange, Fetched, Problem } from "./board.ts";
import type { Learner } from "./inspection.ts";
import { callIn, list, number, record, text, values, type Call, type Values } from "./messages.ts";

export interface Finding {
  readonly rule: string;
  readonly name: string;
  readonly severity: "error" | "warning" | "note";
  readonly message: string;
  readonly hint: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly spec: string;
  readonly profiles: readonly string[];
}

/** A session of a learner's, as the LMS saw it. */
export interface Attempt {
  readonly learner: string;
  readonly sco: string;
  readonly number: number;
  readonly mode: string;
  readonly status: string;
  readonly score: string;
  readonly updated: string;
  readonly committed: Values;
  readonly calls: readonly Call[];
}

export interface Size {
  readonly files: number;
  readonly bytes: number;
  readonly packed: number;
  readonly largest: readonly { readonly path: string; readonly bytes: number; readonly packed: number }[];
}

export interface Change {
  readonly offers: readonly string[];
  readonly files: Readonly<Record<string, readonly string[]>>;
  readonly findings: readonly Finding[];
}

export interface Events {
  readonly change: (change: Change) => void;
  readonly request: (exchange: Exchange) => void;
  readonly fetched: (fetched: Fetched) => void;
}

export interface Server {
  readonly findings: () => Promise<Finding[]>;
  readonly attempts: () => Promise<Attempt[]>;
  readonly statements: () => Promise<Exchange[]>;
  readonly size: () => Promise<Size>;
  readonly reset: (learner: string) => Promise<void>;
  readonly enrol: (name: string) => Promise<Learner>;
  readonly trouble: (on: readonly string[]) => Promise<void>;
  /** Lets the learner off an AU, or ends what goes on in the package; the verbs of what the LMS has said. */
  readonly waive: (learner: string, unit: string, reason: string) => Promise<readonly string[]>;
  readonly abandon: (learner: string) => Promise<readonly string[]>;
  /** Calls back with what happens to this package from now on. */
  readonly listen: (events: Events) => void;
}

/** Throws what the server says is wrong, in its words. */
async function ask(address: string, options: RequestInit = {}): Promise<unknown> {
  const answer = await fetch(address, options);
  if (answer.ok) return answer.json();
  const said = record(await answer.json().catch(() => undefined));
  throw new Error(text(said?.["why"]) || `${answer.status} ${answer.statusText}`);
}

export function createServer(id: string): Server {
  const post = (body: object): RequestInit => ({ method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  return {
    findings: async () => list(await ask(`/api/findings/${id}`)).map(finding),
    attempts: async () => list(await ask(`/api/attempts/${id}`)).map(attempt),
    statements: async () => {
      const said = await ask(`/api/statements/${id}`);
      return list(record(said)?.["statements"] ?? said).map(kept);
    },
    size: async () => size(await ask(`/api/size/${id}`)),
    reset: async (learner) => void (await ask(`/api/attempts/${id}?${new URLSearchParams({ learner })}`, { method: "DELETE" })),
    enrol: async (name) => {
      const said = record(await ask("/api/learners", post({ name })));
      return { id: text(said?.["id"]), name: text(said?.["name"]) };
    },
    trouble: async (on) => void (await ask(`/api/trouble/${id}`, post({ on }))),
    waive: async (learner, unit, reason) => verbs(await ask(`/api/waive/${id}`, post({ learner, unit, reason }))),
    abandon: async (learner) => verbs(await ask(`/api/abandon/${id}`, post({ learner }))),
    listen: (events) =>
      new EventSource("/events").addEventListener("message", ({ data }: MessageEvent<string>) => {
        const event = record(JSON.parse(data));
        if (event?.["kind"] === "change") heardChange(id, event, events);
        else if (event?.["package"] !== id) return;
        else if (event["kind"] === "request") events.request(exchange(event));
        else if (event["kind"] === "fetched") events.fetched({ path: text(event["path"]), bytes: number(event["bytes"]), status: number(event["status"]), ms: number(event["ms"]) });
      }),
  };
}

/** A change of this package, or errors in the source, which may be this package's. */
function heardChange(id: string, event: Readonly<Record<string, unknown>>, events: Events): void {
  const offers = list(event["offers"]).map(text);
  const findings = list(event["findings"]).map(finding);
  const files = list(record(event["files"])?.[id]).map(text);
  events.change({ offers, findings, files: { [id]: files } });
}

function finding(value: unknown): Finding {
  const raw = record(value) ?? {};
  const place = record(raw["location"]) ?? {};
  const severity = raw["severity"];
  return {
    rule: text(raw["rule"]),
    name: text(raw["name"]),
    severity: severity === "error" || severity === "warning" ? severity : "note",
    message: text(raw["message"]),
    hint: text(raw["hint"]),
    path: text(place["path"]),
    line: number(place["line"]),
    column: number(place["column"]),
    spec: text(raw["spec"]),
    profiles: list(raw["profiles"]).map(text),
  };
}

function attempt(value: unknown): Attempt {
  const raw = record(value) ?? {};
  return {
    learner: text(raw["learner"]),
    sco: text(raw["sco"]),
    number: number(raw["number"]),
    mode: text(raw["mode"]),
    status: text(raw["status"]),
    score: text(raw["score"]),
    updated: text(raw["updated"]),
    committed: values(raw["committed"]),
    calls: list(raw["calls"]).flatMap((each) => callIn(each) ?? []),
  };
}

function size(value: unknown): Size {
  const raw = record(value) ?? {};
  const largest = list(raw["largest"]).map((each) => {
    const file = record(each) ?? {};
    return { path: text(file["path"]), bytes: number(file["bytes"]), packed: number(file["packed"]) };
  });
  return { files: number(raw["files"]), bytes: number(raw["bytes"]), packed: number(raw["packed"] ?? raw["zip_bytes"]), largest };
}

function exchange(raw: Readonly<Record<string, unknown>>): Exchange {
  return {
    at: text(raw["at"]),
    method: text(raw["method"]),
    resource: text(raw["resource"]),
    query: text(raw["query"]),
    status: number(raw["status"]),
    ms: number(raw["ms"]),
    problems: list(raw["problems"]).map(problem),
    statement: raw["statement"],
  };
}

/** A statement that the LRS holds: as if its request had been seen. */
function kept(value: unknown): Exchange {
  const raw = record(value) ?? {};
  const statement = raw["statement"] ?? raw;
  const at = text(raw["at"] ?? record(statement)?.["stored"]);
  return { at, method: "", resource: "statements", query: "", status: 0, ms: 0, problems: list(raw["problems"]).map(problem), statement };
}

/** The last parts of the verbs' names. */
function verbs(value: unknown): readonly string[] {
  return list(value).map((each) => text(record(record(record(each)?.["statement"])?.["verb"])?.["id"]).split("/").pop() ?? "");
}

function problem(value: unknown): Problem {
  const raw = record(value) ?? {};
  return { where: text(raw["where"] ?? raw["path"]), text: text(raw["text"]), rule: text(raw["rule"] ?? raw["clause"]) };
}
