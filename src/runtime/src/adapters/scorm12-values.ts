/** What the LMS has been given, and what of it has been in a commit that succeeded. */

import type { ScormApi } from "./scorm-api.ts";
import { other } from "./scorm12-shake.ts";

export interface Values {
  /** Writes what the LMS does not have yet. */
  put(element: string, value: string): boolean;
  /** The LMS has been given this value. */
  has(element: string, value: string): boolean;
  /** It came to the LMS in an earlier session. */
  know(values: Record<string, string>): void;
  /** It is written again, whatever the LMS has. */
  forget(element: string): void;
  /** A commit has succeeded. */
  settle(): void;
  /**
   * Some LMSs send what has changed since the last commit, also when that one failed: what was in it must be
   * seen to change, and to change back. Returns what `commit` does.
   */
  shake(commit: () => boolean): boolean;
}

/** `failing`: the last commit has failed. */
export function createValues(api: () => ScormApi, failing: () => unknown): Values {
  const written: Record<string, string> = {};
  const committed: Record<string, string> = {};

  return {
    put(element, value) {
      if (written[element] === value && !failing()) return true;
      const done = api().set(element, value);
      if (done) written[element] = value;
      return done;
    },

    has: (element, value) => written[element] === value,
    know: (values) => void Object.assign(written, values),
    forget: (element) => void delete written[element],
    settle: () => void Object.assign(committed, written),

    shake(commit) {
      const lost = Object.entries(written).filter(
        ([element, value]) => committed[element] !== value && other(element, value) !== value,
      );
      for (const [element, value] of lost) api().set(element, other(element, value));
      const reached = !lost.length || commit();
      for (const [element, value] of lost) api().set(element, value);
      return reached;
    },
  };
}
