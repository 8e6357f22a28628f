/** How far the learner has come with an assessment, in the letters of the learner's state. The grammar is in state.ts. */

export interface SittingState {
  /** The attempt under way or handed in last, from 1; 0 before the first. */
  readonly attempt: number;
  /** It is under way. */
  readonly open: boolean;
  /** Percent in the best attempt that is handed in; null before the first. */
  readonly best: number | null;
}

const ATTEMPT_MAX = 36 ** 2 - 1;

export function writeSitting(key: string, { attempt, open, best }: SittingState): string {
  const number = Math.min(attempt, ATTEMPT_MAX).toString(36);
  return key + (open ? "u" : "h") + number + (best === null ? "" : `_${best.toString(36)}`);
}

/** The sitting with its key; null for a text that is none. */
export function readSitting(text: string): readonly [key: string, state: SittingState] | null {
  const parts = /^(...)([uh])([0-9a-z]{1,2})(?:_([0-9a-z]{1,2}))?$/.exec(text);
  if (!parts) return null;
  const [, key, phase, attempt, best] = parts;
  return [
    key!,
    {
      attempt: parseInt(attempt!, 36),
      open: phase === "u",
      best: best === undefined ? null : Math.min(100, parseInt(best, 36)),
    },
  ];
}
