/** Scores of surveys, by the vectors that the compiler's own tests use too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { score, type Answers, type Result } from "../../src/runtime/src/scoring.ts";
import type { SurveyData } from "../../src/runtime/src/types.ts";

interface Written {
  readonly scoring: { readonly min_answered: number };
  readonly thresholds: readonly { readonly at_least: string; readonly about: string | null; readonly kind: string }[];
}

interface Case {
  readonly name: string;
  readonly instrument: Omit<SurveyData, "thresholds" | "min_answered"> & Written;
  readonly now: Answers;
  readonly ambition: Answers;
  readonly expect: Result;
}

const cases = JSON.parse(
  readFileSync(new URL("../vectors/survey.json", import.meta.url), "utf8"),
) as readonly Case[];

/** The instrument as the compiler hands it to the player. */
function asData({ instrument }: Case): SurveyData {
  const thresholds = instrument.thresholds.map(
    ({ at_least, about, kind }) =>
      kind === "position"
        ? ([Math.round(Number(at_least) * 10), about, true] as const)
        : ([Math.round(Number(at_least) * 10), about] as const),
  );
  return { ...instrument, min_answered: instrument.scoring.min_answered, thresholds };
}

for (const each of cases) {
  test(each.name, () => assert.deepEqual(score(asData(each), each.now, each.ambition), each.expect));
}
