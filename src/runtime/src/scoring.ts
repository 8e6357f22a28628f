/**
 * Scores a survey. The compiler does the same in scoring.py; tests/vectors/survey.json holds both to it.
 *
 * Whole numbers only, until a result is rounded half up: so that both languages give the same digits.
 */

import type { SurveyData } from "./types.ts";

/** Points by item id; null for "don't know". */
export type Answers = Readonly<Record<string, number | null>>;

export interface Score {
  /** The mean in tenths of a point. */
  readonly tenths: number;
  /** How far it is from the lowest to the highest point. */
  readonly percent: number;
}

/** The result of a step or dimension: null where too few items are answered. */
export interface Row {
  readonly id: string;
  readonly now: Score | null;
  readonly ambition: Score | null;
  /** Ambition less now, in tenths. */
  readonly gap: number | null;
  /** The place in the list of thresholds of what is said about where it stands. */
  readonly position: number | null;
  /** And of the barrier or opportunity that it is. */
  readonly threshold: number | null;
}

export interface Result {
  readonly steps: readonly Row[];
  readonly dimensions: readonly Row[];
}

type Item = SurveyData["items"][number];

export function score(survey: SurveyData, now: Answers, ambition: Answers): Result {
  const rows = (kind: "step" | "dimension", groups: SurveyData["steps"]): Row[] =>
    groups.map(({ id }) => row(survey, id, survey.items.filter((item) => item[kind] === id), now, ambition));
  return { steps: rows("step", survey.steps), dimensions: rows("dimension", survey.dimensions) };
}

function row(survey: SurveyData, id: string, items: readonly Item[], answers: Answers, wishes: Answers): Row {
  const now = mean(survey, items, answers);
  const ambition = survey.ambition ? mean(survey, items, wishes) : null;
  const gap = now && ambition ? ambition.tenths - now.tenths : null;
  const said = (position?: true): number | null => now && threshold(survey, id, now.tenths, position);
  return { id, now, ambition, gap, position: said(true), threshold: said() };
}

function mean({ scale, min_answered }: SurveyData, items: readonly Item[], answers: Answers): Score | null {
  let [given, weights, points] = [0, 0, 0];
  for (const { id, weight, reversed } of items) {
    const point = answers[id];
    if (point === null || point === undefined || point < scale.min || point > scale.max) continue;
    given += 1;
    weights += weight;
    points += weight * (reversed ? scale.min + scale.max - point : point);
  }
  if (given === 0 || given * 100 < min_answered * items.length) return null;
  return {
    tenths: rounded(10 * points, weights),
    percent: rounded(100 * (points - scale.min * weights), (scale.max - scale.min) * weights),
  };
}

/**
 * The highest threshold that is reached; one about this very group goes before those about all. Either among the
 * positions or among the others.
 */
function threshold({ thresholds }: SurveyData, id: string, tenths: number, position?: true): number | null {
  const about = thresholds.some((limit) => limit[1] === id && limit[2] === position) ? id : null;
  let best: number | null = null;
  let highest = -1;
  thresholds.forEach(([limit, whose, kind], at) => {
    if (kind === position && whose === about && limit <= tenths && limit > highest) [highest, best] = [limit, at];
  });
  return best;
}

/** A quotient, rounded half up. */
function rounded(part: number, whole: number): number {
  return Math.floor((2 * part + whole) / (2 * whole));
}
