/**
 * What the other side has not taken yet, kept in this browser: one copy for each learner, unit and window, from
 * the learner's action until it is saved. Other windows of the same learner hear of it as it is written; a
 * later launch finds what was left behind.
 */

import { fnv1a, uuid } from "./hash.ts";
import { createMemory, PREFIX } from "./memory.ts";

/** `at`: milliseconds since 1970; `index`: as in the event. */
export type KeptAnswer = readonly [
  question: string,
  response: readonly string[],
  milliseconds: number,
  at: number,
  index: number,
];

export interface Copy {
  readonly state: string;
  /** An earlier state of the same attempt has been saved on the other side. */
  readonly saved: boolean;
  /** Answers that have perhaps not been reported. */
  readonly answers: readonly KeptAnswer[];
}

export interface Kept {
  /** False when this browser keeps nothing. */
  put(copy: Copy): boolean;
  /** All is saved: nothing stays, neither what this window wrote nor what it found. */
  drop(): void;
  /** The copies of other windows, and of windows that are gone: those that are new since it was asked last. */
  found(): Copy[];
  /** The listener hears what other windows write. */
  hear(listener: (copy: Copy) => void): void;
}

/** Milliseconds. Who has not come back by then does not find it any more. */
const LONGEST = 30 * 86_400_000;
const SHELVES = "unsaved:";

/** The learner's name on the other side does not stand in the browser, only its hash. */
export function createKept(page: Window, unit: string, learner: string): Kept {
  const memory = createMemory(page, "localStorage");
  const shelf = `${SHELVES}${fnv1a(`${unit} ${learner}`).toString(36)}:`;
  const own = shelf + uuid().slice(0, 8);
  const taken = new Map<string, string>();

  for (const name of memory.keys().filter((name) => name.startsWith(SHELVES))) {
    if (!(Number(memory.get(name)?.slice(0, 13)) > Date.now() - LONGEST)) memory.remove(name);
  }

  function take(name: string, text: string | null): Copy[] {
    if (!text || taken.get(name) === text) return [];
    taken.set(name, text);
    return read(text);
  }

  return {
    put: (copy) => memory.set(own, Date.now() + JSON.stringify(copy)),

    drop() {
      memory.remove(own);
      for (const [name, text] of taken) if (memory.get(name) === text) memory.remove(name);
    },

    found: () =>
      memory
        .keys()
        .filter((name) => name.startsWith(shelf) && name !== own)
        .flatMap((name) => take(name, memory.get(name))),

    hear(listener) {
      page.addEventListener("storage", ({ key, newValue }) => {
        if (key?.startsWith(PREFIX + shelf)) take(key.slice(PREFIX.length), newValue).forEach(listener);
      });
    },
  };
}

function read(text: string): Copy[] {
  try {
    const copy = JSON.parse(text.slice(13)) as Copy;
    return typeof copy.state === "string" && Array.isArray(copy.answers) ? [copy] : [];
  } catch {
    return [];
  }
}
