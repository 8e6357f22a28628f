/** What passes between content and an LMS, whichever version of SCORM they speak. */

import type { Words } from "./types.ts";

/** A call: when (milliseconds since the page began), what, and how it ended; `before` is the value that a set replaced. */
export interface Call {
  readonly at: number;
  readonly name: string;
  readonly given: readonly unknown[];
  readonly answer: string;
  readonly error: string;
  readonly diagnostic: string;
  readonly before?: string | undefined;
}

export type Values = Readonly<Record<string, string>>;

/** What content sees, and beside it what the LMS itself knows. */
export interface Lms {
  readonly api: Readonly<Record<string, (...given: unknown[]) => string>>;
  readonly calls: readonly Call[];
  /** Everything that has been set, committed or not. */
  readonly values: () => Values;
  readonly committed: () => Values;
}

/** How a call ends. */
export interface Outcome<Code extends string> {
  readonly answer: string;
  readonly error: Code;
  readonly why?: Words | undefined;
  readonly before?: string | undefined;
}

/** What became of values that were to be kept: whether they are, and what content is told of it. */
export interface Kept {
  readonly stored: boolean;
  readonly answer: "true" | "false";
  readonly why?: Words | undefined;
}

/** Keeps what content commits; `finished` when the session ends with it. */
export type Keep = (values: Values, finished: boolean) => Kept;

/** Keeps everything, and says so. */
export const keepAll: Keep = () => ({ stored: true, answer: "true" });

export const say = (nb: string, en: string): Words => ({ nb, en });
