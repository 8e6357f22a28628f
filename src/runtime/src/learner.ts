/**
 * One learner's way through one package: what is visited and answered, and what has been reached once and for
 * all.
 */

import { base64url24 } from "./hash.ts";
import type { Copy } from "./kept.ts";
import { pack, unpack } from "./response.ts";
import { judged, tally } from "./score.ts";
import { banksOf, createSittings } from "./sittings.ts";
import type { Sittings } from "./sittings.ts";
import type { Tally } from "./score.ts";
import { decode, encode } from "./state.ts";
import type { LearnerState } from "./state.ts";
import type {
  Connection,
  ModuleData,
  ModuleProgress,
  PackageData,
  PageData,
  QuestionData,
  Standing,
} from "./types.ts";

export interface Learner {
  readonly visited: ReadonlySet<string>;
  readonly answers: ReadonlyMap<string, readonly string[]>;
  /**
   * Takes up the thread: from what the LMS keeps (`stored`, the first that can be read) and the copies in this
   * browser, which know more where a save was lost. Returns the id of the saved page, or null.
   */
  restore(stored: readonly (string | null)[], copies: readonly Copy[], connection: Connection): string | null;
  /** Adds what another state knows of the same learner; what is answered here stands. */
  merge(text: string): void;
  /**
   * Adds what another window of the same learner has come to; its answers are the newest. `saved`: a state of
   * this attempt has been saved. Null when the other is in another attempt; true when one of the two may have
   * been saved without the other: it knew what was not known here, or both began side by side.
   */
  join(copy: Copy, saved: boolean): boolean | null;
  /** The other side has so many answers; false when it is as many as were reported, or more. */
  recount(rows: number): boolean;
  /** The copy belongs to this attempt. */
  knows(copy: Copy): boolean;
  resumed(): boolean;
  /** A copy in this browser was added to what the other side knew. */
  news(): boolean;
  page(id: string): { readonly module: ModuleData; readonly page: PageData } | undefined;
  question(id: string): { readonly module: ModuleData; readonly question: QuestionData } | undefined;
  visit(page: PageData): void;
  answer(
    question: QuestionData,
    response: readonly string[],
  ): { readonly right: boolean | null; readonly index: number };
  /** The attempts at assessments; null where there are none. */
  readonly sittings: Sittings | null;
  /** What has been reached since the last call. */
  reach(): ("completed" | "passed")[];
  standing(): Standing;
  failed(): boolean;
  progress(): readonly ModuleProgress[];
  /** What is kept beside the state, coded; "" for nothing. */
  notes(): string;
  keep(notes: string): void;
  /** The next state to keep; its change counter is one higher each time. */
  encode(active: number): string;
  /** Time in sight in all sessions, `active` milliseconds of them in this one. */
  total(active: number): number;
  /** A session of so many milliseconds has ended. */
  rest(active: number): void;
}

export function createLearner(data: PackageData): Learner {
  const pages = new Map(
    data.modules.flatMap((module) => module.pages.map((page) => [page.id, { module, page }] as const)),
  );
  const questions = new Map(
    data.modules.flatMap((module) =>
      [...module.questions, ...(ASSESSMENT ? banksOf(module) : [])].map(
        (question) => [question.id, { module, question }] as const,
      ),
    ),
  );
  const visited = new Set<string>();
  const answers = new Map<string, readonly string[]>();
  const done = new Set<string>();
  let counter = 0;
  let origin = base64url24(crypto.getRandomValues(new Uint32Array(1))[0]!);
  let current = "";
  let completed = false;
  let passed = false;
  let before = 0;
  let reported = 0;
  let news = false;
  let resumed = false;
  let mastery: number | null = null;
  /** null: nothing is known of them yet. */
  let notes: string | null = null;
  /**
   * The LMS says "done" and the answers are lost: it may hold a score that the first new answers would spoil.
   */
  let blind = false;
  const sittings = ASSESSMENT ? createSittings(data.modules, answers, () => origin, () => mastery) : null;

  const count = (): Tally => tally(data.modules, visited, answers, done, mastery, ASSESSMENT ? sittings!.exam : undefined);

  function add(state: LearnerState, newer = false): void {
    if (!resumed) origin = state.origin || origin;
    counter = Math.max(counter, state.counter);
    const outdated = ASSESSMENT ? sittings!.add(state) : null;
    for (const { page } of pages.values()) {
      if (state.visited.includes(page.key)) visited.add(page.id);
      if (state.page === page.key) current ||= page.id;
    }
    for (const { question } of questions.values()) {
      const response = state.answers[question.key];
      if (response === undefined || (answers.has(question.id) && !newer)) continue;
      if (ASSESSMENT && outdated!.has(question.id)) continue;
      const known = unpack(question, response);
      if (known) answers.set(question.id, known);
    }
    if (ASSESSMENT) sittings!.tidy();
    for (const module of data.modules) if (state.done.includes(module.id)) done.add(module.id);
    completed ||= state.completed;
    passed ||= state.passed;
    before = Math.max(before, state.seconds * 1000);
    reported = Math.max(reported, state.reported);
    notes = newer ? state.notes : (notes ?? state.notes);
    resumed = true;
  }

  return {
    visited,
    answers,

    restore(stored, copies, connection) {
      const kept = stored.map(decode).find((state) => state) ?? null;
      // An empty state in a connected LMS is a new attempt: what has been saved belongs to the one before.
      const lost = !connection.connected || stored.some((text) => text);
      const mine = copies.flatMap((copy) => {
        const state = decode(copy.state);
        return state && (!copy.saved || (kept ? state.origin === kept.origin : lost)) ? [state] : [];
      });
      news = mine.length > 0;
      // The attempt that the LMS knows comes first, and of one attempt the newest state.
      const known = ({ origin }: LearnerState): number => Number(origin === kept?.origin);
      const states = [...(kept ? [kept] : []), ...mine];
      states.sort((a, b) => known(b) - known(a) || b.counter - a.counter).forEach((state) => add(state));
      mastery = connection.mastery ?? null;
      blind = !states.length && (connection.status === "completed" || connection.status === "passed");
      completed ||= connection.status === "completed" || connection.status === "passed";
      passed ||= connection.status === "passed";
      return current || null;
    },

    merge(text) {
      const other = decode(text);
      if (other) add(other);
    },

    join(copy, saved) {
      const other = WEB ? null : decode(copy.state);
      if (!other) return null;
      const apart = other.origin !== origin;
      if (apart && (copy.saved || saved)) return null;
      if (other.origin < origin) origin = other.origin;
      const before = resumed;
      const size = visited.size + answers.size;
      resumed = true;
      add(other, true);
      resumed = before;
      return apart || visited.size + answers.size > size;
    },

    recount(rows) {
      const short = SCORM && rows < reported;
      if (SCORM) reported = rows;
      return short;
    },

    knows: ({ state, saved }) => !saved || decode(state)?.origin === origin,
    resumed: () => resumed,
    news: () => news,
    page: (id) => pages.get(id),
    question: (id) => questions.get(id),

    visit(page) {
      current = page.id;
      visited.add(page.id);
    },

    answer(question, response) {
      answers.set(question.id, [...response]);
      return { right: judged(question, response), index: reported++ };
    },

    sittings,

    reach() {
      const { modules, done: all, success } = count();
      const news: ("completed" | "passed")[] = [];
      for (const module of modules) if (module.done) done.add(module.id);
      if (all && !completed) {
        completed = true;
        news.push("completed");
      }
      // No result counts before the package is done: an LMS may close a course at "passed".
      if (completed && success && !passed) {
        passed = true;
        news.push("passed");
      }
      return news;
    },

    standing() {
      const { success, score, modules, failed } = count();
      const worse = blind && modules.some((module) => module.answered < module.questions);
      // A passed learner who tries again and does worse keeps the result: an LMS may hold a new score against
      // its limit.
      return {
        done: completed,
        success: passed || success,
        score: worse || (passed && success === false) ? null : score,
        failed: failed && !completed && !passed,
      };
    },

    failed: () => !passed && count().failed,
    progress: () => count().modules,
    notes: () => notes ?? "",

    keep(given) {
      notes = given;
    },

    encode(active) {
      counter += 1;
      const packed: Record<string, string> = {};
      for (const [id, response] of answers) {
        const { question } = questions.get(id)!;
        packed[question.key] = pack(question, response);
      }
      return encode({
        counter,
        origin,
        page: pages.get(current)?.page.key ?? "",
        visited: [...pages.values()].filter(({ page }) => visited.has(page.id)).map(({ page }) => page.key),
        answers: packed,
        done: [...done],
        completed,
        passed,
        seconds: (before + active) / 1000,
        reported,
        notes: notes ?? "",
        ...(ASSESSMENT ? { assessments: sittings!.written() } : {}),
      });
    },

    total: (active) => before + active,

    rest(active) {
      before += active;
    },
  };
}
