/**
 * The questions of an attempt, out of the learner's origin and the attempt's number alone: nothing of a draw is stored,
 * and it is the same whenever the learner comes back.
 */

import { fnv1a } from "./hash.ts";
import type { AssessmentData, QuestionData } from "./types.ts";

/** What makes an attempt the one it is. */
export interface Lot {
  readonly assessment: AssessmentData;
  readonly origin: string;
  readonly attempt: number;
}

/** A number that looks random and is always the same for the same thing in the same attempt. */
function rank({ assessment, origin, attempt }: Lot, thing: string): number {
  // Twice: names that differ in their last character only have sums that follow each other.
  return fnv1a(String(fnv1a([origin, assessment.key, attempt, thing].join(" "))));
}

/**
 * Those answered in this attempt come first, so that a bank which grows in a later version of the course takes no
 * question away in the middle of an attempt.
 */
export function drawn(lot: Lot, answers: ReadonlyMap<string, readonly string[]>): readonly QuestionData[] {
  const { bank, draw, shuffle } = lot.assessment;
  const ranks = new Map(bank.map((question) => [question, rank(lot, question.key)]));
  const byLot = [...bank].sort((a, b) => ranks.get(a)! - ranks.get(b)!);
  const first = [...byLot].sort((a, b) => Number(answers.has(b.id)) - Number(answers.has(a.id))).slice(0, draw);
  return (shuffle ? byLot : bank).filter((question) => first.includes(question));
}

/** The ids of a question's options in the order of the attempt. */
export function optionsOf(lot: Lot, { type, key, choices }: QuestionData): readonly string[] {
  const ids = choices.map(({ id }) => id);
  if (!lot.assessment.shuffle_options || type !== "choice") return ids;
  return ids.sort((a, b) => rank(lot, key + a) - rank(lot, key + b));
}
