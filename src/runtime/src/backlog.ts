/** The answers that the other side has perhaps not got, and the copies of them that this browser keeps. */

import type { Copy, Kept, KeptAnswer } from "./kept.ts";
import type { Unsaved } from "./types.ts";

export interface Backlog {
  /** Begins anew with a session; returns the copies that are found. `saved`: as in `Copy`. */
  open(kept: Kept | null, saved: boolean, hear: (copy: Copy) => void): readonly Copy[];
  /** Copies that have turned up since. */
  found(): readonly Copy[];
  /** False when the answer has been added before. */
  add(answer: KeptAnswer): boolean;
  /** Keeps a copy: what is not saved now. */
  keep(state: string): Unsaved;
  size(): number;
  /** The oldest so many are saved, and a state with them; `all`: nothing has been done since. */
  settle(count: number, all: boolean): void;
  /** Whether a state of this attempt has been saved; `too`: another window says so. */
  saved(too?: boolean): boolean;
}

export function createBacklog(): Backlog {
  const known = new Set<string>();
  let kept: Kept | null = null;
  let answers: readonly KeptAnswer[] = [];
  let saved = false;

  const found = (): readonly Copy[] => kept?.found() ?? [];

  return {
    open(where, already, hear) {
      kept = where;
      saved = already;
      answers = [];
      kept?.hear(hear);
      return found();
    },

    found,

    add(answer) {
      const name = `${answer[0]} ${answer[3]}`;
      if (known.has(name)) return false;
      known.add(name);
      answers = [...answers, answer];
      return true;
    },

    keep: (state) => ({
      answers: new Set(answers.map(([question]) => question)).size,
      kept: kept?.put({ state, saved, answers }) ?? false,
    }),

    size: () => answers.length,

    settle(count, all) {
      answers = answers.slice(count);
      saved = true;
      if (all) kept?.drop();
    },

    saved: (too = false) => (saved ||= too),
  };
}
