/** All that has come in since the launch, and who wants to know of it. */

import type { Call, Message, Messages, Values, Violation } from "./messages.ts";

/** A file of the content that was fetched. */
export interface Fetched {
  readonly path: string;
  readonly bytes: number;
  readonly status: number;
  readonly ms: number;
}

/** What is wrong with a statement, and where in it. */
export interface Problem {
  readonly where: string;
  readonly text: string;
  readonly rule: string;
}

/** A request that the LRS has answered. */
export interface Exchange {
  readonly at: string;
  readonly method: string;
  readonly resource: string;
  readonly query: string;
  readonly status: number;
  readonly ms: number;
  readonly problems: readonly Problem[];
  readonly statement: unknown;
}

export type Topic = "launched" | "hello" | "calls" | "values" | "place" | "done" | "barriers" | "console" | "changed" | "exchanges" | "fetched";

export interface Board {
  calls: Call[];
  values: Values;
  committed: Values;
  /** The elements that content has set. */
  touched: Set<string>;
  hello: Messages["hello"] | undefined;
  place: Messages["where"];
  finished: boolean;
  violations: readonly Violation[] | undefined;
  violationError: string;
  console: Messages["message"][];
  changed: Messages["changed"] | undefined;
  exchanges: Exchange[];
  fetched: Fetched[];
  /** When the launch began, and how long it took until the content was there, in milliseconds. */
  launched: number;
  loaded: number | undefined;
  readonly on: (topic: Topic, act: () => void) => void;
  readonly tell: (topic: Topic) => void;
}

/** Older lines of these make room for new ones. */
export const MOST_CALLS = 50_000;
export const MOST_LINES = 5_000;

export function createBoard(): Board {
  const listeners = new Map<Topic, (() => void)[]>();
  return {
    ...blank(),
    exchanges: [],
    on: (topic, act) => void listeners.set(topic, [...(listeners.get(topic) ?? []), act]),
    tell: (topic) => listeners.get(topic)?.forEach((act) => act()),
  };
}

const blank = () => ({
  calls: [] as Call[],
  values: {} as Values,
  committed: {} as Values,
  touched: new Set<string>(),
  hello: undefined,
  place: { url: "", title: "" },
  finished: false,
  console: [] as Messages["message"][],
  changed: undefined,
  violations: undefined,
  violationError: "",
  fetched: [] as Fetched[],
  launched: performance.now(),
  loaded: undefined,
});

/** A launch: what earlier ones said is gone, but for the LRS's requests, which stay until they are cleared. */
export function begin(board: Board): void {
  Object.assign(board, blank());
  board.tell("launched");
}

export function keep<Line>(lines: Line[], line: Line, most = MOST_LINES): void {
  lines.push(line);
  if (lines.length > most) lines.splice(0, lines.length - most + most / 10);
}

/** Takes down what the LMS page says. */
export function note(board: Board, message: Message): void {
  switch (message.kind) {
    case "hello":
      board.hello = message;
      board.committed = board.values = message.kept;
      board.finished = false;
      board.tell("hello");
      return board.tell("values");
    case "call":
      keep(board.calls, message.call, MOST_CALLS);
      if (/SetValue$/.test(message.call.name) && message.call.answer === "true") board.touched.add(String(message.call.given[0]));
      if (/Initialize$/.test(message.call.name) && message.call.answer === "true" && board.finished) {
        board.finished = false;
        board.tell("done");
      }
      return board.tell("calls");
    case "values":
      board.values = message.values;
      board.committed = message.committed;
      return board.tell("values");
    case "where":
      board.place = message;
      board.loaded ??= performance.now() - board.launched;
      return board.tell("place");
    case "done":
      board.finished = message.finished;
      return board.tell("done");
    case "axe":
      board.violations = message.violations;
      board.violationError = message.error;
      return board.tell("barriers");
    case "message":
      keep(board.console, message);
      return board.tell("console");
    case "changed":
      board.changed = message;
      return board.tell("changed");
  }
}
