/** The data model as a tree: what is set, and beside it what is stored. */

import type { Values } from "./messages.ts";

export interface Branch {
  /** The last part of the name: `score`, `0`. */
  readonly name: string;
  /** The whole name: `cmi.core.score`. */
  readonly path: string;
  readonly set: string | undefined;
  readonly stored: string | undefined;
  /** Content has set it to something else than what is stored. */
  readonly isUnstored: boolean;
  readonly branches: readonly Branch[];
}

/** How many of the values below a branch, and in it, are not stored. */
export function unstored(branch: Branch): number {
  return (branch.isUnstored ? 1 : 0) + branch.branches.reduce((sum, each) => sum + unstored(each), 0);
}

/** The LMS's own words, the same for everybody: `cmi._version`, `cmi.objectives.n.score._children`. */
const KEYWORD = /(^|\.)_(version|children|count)$/;

interface Growing {
  readonly branches: Map<string, Growing>;
}

/** `touched` are the elements that content has set: what the LMS says of its own need not be stored. */
export function treeOf(values: Values, committed: Values, touched: ReadonlySet<string>): readonly Branch[] {
  const root: Growing = { branches: new Map() };
  for (const path of new Set([...Object.keys(values), ...Object.keys(committed)])) {
    if (KEYWORD.test(path)) continue;
    let at = root;
    for (const part of path.split(".")) {
      const next = at.branches.get(part) ?? { branches: new Map<string, Growing>() };
      at.branches.set(part, next);
      at = next;
    }
  }
  const grown = (at: Growing, path: string): Branch[] =>
    Array.from(at.branches, ([name, below]) => {
      const whole = path ? `${path}.${name}` : name;
      const [set, stored] = [own(values, whole), own(committed, whole)];
      return { name, path: whole, set, stored, isUnstored: touched.has(whole) && set !== stored, branches: grown(below, whole) };
    });
  return grown(root, "");
}

function own(values: Values, name: string): string | undefined {
  return Object.prototype.hasOwnProperty.call(values, name) ? values[name] : undefined;
}
