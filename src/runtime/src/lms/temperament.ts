/** What LMSs differ in, as one row of data: `profiles/*.yaml` have it under `stand_in`, and `standins.py` hands it over. */

export interface Temperament {
  /** The most characters (UTF-16 units) that it takes of each. */
  readonly suspend_data: number;
  readonly lesson_location: number;
  readonly student_response: number;
  readonly comments: number;
  /** Whether values are held to the data types of the standard. */
  readonly types: "checked" | "unchecked";
  /** Whether LMSGetLastError tells of errors; `silent`: it answers 0 to all. */
  readonly errors: "told" | "silent";
  /** What `cmi.core.entry` says, whatever it ought to; `told`: what it ought to. */
  readonly entry: "told" | "ab-initio" | "";
  /** What `cmi.core.lesson_status` says when it is read; `blank`: nothing. */
  readonly status: "told" | "blank";
  /** How it writes the learner's name. */
  readonly name: "family-first" | "given-first";
  /** When values are kept: at LMSCommit and LMSFinish, or with each LMSSetValue, and those two do nothing. */
  readonly saves: "commit" | "each-set";
  /** What a commit sends: everything, or what differs from the last commit, whether that arrived or not. */
  readonly sends: "all" | "changes";
  /** What LMSCommit answers when the LMS can't be reached. */
  readonly unreached: "false" | "true";
  /** Whether the API has LMSFinish. */
  readonly finish: "there" | "missing";
  /** What the status becomes at the end of a session in which none was set. */
  readonly unset_status: "kept" | "completed";
  /** Where a pass mark in the manifest decides at the end of a session with a score: where no status was set, always, or never. */
  readonly mastery: "judges-unset" | "overrides" | "ignored";
  /** How the package opens after passed, completed or failed. */
  readonly after_done: "normal" | "review";
  /** When a score counts: whenever it comes, or only with a status that ends the course after it. */
  readonly score_counts: "always" | "before-status";
  /** Where the package opens. */
  readonly opens: "frame" | "window";
  /** Whether the event `unload` comes when the page is left. */
  readonly unload: "allowed" | "blocked";
  /** Minutes without a call until the session has expired; 0: never. */
  readonly session_minutes: number;
}

/** SCORM 1.2 to the letter: what holds where nothing is known of an LMS. */
export const STRICT: Temperament = {
  suspend_data: 4096,
  lesson_location: 255,
  student_response: 255,
  comments: 4096,
  types: "checked",
  errors: "told",
  entry: "told",
  status: "told",
  name: "family-first",
  saves: "commit",
  sends: "all",
  unreached: "false",
  finish: "there",
  unset_status: "completed",
  mastery: "judges-unset",
  after_done: "normal",
  score_counts: "always",
  opens: "frame",
  unload: "allowed",
  session_minutes: 0,
};

/** The temperament with what is known of an LMS, and the standard's behaviour for the rest. */
export function temperament(known: Partial<Temperament> | undefined): Temperament {
  return { ...STRICT, ...known };
}
