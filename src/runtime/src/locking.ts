/**
 * Step locking: which pages of a module that is gone through in order are not open yet. Pure; completion and
 * score know nothing of it.
 */

import { isJudged } from "./score.ts";
import type { ModuleData, PageData } from "./types.ts";

/** What the learner has done so far. */
export interface Journey {
  /** Page ids. */
  readonly visited: ReadonlySet<string>;
  /** Question id → response. */
  readonly answers: ReadonlyMap<string, readonly string[]>;
}

/** Whether everything on a page that the module asks for is done: the only place that knows what must be answered. */
export function isSettled(module: ModuleData, page: PageData, { visited, answers }: Journey): boolean {
  const asks = module.require.some((requirement) => requirement !== "pages");
  return (
    visited.has(page.id) &&
    (!asks || module.questions.every((each) => each.page !== page.id || !isJudged(each) || answers.has(each.id)))
  );
}

/**
 * Ids of the pages that do not open yet: those behind the first unsettled page, but for what the learner has already
 * seen (in an earlier version of the course, say). None in a module that is free or done.
 */
export function lockedPages(module: ModuleData, journey: Journey, done: boolean): readonly string[] {
  const first = done || !module.in_order ? -1 : module.pages.findIndex((page) => !isSettled(module, page, journey));
  return first < 0 ? [] : module.pages.slice(first + 1).flatMap(({ id }) => (journey.visited.has(id) ? [] : [id]));
}
