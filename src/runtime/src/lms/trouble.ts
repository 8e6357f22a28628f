/** Trouble on demand: what can be wrong between content and LMS. Panel, query and tests use these words. */

/** Carried out by the LMS page; `lrs-…` by the server, and so are `offline` and `slow` for an LRS. */
export const TROUBLES = ["commit-refused", "commit-lost", "offline", "slow", "session-expired", "api-late", "api-missing", "tab-killed"] as const;
export type Trouble = (typeof TROUBLES)[number];

/** How long a slow LMS takes for a call that it answers from its server, and how late a late API is, in milliseconds. */
export const SLOWNESS = 3000;
export const LATENESS = 10_000;

export interface Troubles {
  readonly has: (trouble: Trouble) => boolean;
  /** From now on these, and no others; those that are new are given back, and those that are gone. */
  readonly set: (words: readonly string[]) => { readonly begun: readonly Trouble[]; readonly ended: readonly Trouble[] };
}

export function createTroubles(first: readonly string[]): Troubles {
  let on = known(first);
  return {
    has: (trouble) => on.has(trouble),
    set: (words) => {
      const before = on;
      on = known(words);
      return { begun: [...on].filter((each) => !before.has(each)), ended: [...before].filter((each) => !on.has(each)) };
    },
  };
}

function known(words: readonly string[]): Set<Trouble> {
  return new Set(TROUBLES.filter((each) => words.includes(each)));
}

/** Nothing else happens meanwhile: an LMS that asks its server by a synchronous request holds up the page. */
export function hold(milliseconds: number, now: () => number = () => performance.now()): void {
  const end = now() + milliseconds;
  while (now() < end);
}
