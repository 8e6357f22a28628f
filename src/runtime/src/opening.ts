/** What the views are to know of a session. */

import type { Session } from "./session.ts";
import type { Opening } from "./types.ts";

/** `start`: id of the page to open. */
export function openingOf({ learner, mode }: Session, connected: boolean, start: string | null): Opening {
  return {
    connected,
    resumed: learner.resumed() || start !== null,
    page: start,
    visited: learner.visited,
    answers: learner.answers,
    mode,
    notes: learner.notes(),
  };
}
