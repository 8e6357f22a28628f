/** Two versions of a page of our own, compared node by node: what is to be done to the one that is shown. */

import { HELD, isInert, played, stay, type Shown } from "./components.ts";
import { ISLAND, nodesOf } from "./reading.ts";
import { reworded, type Reworded, type Rewording } from "./rewording.ts";

export interface Comparison {
  readonly acts: readonly (() => void)[];
  /** Texts of the page that are worded anew. */
  readonly texts: readonly Rewording[];
  /** Texts that are gone, or stand among other elements than before. */
  readonly gone: readonly string[];
  /** The nodes of the older version that changed. */
  readonly changed: ReadonlySet<Node>;
  /** How the data differ; null where they do not. */
  readonly data: Reworded | null;
}

/** Components whose texts the player reads when it needs them; others' it may have read when it began. */
const LENDING = new Set([
  ...["assessment", "choice", "fill-in", "hotspot", "likert", "matching", "numeric", "reflection", "sequencing", "true-false"],
]);
const TEXTS = new Set(["alt", "aria-label", "title"]);
const FIXED = "script,style,noscript,audio,video";

/**
 * `live`: the data in use; `before` and `now` as in `takeSections`. Undefined where more than texts has changed, or where
 * the page no longer shows a text as it came.
 */
export function compared(old: Document, fresh: Document, live: unknown, before: Shown, now: Shown): Comparison | undefined {
  const acts: (() => void)[] = [];
  const texts: Rewording[] = [];
  const gone: string[] = [];
  const changed = new Set<Node>();
  let data: Reworded | null = null;

  function fit(was: Node, is: Node): boolean {
    if (was.isEqualNode(is)) {
      stay(was, is, before, now);
      return true;
    }
    if (was.nodeName !== is.nodeName) return false;
    keep(was, is);
    if (was instanceof Text && is instanceof Text) return fitText(was, is);
    return was instanceof Element && is instanceof Element && fitElement(was, is);
  }

  function keep(was: Node, is: Node): void {
    const there = before.get(was);
    if (there) now.set(is, there);
  }

  function fitElement(was: Element, is: Element): boolean {
    if (was.id === ISLAND) return fitData(was, is);
    // The page that is open gives the document its title.
    if (was === old.querySelector("title")) return true;
    if (was.matches(FIXED) || !fitAttributes(was, is)) return false;
    const [from, to] = [was, is].map(({ childNodes }) => Array.from(childNodes)) as [ChildNode[], ChildNode[]];
    const isAlike = from.length === to.length && from.every((child, at) => child.nodeName === to[at]!.nodeName);
    return isAlike ? from.every((child, at) => fit(child, to[at]!)) : exchange(was, is);
  }

  function fitData(was: Element, is: Element): boolean {
    const [from, to] = [was, is].map(({ textContent }) => JSON.parse(textContent ?? "") as unknown);
    const found = reworded(from, to, live);
    if (found) data = found;
    return found !== undefined;
  }

  function fitAttributes(was: Element, is: Element): boolean {
    const names = was.getAttributeNames();
    if (names.join() !== is.getAttributeNames().join()) return false;
    return names.filter((name) => was.getAttribute(name) !== is.getAttribute(name)).every((name) => {
      const there = before.get(was) as Element | undefined;
      const [from, to] = [was, is].map((each) => each.getAttribute(name)) as [string, string];
      if (!TEXTS.has(name) || !isLent(was) || there?.getAttribute(name) !== from) return false;
      acts.push(() => there.setAttribute(name, to));
      texts.push([from, to]);
      return true;
    });
  }

  function fitText(was: Text, is: Text): boolean {
    const there = before.get(was) as Text | undefined;
    if (!there || !isLent(was.parentElement!) || there.data !== was.data) return false;
    // Else the player has put another text there.
    if (there.parentNode !== before.get(was.parentNode!)) return false;
    acts.push(() => (there.data = is.data));
    texts.push([was.data, is.data], ...whole(was, is));
    changed.add(was);
    return true;
  }

  /** What is to be put in order is told in one text, whatever elements it has. */
  function whole(was: Text, is: Text): Rewording[] {
    const [from, to] = [was, is].map((text) => text.parentElement!.closest("[data-option]")?.textContent ?? "") as [string, string];
    return from && to ? [[from, to]] : [];
  }

  /** The element gets other children where neither they nor the old ones are held, and the old ones are as they came. */
  function exchange(was: Element, is: Element): boolean {
    const there = before.get(was) as Element | undefined;
    if (!there || !isLent(was) || was.matches(HELD) || !isInert(was) || !isInert(is) || was.closest("[data-option]")) return false;
    const [parts, shown] = [was, there].map((part) => nodesOf(part).slice(1)) as [Node[], Node[]];
    if (parts.length !== shown.length || !parts.every((part, at) => before.get(part) === shown[at])) return false;
    const fresh = played(is, there.ownerDocument, now);
    now.set(is, there);
    acts.push(() => there.replaceChildren(...fresh.childNodes));
    for (const part of parts) {
      changed.add(part);
      if (part instanceof Text && part.data.trim()) gone.push(part.data);
    }
    return true;
  }

  /** The package has two scripts, and one of them is its data; what others have read nobody knows. */
  function isLent(part: Element): boolean {
    const kind = part.closest("[data-component]")?.getAttribute("data-component");
    return old.scripts.length <= 2 && (!kind || LENDING.has(kind));
  }

  return fit(old.documentElement, fresh.documentElement) ? { acts, texts, gone, changed, data } : undefined;
}

