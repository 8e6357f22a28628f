/** The learner as the LMS sees it afterwards: what its reports show, which is not always what content has said. */

import { say, type Values } from "./calls.ts";
import type { Temperament } from "./temperament.ts";
import type { Words } from "./types.ts";

export interface Seen {
  readonly status: string;
  /** The grade; undefined where there is none. */
  readonly score: string | undefined;
  /** Why that differs from what content has said. */
  readonly why: readonly Words[];
}

const ENDED = ["passed", "completed", "failed"];

/** `finished`: whether LMSFinish was called. */
export function seen(committed: Values, finished: boolean, { failed, score_counts }: Temperament): Seen {
  const said = committed["cmi.core.lesson_status"] ?? "not attempted";
  const raw = committed["cmi.core.score.raw"] || undefined;
  const shown = said === "failed" && failed === "incomplete";
  const graded = {
    always: true,
    "with-status": ENDED.includes(said),
    "at-finish": finished && Number(committed["cmi.core.score.max"] || 0) > 0,
  }[score_counts];
  return {
    status: shown ? "incomplete" : said,
    score: graded ? raw : undefined,
    why: [
      ...(shown ? [say("Dette LMS-et viser «failed» som påbegynt", 'This LMS shows "failed" as in progress')] : []),
      ...(raw && !graded ? [UNGRADED[score_counts]] : []),
    ],
  };
}

const UNGRADED: Readonly<Record<Temperament["score_counts"], Words>> = {
  always: say("", ""),
  "with-status": say(
    "Poengene teller først når statusen er passed, completed eller failed",
    "The score counts only once the status is passed, completed or failed",
  ),
  "at-finish": say(
    "Poengene teller først når score.max er over 0 og LMSFinish er kalt",
    "The score counts only once score.max is above 0 and LMSFinish was called",
  ),
};
