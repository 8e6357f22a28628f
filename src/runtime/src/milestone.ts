/** What is reached once, as an event. */

import type { Learner } from "./learner.ts";
import type { LearnerEvent } from "./types.ts";

type Kind = "completed" | "passed" | "failed";

/** `active`: milliseconds with the page in sight in this session. */
export function milestone<K extends Kind>(kind: K, learner: Learner, active: number): LearnerEvent & { kind: K } {
  const event = { at: new Date(), score: learner.standing().score, total: learner.total(active) };
  return { kind, ...event } as LearnerEvent & { kind: K };
}
