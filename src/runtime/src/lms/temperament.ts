/**
 * What LMSs differ in, as one row of data. `profiles/*.yaml` have it under `stand_in`, with sources; `temperament.py` hands
 * it over by the same names.
 */

import type { Limits } from "./datamodel.ts";

/** Where else content would be refused: LMSs with their limits, and those that hold values to their types. */
export interface Elsewhere {
  readonly suspend_data: readonly (readonly [title: string, limit: number])[];
  readonly lesson_location: readonly (readonly [title: string, limit: number])[];
  readonly student_response: readonly (readonly [title: string, limit: number])[];
  readonly types: readonly string[];
}

/** The limits are the most characters (UTF-16 units) that it takes of each. */
export interface Temperament extends Limits {
  /** Whether values are held to the data types of the standard. */
  readonly types: "checked" | "unchecked";
  /** Whether elements that the standard does not have are refused. */
  readonly names: "checked" | "free";
  /** Whether LMSGetLastError tells of errors; `silent`: it answers 0 to all. */
  readonly errors: "told" | "silent";
  /** What `cmi.core.entry` says, whatever it ought to; `told`: what it ought to. */
  readonly entry: "told" | "ab-initio" | "";
  /** Elements that are read as nothing, whatever was set. */
  readonly blank: readonly string[];
  /** How it writes the learner's name. */
  readonly name: "family-first" | "given-first";
  /** When values are kept: at LMSCommit and LMSFinish, or with each LMSSetValue, and those two do nothing. */
  readonly saves: "commit" | "each-set";
  /** What a commit sends: everything, or what differs from the last commit, whether that arrived or not. */
  readonly sends: "all" | "changes";
  /** What LMSCommit answers while the LMS can't be reached. */
  readonly unreached: "false" | "true";
  /** Whether the API has LMSFinish. */
  readonly finish: "there" | "missing";
  /** What the status becomes at the end of a session in which none was set. */
  readonly unset_status: "kept" | "completed";
  /** When a pass mark in the manifest decides at the end of a session with a score: where no status was set, where it is completed, always, or never. */
  readonly mastery: "judges-unset" | "judges-completed" | "overrides" | "ignored";
  /** How the package opens after passed, completed or failed. */
  readonly after_done: "normal" | "review";
  /** What becomes of score and status that are written in review or browse mode. */
  readonly no_credit: "stored" | "dropped";
  /** When a score becomes a grade: always, once a status ends the course, or at LMSFinish. */
  readonly score_counts: "always" | "with-status" | "at-finish";
  /** What its reports make of the status failed. */
  readonly failed: "failed" | "incomplete";
  /** Where the package opens. */
  readonly opens: "frame" | "window";
  /** Whether the event `unload` comes when the page is left. */
  readonly unload: "allowed" | "blocked";
  /** Minutes without a call until the session has expired; 0: never. */
  readonly session_minutes: number;
  readonly elsewhere: Elsewhere;
}

/** SCORM 1.2 to the letter: what holds where nothing is known of an LMS. */
export const STRICT: Temperament = {
  suspend_data: 4096,
  lesson_location: 255,
  student_response: 255,
  comments: 4096,
  types: "checked",
  names: "checked",
  errors: "told",
  entry: "told",
  blank: [],
  name: "family-first",
  saves: "commit",
  sends: "all",
  unreached: "false",
  finish: "there",
  unset_status: "completed",
  mastery: "judges-unset",
  after_done: "normal",
  no_credit: "stored",
  score_counts: "always",
  failed: "failed",
  opens: "frame",
  unload: "allowed",
  session_minutes: 0,
  elsewhere: { suspend_data: [], lesson_location: [], student_response: [], types: [] },
};

/** The temperament with what is known of an LMS, and the standard's behaviour for the rest. */
export function temperament(known: Partial<Temperament> | undefined): Temperament {
  return { ...STRICT, ...known };
}
