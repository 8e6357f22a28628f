/**
 * The rules of completion and score. Pure: what is visited and answered in, how far the learner has come out.
 */

import type { ModuleData, ModuleProgress, QuestionData, Sitting, Standing } from "./types.ts";

type Answers = ReadonlyMap<string, readonly string[]>;
/** The assessments of a module; null where it has none. */
type Exams = (module: ModuleData) => Exam | null;

/** What counts in a score. */
export interface Share {
  /** What is reached of `weight` hundredths; null while there is nothing to tell. */
  readonly points: number | null;
  /** Questions that count. */
  readonly weight: number;
  /** All that counts is answered. */
  readonly whole: boolean;
}

/** Assessments stand in for all other questions, which are practice beside them. */
export interface Exam extends Share {
  readonly sittings: readonly Sitting[];
}

/** Whether a response is right. */
export function isRight({ type, correct, exact }: QuestionData, response: readonly string[]): boolean {
  const [given = ""] = response;
  if (type === "sequencing") return response.join() === correct.join();
  if (type === "fill-in") return correct.some((text) => compared(text, exact) === compared(given, exact));
  if (type === "numeric") {
    const [low, high] = correct;
    return given !== "" && (!low || +given >= +low) && (!high || +given <= +high);
  }
  const chosen = new Set(response);
  return chosen.size === correct.length && correct.every((id) => chosen.has(id));
}

/** The same; null for an opinion. */
export function judged(question: QuestionData, response: readonly string[]): boolean | null {
  return isJudged(question) ? isRight(question, response) : null;
}

/** Opinions are no part of what has to be answered, nor of the score. */
export function isJudged(question: QuestionData): boolean {
  return question.type !== "likert";
}

/** Letters as they are compared: case and spaces count only in an exact answer. */
function compared(text: string, exact: true | undefined): string {
  const composed = text.normalize("NFC");
  return exact ? composed : composed.replace(/\s/g, "").toLowerCase();
}

/** How a module stands. */
interface Module extends Share {
  readonly progress: ModuleProgress;
  /** All that is required but the result. */
  readonly settled: boolean;
  /** The result is part of what is required. */
  readonly demanded: boolean;
  /** There is a limit to hold the result against. */
  readonly judged: boolean;
  /** The limit is reached; null until everything is answered. */
  readonly mastered: boolean | null;
}

export interface Tally extends Standing {
  readonly modules: readonly ModuleProgress[];
}

/**
 * How far the learner has come in the whole package. `done`: ids of modules that were done before. `mastery`:
 * the limit that the LMS demands instead of the modules' own, or null.
 */
export function tally(
  modules: readonly ModuleData[],
  visited: ReadonlySet<string>,
  answers: Answers,
  done: ReadonlySet<string>,
  mastery: number | null,
  exams: Exams = () => null,
): Tally {
  const states = modules.map((module) => count(module, visited, answers, done, mastery, exams(module)));
  const progress = states.map((state) => state.progress);
  const judged = states.filter((state) => state.judged);
  const finished = progress.every((module) => module.done);
  let success: boolean | null = null;
  if (judged.length && judged.every(({ mastered }) => mastered !== null)) {
    success = judged.every(({ mastered }) => mastered);
  } else if (mastery !== null && !sum(states, "weight") && finished) success = true;
  // With a limit, half a test has no result: some LMSs hold whatever they get against the limit at once.
  const ripe = states.every(({ whole, progress }) => whole || !(judged.length || progress.assessments));
  const begun = states.some(({ points }) => points !== null);
  return {
    modules: progress,
    done: finished,
    success,
    score: ripe && begun ? percent(sum(states, "points"), sum(states, "weight")) : null,
    failed:
      success === false &&
      states.every(({ settled }) => settled) &&
      (mastery !== null || states.some(({ demanded, mastered }) => demanded && mastered === false)),
  };
}

function count(
  module: ModuleData,
  visited: ReadonlySet<string>,
  answers: Answers,
  done: ReadonlySet<string>,
  mastery: number | null,
  exam: Exam | null,
): Module {
  const { id, pages, require } = module;
  const questions = module.questions.filter(isJudged);
  const seen = pages.filter((page) => visited.has(page.id)).length;
  const answered = questions.filter((question) => answers.has(question.id));
  const right = answered.filter((question) => isRight(question, answers.get(question.id)!)).length;
  const practised = answered.length === questions.length;
  const share = { points: answered.length ? 100 * right : null, weight: questions.length, whole: practised };
  const { points, weight, whole } = exam ?? share;
  const score = points === null ? null : percent(points, weight);
  const limit = mastery ?? module.mastery;
  // The limit is held against the rounded score: that is the number an LMS sees and compares too.
  const mastered = limit === null || score === null || !whole ? null : score / 100 >= limit;
  const demanded = require.includes("mastery") && weight > 0;
  const pagesAsked = require.includes("pages") || !require.length;
  const answersAsked = require.includes("questions");
  const settled =
    (!pagesAsked || seen === pages.length) &&
    (!answersAsked || (practised && whole)) &&
    (!demanded || whole);
  const progress = {
    id,
    visited: seen,
    pages: pages.length,
    answered: answered.length,
    questions: questions.length,
    right,
    score,
    done: done.has(id) || (settled && (!demanded || mastered === true)),
    ...(exam ? { assessments: exam.sittings } : {}),
  };
  return { progress, points, weight, whole, settled, demanded, judged: limit !== null && weight > 0, mastered };
}

/** Rounded half up; of hundredths. */
function percent(points: number, weight: number): number {
  return Math.round(points / weight);
}

function sum(modules: readonly Module[], part: "points" | "weight"): number {
  return modules.reduce((total, module) => total + (module[part] ?? 0), 0);
}
