/**
 * The words that the compiler, the tracker, the adapters and the views share. Types only: nothing here
 * reaches a package.
 */

import type { Kept } from "./kept.ts";

export type Format = "scorm12" | "xapi" | "cmi5" | "web";

/** What the learner may do here: only in "normal" is anything reported. */
export type Mode = "normal" | "browse" | "review";

/**
 * Why the last save did not succeed. "offline": there is no network. "expired": the other side no longer knows
 * the session, and only a new launch helps. "refused": it answers, and will not take what it is given.
 * "failed": everything else. All are tried again.
 */
export type Trouble = "failed" | "offline" | "expired" | "refused";

/**
 * "no-lms": nobody to report to. "connected": there is, after all. A trouble: the last save failed and is tried
 * again. "saved": it has now succeeded. "ended": the session is over, and nothing more is saved.
 */
export type Notice = Trouble | "no-lms" | "connected" | "saved" | "ended";

/** What comes with a notice. */
export interface Unsaved {
  /** Answers that are not saved yet. */
  readonly answers: number;
  /** This browser keeps what is not saved until the next launch. */
  readonly kept: boolean;
}

/** How a save ended; `state`: one that turned up on the other side, to be merged and saved again. */
export type Saved = true | Trouble | { readonly state: string };

// The JSON island `kurspakke-data`, written by the compiler.

export interface PackageData {
  readonly v: 1;
  readonly format: Format;
  /** Language of the package, a BCP 47 tag. */
  readonly lang: string;
  /** "kurspakke x.y.z" */
  readonly tool: string;
  /** What is launched: a module or, combined, the whole course. */
  readonly unit: UnitData;
  readonly course: CourseData;
  readonly modules: readonly ModuleData[];
  /** Captions by component: [from, to, text], times in seconds. */
  readonly captions: Readonly<Record<string, readonly Cue[]>>;
  /** How each survey is scored, by component; left out where there are none. */
  readonly surveys?: Readonly<Record<string, SurveyData>>;
  /** How the LMS wants to be told, where that differs from what works everywhere (adapters/reporting.ts). */
  readonly reporting?: Readonly<Record<string, string>>;
  /** Characters beside the longest possible state that the LMS has room for; left out where there is no LMS. */
  readonly room?: number;
  /** Texts of the interface by key, in the language of the package. */
  readonly words: Readonly<Record<string, string>>;
}

export interface SurveyData {
  readonly scale: { readonly min: number; readonly max: number };
  /** Each statement is answered twice: for now and for the ambition. */
  readonly ambition: boolean;
  /** The steps of a staircase, the lowest first; empty when there is none. */
  readonly steps: readonly SurveyGroup[];
  /** The dimensions of a profile; empty when there is none. */
  readonly dimensions: readonly SurveyGroup[];
  readonly items: readonly {
    readonly id: string;
    readonly step: string | null;
    readonly dimension: string | null;
    readonly weight: number;
    readonly reversed: boolean;
  }[];
  /** Percent of a group's items that must be answered for a score. */
  readonly min_answered: number;
  /** [lowest score in tenths of a point, id of the group it is about or null for all, true if it says where one stands] */
  readonly thresholds: readonly (readonly [tenths: number, about: string | null, position?: true])[];
}

export interface SurveyGroup {
  readonly id: string;
  readonly title: string;
}

export interface UnitData {
  readonly id: string;
  readonly title: string;
  /** Activity IRI. */
  readonly activity: string;
}

export interface CourseData extends UnitData {
  readonly version: string;
}

export type Requirement = "pages" | "questions" | "mastery";

export interface ModuleData extends UnitData {
  readonly minutes?: number;
  /** All of these must hold for the module to be done; an empty list means ["pages"]. */
  readonly require: readonly Requirement[];
  /** Lowest passing share of right answers, 0 to 1. */
  readonly mastery: number | null;
  /** A page opens when the pages before it are done; left out where all are open. */
  readonly in_order?: true;
  readonly pages: readonly PageData[];
  readonly questions: readonly QuestionData[];
  /** Left out where there are none. Where there are, they alone make the score. */
  readonly assessments?: readonly AssessmentData[];
}

export interface PageData {
  /** `<module>.<page>`, also the DOM id. */
  readonly id: string;
  /** Three characters of base64url, unique in the package: the page's name in the learner's state. */
  readonly key: string;
  readonly title: string;
  readonly minutes?: number | null;
}

export interface QuestionData {
  /** `<module>.<component>`, also the DOM id. */
  readonly id: string;
  /** As `PageData.key`; pages and questions share one set of keys. */
  readonly key: string;
  /** The page it stands on. */
  readonly page: string;
  /** Likert: an opinion, which is neither right nor wrong and has no part in completion or score. */
  readonly type: "choice" | "true-false" | "fill-in" | "numeric" | "matching" | "sequencing" | "likert";
  readonly title: string;
  /** What is chosen among, matched with targets or put in order; empty where the answer is typed or true-false. */
  readonly choices: readonly PartData[];
  /** Only for matching. */
  readonly targets?: readonly PartData[];
  /** For fill-in: case and spaces count. */
  readonly exact?: true;
  /**
   * Choice: ids of the right options; sequencing: all ids in order; true-false: "true" or "false"; matching:
   * each choice with its target, "a.1"; fill-in: the accepted answers; numeric: lowest and highest right
   * number ("" for none) and, where there is one, the number itself; likert: nothing.
   */
  readonly correct: readonly string[];
}

/** Questions that are drawn from a bank, answered in one attempt and judged together when it is handed in. */
export interface AssessmentData {
  /** `<module>.<component>`, also the DOM id. */
  readonly id: string;
  /** As `PageData.key`. */
  readonly key: string;
  readonly page: string;
  readonly title: string;
  /** Questions in an attempt: never more than the bank holds. */
  readonly draw: number;
  /** The questions come in another order in each attempt. */
  readonly shuffle: boolean;
  /** So do the options of a choice. */
  readonly shuffle_options: boolean;
  /** null: without limit. */
  readonly attempts: number | null;
  /** Lowest passing share, 0 to 1; null: the module's, if it has one. */
  readonly pass: number | null;
  /** When the learner may see what was right. */
  readonly review: "after-attempt" | "after-last-attempt" | "never";
  readonly bank: readonly QuestionData[];
}

export interface PartData {
  /** One character of [a-z0-9]. */
  readonly id: string;
  readonly text: string;
}

/** How a film or a recording is played, in the terms of the xAPI Video Profile 1.0; times in seconds. */
export interface Watching {
  readonly verb: "initialized" | "played" | "paused" | "seeked" | "completed" | "terminated";
  /** `<module>.<component>` */
  readonly id: string;
  readonly title: string;
  /** Time watched in this session, in milliseconds; what is seen twice counts twice. */
  readonly watched: number;
  /** Extensions of the result, by the last part of their names; null where the profile has none. */
  readonly result: Readonly<Record<string, string | number>> | null;
  /** Extensions of the context, likewise. */
  readonly about: Readonly<Record<string, string | number>>;
}

export type Cue = readonly [from: number, to: number, text: string];

// What the views see.

export interface Opening {
  /** Somebody (an LMS, an LRS; for web the browser's storage) keeps what is reported. */
  readonly connected: boolean;
  /** The learner has been here before. */
  readonly resumed: boolean;
  /** Id of the page to open; null: the first one. */
  readonly page: string | null;
  /** Page ids. */
  readonly visited: ReadonlySet<string>;
  /** Question id → response: what was chosen, as `QuestionData.correct` writes it; what was typed; a number. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
  readonly mode: Mode;
  /** What the learner has wanted kept beside the state, as `Tracker.keep` took it; "" for nothing. */
  readonly notes: string;
  /** The learner wants no sound to begin with. */
  readonly muted?: boolean;
}

export interface ModuleProgress {
  readonly id: string;
  readonly visited: number;
  readonly pages: number;
  readonly answered: number;
  readonly questions: number;
  readonly right: number;
  /** 0 to 100; null while nothing is answered or there is nothing to answer. */
  readonly score: number | null;
  /** Done once is done for ever, also when a later version of the package adds pages. */
  readonly done: boolean;
  /** Its assessments, if any, in order; `questions` and `answered` are about the others. */
  readonly assessments?: readonly Sitting[];
}

/** How the learner stands with an assessment. */
export interface Sitting {
  readonly assessment: AssessmentData;
  /** The attempt under way or handed in last, from 1; 0 before the first. */
  readonly attempt: number;
  /** It is under way. */
  readonly open: boolean;
  /** Percent in the best attempt that is handed in; null before the first. */
  readonly best: number | null;
  /** Attempts left besides this one; Infinity where there is no limit. */
  readonly left: number;
}

/** A sitting with its questions. */
export interface Paper extends Sitting {
  /** The questions of this attempt in their order; none before the first. */
  readonly questions: readonly QuestionData[];
  readonly answers: ReadonlyMap<string, readonly string[]>;
  /** The options of a question in the order of this attempt. */
  options(question: QuestionData): readonly string[];
  /** Right answers in this attempt, and what they are in percent. */
  readonly right: number;
  readonly score: number;
  /** Lowest passing share (0 to 1), from the LMS or the course; null: there is none. */
  readonly limit: number | null;
}

export interface Assessments {
  paper(id: string): Paper | null;
  /** A new attempt; the answers of the one before go. Nothing happens where one is under way or none is left. */
  begin(id: string): void;
  /** Remembers an answer of the attempt under way without judging it; an empty one is taken away. */
  keep(id: string, question: string, response: readonly string[]): void;
  /** Judges and reports the attempt under way. `spent`: milliseconds by question; NaN or left out: not known. */
  handIn(id: string, spent: ReadonlyMap<string, number>): void;
}

export interface Tracker {
  /** Finds the LMS and the learner's state. Never rejects; may take some seconds when an LMS is late. */
  open(): Promise<Opening>;
  /** The page is shown. Unknown ids are ignored. */
  visit(page: string): void;
  /**
   * Remembers and reports an answer; true when it is right, null for an opinion. A later answer to the same
   * question replaces it.
   */
  answer(question: string, response: readonly string[], milliseconds: number): boolean | null;
  /** null in packages without. */
  readonly assessments: Assessments | null;
  progress(): readonly ModuleProgress[];
  /** What the learner has written is to be kept beside the state: coded, without a full stop; "" for nothing. */
  keep(notes: string): void;
  /**
   * A film or a recording is played. Reported with what comes next, or some seconds later; never kept in the state.
   * False when nobody is to hear of it, or nobody yet.
   */
  watch(watching: Watching): boolean;
  /** The listener is called as the session is about to end: the last moment to report something. */
  onEnd(listener: () => void): void;
  /** The listener hears at once about a notice that still holds. */
  onNotice(listener: (notice: Notice, unsaved: Unsaved) => void): void;
  /**
   * The listener hears when more is known than before: another window of the same learner is at work, or the
   * LMS turned up late.
   */
  onNews(listener: (opening: Opening) => void): void;
  /** The learner leaves by own choice: reports and ends the session, once. */
  leave(): void;
}

// What the adapters see.

/** How far the learner has come. Decided by the core alone; adapters translate it. */
export interface Standing {
  /** Everything that the package requires has been fulfilled, now or in an earlier session. */
  readonly done: boolean;
  /**
   * true: the required result is reached; false: all is answered and it is not; null: not decided, or none is
   * required.
   */
  readonly success: boolean | null;
  /** 0 to 100; null while there is no score to report. */
  readonly score: number | null;
  /** A result is demanded, everything else is done, and the result is too low. */
  readonly failed: boolean;
}

export interface Report extends Standing {
  /** Id of the page that is shown; "" before the first. */
  readonly page: string;
  /** The learner's state, encoded; no two reports carry the same text. */
  readonly state: string;
  /** Time in this session with the page in sight, in milliseconds. */
  readonly active: number;
  /** Time since this session began, in milliseconds. */
  readonly elapsed: number;
  /** Time in sight in all sessions, in milliseconds. */
  readonly total: number;
}

/** What happened, in the order it happened. */
export type LearnerEvent =
  | { readonly kind: "page"; readonly at: Date; readonly module: ModuleData; readonly page: PageData }
  | {
      readonly kind: "answer";
      readonly at: Date;
      readonly module: ModuleData;
      readonly question: QuestionData;
      readonly response: readonly string[];
      /** null for an opinion. */
      readonly right: boolean | null;
      /** 0: not known. */
      readonly milliseconds: number;
      /** How many answers were reported before this one, in all sessions. */
      readonly index: number;
    }
  /** More of a module's pages have been visited than ever before: whole percent of them, 1 to 100. */
  | { readonly kind: "progress"; readonly at: Date; readonly module: ModuleData; readonly percent: number }
  | { readonly kind: "media"; readonly at: Date; readonly module: ModuleData; readonly watching: Watching }
  /** Each at most once in the learner's life with this package. */
  | {
      readonly kind: "completed" | "passed";
      readonly at: Date;
      readonly score: number | null;
      readonly total: number;
    }
  /** At most once a session, as it ends. */
  | { readonly kind: "failed"; readonly at: Date; readonly score: number | null; readonly total: number };

export type AnswerEvent = Extract<LearnerEvent, { kind: "answer" }>;

/** What an adapter found out while connecting. */
export interface Connection {
  readonly connected: boolean;
  /** What the learner ought to know from the start. */
  readonly notice: Notice | null;
  readonly mode: Mode;
  /** The state as it was stored; "" or null when there is none. */
  readonly state: string | null;
  /** The stored bookmark, a page id, when it is kept apart from the state. */
  readonly page: string | null;
  /** What the other side already holds; null when it does not say. */
  readonly status: "not attempted" | "incomplete" | "completed" | "passed" | "failed" | null;
  /** The lowest passing share (0 to 1) that the LMS demands instead of the package's own. */
  readonly mastery?: number | null;
  /** Where the learner is to be sent on leaving by own choice. */
  readonly back?: string | null;
  /** Where this browser keeps what the other side has not taken yet, when the adapter has nothing of its own. */
  readonly kept?: Kept | null;
  /** The learner has asked the LMS for no sound. */
  readonly muted?: boolean;
}

/** One per standard. Adapters never throw and never reject: what fails is told. */
export interface Adapter {
  connect(data: PackageData): Promise<Connection>;
  /**
   * The session begins: called once, after `connect`, when connected; `resumed`: the learner has been here
   * before; `news`: this browser knew more than the other side.
   */
  begin(report: Report, resumed: boolean, news: boolean): void;
  /** Takes note of an event; it goes out with the next `save` or `finish`. */
  record(event: LearnerEvent): void;
  /**
   * Takes note of an answer that another window or an earlier session gave, and which may not have been
   * reported. Left out where the adapter keeps a queue of its own.
   */
  repeat?(event: AnswerEvent): void;
  /** So many answers the other side says it has; 0 when it does not say, and left out where none is lost. */
  rows?(): number;
  /**
   * Looks on for the other side after `connect` has given up; null when it does not turn up. Left out where
   * there is nothing to wait for.
   */
  late?(): Promise<Connection | null>;
  /**
   * Reports and commits. `leaving`: the page is being hidden, what is sent must outlive it.
   */
  save(report: Report, leaving: boolean): Promise<Saved>;
  /**
   * The last report of the session. `leaving` as for `save`: whatever can be sent is sent before it returns.
   * Resolves to true when all of it is known to be saved.
   */
  finish(report: Report, leaving: boolean): Promise<unknown>;
  /**
   * The page came back from the browser's back/forward cache after `finish`: true when reporting may go on.
   */
  reopen(): boolean;
}
