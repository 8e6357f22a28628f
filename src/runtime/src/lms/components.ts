/** Components that no script takes hold of, but for their links to elsewhere: they can be put in the place of others. */

import type { PackageData } from "../types.ts";
import { openOutside } from "../views/links.ts";
import { speaker } from "../views/words.ts";
import { ISLAND, nodesOf } from "./reading.ts";

/** What scripts of a package take hold of, or the browser runs by itself. */
export const HELD = "form,fieldset,input,textarea,select,button,audio,video,iframe,object,embed,script,style,link";
/** What styles alone look at. */
const LOOKS = new Set(["data-color", "data-kind", "data-size", "data-variant"]);
const COMPONENT = "[data-page] > [data-component]";

/** The nodes that show what those of a page that was only read stand for. */
export type Shown = Map<Node, Node>;

/** Takes the plain components out of a page that is not shown, by their ids. */
export function takePlain(page: Document): ReadonlyMap<string, Element> {
  const parts = Array.from(page.querySelectorAll(COMPONENT)).filter(isPlain);
  for (const part of parts) {
    if (!part.nextSibling?.textContent?.trim()) part.nextSibling?.remove();
    part.remove();
  }
  return new Map(parts.map((part) => [part.id, part]));
}

function isPlain(part: Element): boolean {
  return part.matches(COMPONENT) && isInert(part);
}

/** Whether no script takes hold of anything in it. */
export function isInert(part: Element): boolean {
  return !part.querySelector(HELD) && Array.from(part.querySelectorAll("*")).every(hasNoHandle);
}

function hasNoHandle({ attributes }: Element): boolean {
  return Array.from(attributes).every(({ name }) => !name.startsWith("on") && (!name.startsWith("data-") || LOOKS.has(name)));
}

/**
 * What each page is to hold: what it holds already where that is right, and new components. Undefined where something is
 * not there. `before` and `now` are the nodes that show the older version and, as they are found, those that show the new one.
 */
export function takeSections(
  page: Document,
  fresh: Document,
  plain: ReadonlyMap<string, Element>,
  before: Shown,
  now: Shown,
): Map<Element, Element[]> | undefined {
  const wanted = new Map<Element, Element[]>();
  for (const { id } of fresh.querySelectorAll("[data-page]")) {
    const section = page.getElementById(id);
    if (!section) return undefined;
    const nameless = Array.from(section.children).filter((child) => !child.id);
    const parts = Array.from(fresh.getElementById(id)!.children, (part) => {
      const there = part.id ? page.getElementById(part.id) : nameless.shift();
      if (!isPlain(part)) return there;
      const old = plain.get(part.id);
      if (!old?.isEqualNode(part)) return played(part, page, now);
      stay(old, part, before, now);
      return there;
    });
    if (!parts.every((part) => part && (part.parentNode === section || !part.isConnected))) return undefined;
    wanted.set(section, parts as Element[]);
  }
  return wanted;
}

/** Equal parts of both versions are shown by the same nodes. */
export function stay(old: Node, fresh: Node, before: Shown, now: Shown): void {
  const others = nodesOf(fresh);
  nodesOf(old).forEach((node, at) => {
    const there = before.get(node);
    if (there) now.set(others[at]!, there);
  });
}

/** A new part for the page, as it is once the player has begun. */
export function played(part: Element, page: Document, now: Shown): Element {
  const copy = page.importNode(part, true);
  const others = nodesOf(copy);
  nodesOf(part).forEach((node, at) => now.set(node, others[at]!));
  openOutside(copy, newTab(part.ownerDocument));
  return copy;
}

/** What the player says of a link to elsewhere. */
function newTab(page: Document): string {
  const { words }: PackageData = JSON.parse(page.getElementById(ISLAND)!.textContent!);
  return speaker(words)("new_tab");
}

/** What stays is not taken out, and moved only where the order is another: films play on, and folds stay open. */
export function arrange(section: Element, parts: readonly Element[]): void {
  for (const child of Array.from(section.children)) if (!parts.includes(child)) child.remove();
  let at = section.firstElementChild;
  for (const part of parts) {
    if (part === at) at = part.nextElementSibling;
    else section.insertBefore(part, at);
  }
}
