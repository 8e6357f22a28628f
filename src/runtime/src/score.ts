/**
 * The rules of completion and score. Pure: what is visited and answered in, how far the learner has come out.
 */

import type { ModuleData, ModuleProgress, QuestionData, Standing } from "./types.ts";

type Answers = ReadonlyMap<string, readonly string[]>;

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
interface Module {
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
): Tally {
  const states = modules.map((module) => count(module, visited, answers, done, mastery));
  const progress = states.map((state) => state.progress);
  const judged = states.filter((state) => state.judged);
  const [questions, answered] = [sum(progress, "questions"), sum(progress, "answered")];
  const finished = progress.every((module) => module.done);
  let success: boolean | null = null;
  if (judged.length && judged.every(({ mastered }) => mastered !== null)) {
    success = judged.every(({ mastered }) => mastered);
  } else if (mastery !== null && !questions && finished) success = true;
  // With a limit, half a test has no result: some LMSs hold whatever they get against the limit at once.
  const ripe = judged.length === 0 || answered === questions;
  return {
    modules: progress,
    done: finished,
    success,
    score: ripe ? percent(sum(progress, "right"), questions, answered) : null,
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
): Module {
  const { id, pages, require } = module;
  const questions = module.questions.filter(isJudged);
  const seen = pages.filter((page) => visited.has(page.id)).length;
  const answered = questions.filter((question) => answers.has(question.id));
  const right = answered.filter((question) => isRight(question, answers.get(question.id)!)).length;
  const score = percent(right, questions.length, answered.length);
  const all = answered.length === questions.length;
  const limit = mastery ?? module.mastery;
  // The limit is held against the rounded score: that is the number an LMS sees and compares too.
  const mastered = limit === null || score === null || !all ? null : score / 100 >= limit;
  const demanded = require.includes("mastery") && questions.length > 0;
  const pagesAsked = require.includes("pages") || !require.length;
  const answersAsked = require.includes("questions") || demanded;
  const settled = (!pagesAsked || seen === pages.length) && (!answersAsked || all);
  const progress = {
    id,
    visited: seen,
    pages: pages.length,
    answered: answered.length,
    questions: questions.length,
    right,
    score,
    done: done.has(id) || (settled && (!demanded || mastered === true)),
  };
  return { progress, settled, demanded, judged: limit !== null && questions.length > 0, mastered };
}

/** Rounded half up; null while there is nothing to tell. */
function percent(right: number, questions: number, answered: number): number | null {
  return answered ? Math.round((100 * right) / questions) : null;
}

function sum(modules: readonly ModuleProgress[], part: "questions" | "answered" | "right"): number {
  return modules.reduce((total, module) => total + module[part], 0);
}
