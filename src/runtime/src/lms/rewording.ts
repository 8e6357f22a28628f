/** Texts of the course that are worded anew in a page's data. */

/** What was said, and what is said now. */
export type Rewording = readonly [before: string, now: string];

export interface Reworded {
  readonly texts: readonly Rewording[];
  /** Texts of the course that stay as they were. */
  readonly same: readonly string[];
  /** Puts the new ones into the data that are in use. */
  readonly apply: () => void;
}

/** The properties that hold texts which learners read, and nothing else. */
const TEXTS = new Set(["title", "text"]);

/**
 * How two versions of a page's data differ, when that is in the texts of modules, pages and questions alone, and `live`,
 * which is in use, is as the first one. Undefined where it is not: identifiers, what is right, what is demanded, words.
 */
export function reworded(before: unknown, now: unknown, live: unknown): Reworded | undefined {
  const texts: Rewording[] = [];
  const same: string[] = [];
  const acts: (() => void)[] = [];

  function fit(old: unknown, fresh: unknown, used: unknown): boolean {
    if (!isHolder(old)) return old === fresh && old === used;
    if (!isHolder(fresh) || !isHolder(used)) return false;
    const names = Object.keys(old);
    return names.join() === Object.keys(fresh).join() && names.every((name) => (TEXTS.has(name) ? fitText : fitPart)(name, old, fresh, used));
  }

  const fitPart = (name: string, old: Holder, fresh: Holder, used: Holder): boolean => fit(old[name], fresh[name], used[name]);

  function fitText(name: string, old: Holder, fresh: Holder, used: Holder): boolean {
    const [was, is] = [old[name], fresh[name]];
    if (typeof was !== "string" || typeof is !== "string" || used[name] !== was) return false;
    if (was === is) same.push(was);
    else {
      texts.push([was, is]);
      acts.push(() => (used[name] = is));
    }
    return true;
  }

  if (!isHolder(before) || !isHolder(now) || !isHolder(live)) return undefined;
  const { modules: old, ...frame } = before;
  const { modules: fresh, ...other } = now;
  if (JSON.stringify(frame) !== JSON.stringify(other) || !fit(old, fresh, live["modules"])) return undefined;
  return { texts, same, apply: () => acts.forEach((act) => act()) };
}

type Holder = Record<string, unknown>;

function isHolder(value: unknown): value is Holder {
  return typeof value === "object" && value !== null;
}
