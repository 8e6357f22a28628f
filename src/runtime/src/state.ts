/**
 * The learner's state as text, format 1: printable ASCII that an LMS keeps between sessions.
 *
 *   state    = "1" checksum payload
 *   checksum = 4 base64url                ; 24 bits, highest first: (h >>> 24) xor (h and 0xFFFFFF),
 *                                         ; where h is FNV-1a 32 over the payload
 *   payload  = section *( "." section )   ; in any order; written in this order, empty ones left out
 *   section  = "n" number                 ; change counter, 1-4 digits, starts again at 0 after 36^4 - 1
 *            / "o" 4 base64url            ; origin: random, made at the first start: tells attempts apart
 *            / "p" key                    ; the saved page
 *            / "v" 1*key                  ; pages visited
 *            / "a" answer *( "," answer )
 *            / "d" module *( "," module ) ; ids of modules that are done
 *            / "s" 1*2flag                ; what has been reached: "c" completed, "p" passed, in that order
 *            / "t" number                 ; seconds spent with the page in sight, 1-6 digits
 *            / "i" number                 ; answers reported so far, 1-4 digits
 *            / "k" notes                  ; only if the learner wants it: what they have written (notecode.ts)
 *            / "q" sitting *( "," sitting )
 *            / %x61-7A *any               ; of a later version: skipped
 *   key      = 3 base64url
 *   answer   = key response
 *   response = *( [a-z0-9] )              ; choice and likert: ids of the chosen options, sorted; sequencing:
 *                                         ; ids in the learner's order; matching: each id with its target's
 *            / "t" / "f"                  ; true-false
 *            / ["-"] 1*DIGIT ["_" 1*DIGIT]; numeric: "_" is the decimal point; at most 20 characters
 *            / 1*sign ["~"]               ; fill-in: at most 80 characters; "~" at the end: cut
 *   sign     = [A-Za-z0-9] / "-"
 *            / "_"                        ; space
 *            / "*" [aeoAEOdc]             ; å æ ø Å Æ Ø, full stop, comma
 *            / "~" 4( [0-9a-f] )          ; any other UTF-16 unit
 *   sitting  = key phase attempt ["_" best] ; an assessment that has been begun
 *   phase    = "u" / "h"                 ; under way, handed in
 *   attempt  = number                    ; from 1, 1-2 digits; the answers of this attempt stand in "a"
 *   best     = number                    ; best result in percent, 1-2 digits
 *   number   = base 36, lower case
 *
 * Keys, not positions, name pages and questions: a later version of the course may move, add and remove them.
 *
 * Longest possible state of a package with P pages, questions with responses of at most n characters each
 * (choice and sequencing: one for each option; matching: two for each source; true-false and likert: 1;
 * numeric: 20; fill-in: 80) and modules whose ids have m characters:
 *
 *   43 + 3 P + sum over questions (4 + n) + sum over modules (1 + m) [ + 1 + 10 Q ]
 *
 * 39 for "1", checksum, n, o, p, s, t, i at their longest with the dots between them; ".v", ".a" and ".d" add
 * 2 each; lists have one comma fewer than items. (A package without questions needs one character less than
 * the formula says.) Q assessments, where there are any: ".q", and 9 and a comma each. Of the questions in the bank
 * of an assessment only as many count as are drawn: those with the longest responses. The notes come on top, where
 * there is room for them.
 */

import { base64url24, fnv1a } from "./hash.ts";

export interface LearnerState {
  readonly counter: number;
  readonly origin: string;
  /** Key of the saved page, or "". */
  readonly page: string;
  /** Keys of visited pages. */
  readonly visited: readonly string[];
  /** Question key → response, as the grammar has it. */
  readonly answers: Readonly<Record<string, string>>;
  /** Ids of modules that are done. */
  readonly done: readonly string[];
  readonly completed: boolean;
  readonly passed: boolean;
  /** Seconds spent in all sessions. */
  readonly seconds: number;
  /** Answers reported in all sessions. */
  readonly reported: number;
  /** What the learner has written and wants kept here too, coded; "" where they don't. */
  readonly notes: string;
  /** Assessments that have been begun, each as the grammar has a sitting; left out where there are none. */
  readonly assessments?: readonly string[];
}

const KEY = 3;
const COUNTER_END = 36 ** 4;
const REPORTED_MAX = 36 ** 4 - 1;
const SECONDS_MAX = 36 ** 6 - 1;

export function encode(state: LearnerState): string {
  const answers = Object.entries(state.answers).map(([key, response]) => key + response);
  const sections = [
    "n" + (state.counter % COUNTER_END).toString(36),
    "o" + state.origin,
    "p" + state.page,
    "v" + state.visited.join(""),
    "a" + answers.join(","),
    "d" + state.done.join(","),
    "s" + (state.completed ? "c" : "") + (state.passed ? "p" : ""),
    "t" + whole(state.seconds, SECONDS_MAX),
    "i" + whole(state.reported, REPORTED_MAX),
    "k" + state.notes,
    "q" + (state.assessments ?? []).join(","),
  ];
  const payload = sections.filter((section) => section.length > 1).join(".");
  return "1" + checksum(payload) + payload;
}

/** The state in a text; null for anything that is not an undamaged state of format 1. */
export function decode(text: string | null | undefined): LearnerState | null {
  const parts = /^1([\w-]{4})([!-~]+)$/.exec((text ?? "").trim());
  if (!parts || checksum(parts[2]!) !== parts[1]) return null;
  const body: Record<string, string> = {};
  for (const section of parts[2]!.split(".")) body[section.charAt(0)] ??= section.slice(1);
  const answers: Record<string, string> = {};
  for (const answer of list(body["a"])) answers[answer.slice(0, KEY)] = answer.slice(KEY);
  return {
    counter: number(body["n"]),
    origin: body["o"] ?? "",
    page: body["p"] ?? "",
    visited: body["v"]?.match(/.../g) ?? [],
    answers,
    done: list(body["d"]),
    completed: /c/.test(body["s"] ?? ""),
    passed: /p/.test(body["s"] ?? ""),
    seconds: number(body["t"]),
    reported: number(body["i"]),
    notes: body["k"] ?? "",
    ...(body["q"] ? { assessments: list(body["q"]) } : {}),
  };
}

function checksum(payload: string): string {
  const hash = fnv1a(payload);
  return base64url24((hash >>> 24) ^ (hash & 0xffffff));
}

function whole(value: number, max: number): string {
  const rounded = Math.min(max, Math.floor(value));
  return rounded > 0 ? rounded.toString(36) : "";
}

function number(text: string | undefined): number {
  return /^[0-9a-z]{1,6}$/.test(text ?? "") ? parseInt(text!, 36) : 0;
}

function list(text: string | undefined): string[] {
  return text ? text.split(",") : [];
}
