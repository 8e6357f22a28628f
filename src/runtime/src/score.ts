/** The rules of completion and score. Pure: what is visited and answered in, how far the learner has come out. */

import type { ModuleData, ModuleProgress, QuestionData, Standing } from "./types.ts";

type Answers = ReadonlyMap<string, readonly string[]>;

export function isRight(question: QuestionData, response: readonly string[]): boolean {
  const chosen = new Set(response);
  return chosen.size === question.correct.length && question.correct.every((id) => chosen.has(id));
}

/**
 * `mastery`: what the LMS demands instead of the module's own limit, or null. The limit is held against the rounded score, since
 * that is the number an LMS sees and compares too.
 */
export function moduleProgress(
  module: ModuleData,
  visited: ReadonlySet<string>,
  answers: Answers,
  mastery: number | null,
): Omit<ModuleProgress, "done"> & { readonly settled: boolean; readonly mastered: boolean | null } {
  const answered = module.questions.filter((question) => answers.has(question.id));
  const right = answered.filter((question) => isRight(question, answers.get(question.id)!)).length;
  const questions = module.questions.length;
  const seen = module.pages.filter((page) => visited.has(page.id)).length;
  const score = answered.length ? Math.round((100 * right) / questions) : null;
  const limit = mastery ?? module.mastery;
  const all = answered.length === questions;
  const needs = module.require;
  return {
    id: module.id,
    visited: seen,
    pages: module.pages.length,
    answered: answered.length,
    questions,
    right,
    score,
    settled:
      (seen === module.pages.length || !(needs.includes("pages") || !needs.length)) &&
      (all || !(needs.includes("questions") || needs.includes("mastery"))),
    mastered: limit === null || score === null || !all ? null : score / 100 >= limit,
  };
}

export interface Tally extends Standing {
  readonly modules: readonly ModuleProgress[];
  /** A result is demanded, everything else is done, and the result is too low. */
  readonly failed: boolean;
}

/** How far the learner has come in the whole package. `done`: ids of modules that were done before. */
export function tally(
  modules: readonly ModuleData[],
  visited: ReadonlySet<string>,
  answers: Answers,
  done: ReadonlySet<string>,
  mastery: number | null,
): Tally {
  const states = modules.map((module) => {
    const progress = moduleProgress(module, visited, answers, mastery);
    const demanded = progress.questions > 0 && module.require.includes("mastery");
    return { ...progress, demanded, done: done.has(module.id) || (progress.settled && (!demanded || progress.mastered === true)) };
  });
  const judged = states.filter((state, i) => state.questions && (mastery ?? modules[i]!.mastery) !== null);
  const questions = sum(states, "questions");
  const answered = sum(states, "answered");
  const finished = states.every((state) => state.done);
  let success: boolean | null = null;
  if (judged.length && judged.every((state) => state.mastered !== null)) success = judged.every((state) => state.mastered);
  if (mastery !== null && !questions && finished) success = true;
  return {
    modules: states.map(({ id, visited, pages, answered, questions, right, score, done }) => ({
      id, visited, pages, answered, questions, right, score, done,
    })),
    done: finished,
    success,
    // With a limit, half a test has no result: some LMSs hold whatever they get against the limit at once.
    score: answered && (!judged.length || answered === questions) ? Math.round((100 * sum(states, "right")) / questions) : null,
    failed:
      success === false &&
      states.every((state) => state.settled) &&
      (mastery !== null || states.some((state) => state.demanded && state.mastered === false)),
  };
}

function sum<K extends string>(items: readonly Readonly<Record<K, number>>[], key: K): number {
  return items.reduce((total, item) => total + item[key], 0);
}
