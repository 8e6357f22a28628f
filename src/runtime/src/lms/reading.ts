/**
 * A page of our own as the browser has read it: every node of it, and the data that its script took from it, at the
 * moment before the script does anything with either.
 */

export interface Reading {
  /** As it was read. */
  readonly page: Document;
  /** What shows its nodes, in the order of the text; undefined: nothing any more. None: what shows them is not known. */
  readonly nodes: readonly (Node | undefined)[];
  /** What the script uses. */
  readonly data: unknown;
}

export const ISLAND = "kurspakke-data";

/** By the page that is shown. */
export const readings = new WeakMap<Document, Reading>();

const met = new WeakSet<object>();

/** Sees to it that the page that is there now leaves a reading, if it is one of ours; it is taken as its data are parsed. */
export function watchReading(content: Window): void {
  const scope = content as Window & typeof globalThis;
  if (met.has(scope.JSON)) return;
  met.add(scope.JSON);
  const parse = scope.JSON.parse;
  scope.JSON.parse = (...given: Parameters<typeof parse>) => {
    const data: unknown = parse(...given);
    const shown = scope.document;
    const isOurs = given[0] === shown.getElementById(ISLAND)?.textContent;
    if (isOurs) readings.set(shown, { page: copyOf(shown), nodes: nodesOf(shown.documentElement), data });
    if (isOurs || shown.readyState === "complete") scope.JSON.parse = parse;
    return data;
  };
}

/** A page that was met too late for that: its text, which the browser still has, and nothing of what shows it. */
export async function readAfterwards(content: Window): Promise<void> {
  try {
    const shown = content.document;
    if (readings.has(shown) || !shown.getElementById(ISLAND)) return;
    const text = await textOf(content, "force-cache");
    if (text) readings.set(shown, { page: parsed(text), nodes: [], data: undefined });
  } catch {
    // A page of another origin, or one that is gone again: it will be opened anew when it changes.
  }
}

/** The page's text; "" where there is none. Throws where the page can't be reached. */
export async function textOf({ location }: Window, cache: RequestCache): Promise<string> {
  const answer = await fetch(location.href.replace(/#.*$/, ""), { cache });
  return answer.ok ? answer.text() : "";
}

export const parsed = (text: string): Document => new DOMParser().parseFromString(text, "text/html");

/** Where nothing is loaded or run; what is for readers without scripts has elements, as in every page that is only read. */
function copyOf(shown: Document): Document {
  const page = document.implementation.createHTMLDocument();
  page.documentElement.replaceWith(page.importNode(shown.documentElement, true));
  for (const part of page.querySelectorAll("noscript")) {
    part.replaceChildren(...parsed(`<div>${part.textContent}</div>`).body.firstElementChild!.childNodes);
  }
  return page;
}

/** A node and all below it, in the order of the text; what is for readers without scripts is one node to all others. */
export function nodesOf(root: Node): Node[] {
  const found: Node[] = [];
  const add = (node: Node): void => {
    found.push(node);
    if (node.nodeName === "NOSCRIPT") return;
    for (let child = node.firstChild; child; child = child.nextSibling) add(child);
  };
  add(root);
  return found;
}
