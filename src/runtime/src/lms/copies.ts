/** Where the player has copied texts of the page or of its data: in verdicts, tasks, results and labels of buttons. */

import type { Rewording } from "./rewording.ts";

export interface Wording {
  readonly texts: readonly Rewording[];
  /** What no copy can be made of any more. */
  readonly gone: readonly string[];
  /** Texts of the course that stay, in the page and in its data, and the words of the interface. */
  readonly shown: ReadonlySet<string>;
  readonly told: readonly string[];
  readonly words: readonly string[];
}

const LABELS = ["aria-label", "title"];

/**
 * Words anew what the player has made; `known` are the nodes that the page came with. Undefined where it is not certain
 * what a copy was made of, or what it would be now.
 */
export function copied(page: Document, known: ReadonlySet<Node>, wording: Wording): (() => void)[] | undefined {
  const acts: (() => void)[] = [];
  const walker = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node as Text;
    // What the pager says is known from the order of the pages.
    if (known.has(text) || text.parentElement?.closest(".pager-title")) continue;
    const now = again(text.data, wording);
    if (now === undefined) return undefined;
    if (now !== text.data) acts.push(() => (text.data = now));
  }
  for (const name of LABELS) {
    for (const part of page.body.querySelectorAll(`[${name}]`)) {
      const label = part.getAttribute(name)!;
      const now = known.has(part) ? label : again(label, wording);
      if (now === undefined) return undefined;
      if (now !== label) acts.push(() => part.setAttribute(name, now));
    }
  }
  return acts;
}

/** A copy as it would be made now. Undefined where that is not certain. */
export function again(copy: string, { texts, gone, shown, told, words }: Wording): string | undefined {
  if (gone.some((text) => holds(copy, text))) return undefined;
  const hits = texts.map(([was, is]) => [was.trim(), is.trim()] as const).filter(([was]) => holds(copy, was));
  const [first, ...others] = hits.sort(([a], [b]) => b.length - a.length);
  if (!first) return copy;
  const [was, is] = first;
  const isCertain =
    others.every(([other, to]) => (other === was ? to === is : holds(was, other))) &&
    copy.indexOf(was) === copy.lastIndexOf(was) &&
    !shown.has(copy.trim()) &&
    !told.some((text) => holds(text, was) && holds(copy, text)) &&
    !words.some((text) => holds(text, was));
  return isCertain ? copy.replace(was, () => is) : undefined;
}

/** Whether a text stands in another, with no letters next to it. */
function holds(text: string, part: string): boolean {
  const sought = part.trim();
  for (let at = sought ? text.indexOf(sought) : -1; at >= 0; at = text.indexOf(sought, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + sought.length)];
    if (!/[\p{L}\p{N}]$/u.test(before) && !/^[\p{L}\p{N}]/u.test(after)) return true;
  }
  return false;
}
