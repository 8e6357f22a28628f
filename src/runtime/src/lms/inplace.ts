/**
 * A page of our own whose text has changed, shown without opening it again: components that no script takes hold of are
 * put in the place of the old ones, and where only texts differ the new ones are put where the old ones stand, in the data
 * that the player uses, and in what it has made of them. Only where that is all that has changed and where all of it is
 * certain; so what stands there is what the page would show if it were opened anew.
 */

import type { PackageData } from "../types.ts";
import { compared, type Comparison } from "./comparing.ts";
import { arrange, takePlain, takeSections, type Shown } from "./components.ts";
import { copied } from "./copies.ts";
import { ISLAND, nodesOf, parsed, readings, textOf, type Reading } from "./reading.ts";
import { retitled } from "./titles.ts";

/** Shows what has changed in these files of the package. False where that takes opening the page again. */
export async function showInPlace(content: Window, files: readonly string[]): Promise<boolean> {
  if (files.length === 0 || !files.every((name) => name.endsWith(".html"))) return false;
  try {
    const page = content.document;
    const reading = readings.get(page);
    const text = reading && (await textOf(content, "no-cache"));
    if (!text || content.document !== page || isSearching(page)) return false;
    const fresh = parsed(text);
    // It had changed before its text was kept, so what is shown may be older still.
    if (reading.nodes.length === 0 && fresh.isEqualNode(reading.page)) return false;
    const next = replaced(page, reading, fresh);
    if (next) readings.set(page, next);
    return next !== undefined;
  } catch {
    return false;
  }
}

/** Whether hits are shown of what was there. */
function isSearching(page: Document): boolean {
  return page.querySelector<HTMLInputElement>("#kp_search")?.value !== "";
}

/** Makes `page`, which is as `reading`, what `fresh` would be, and how it reads then; undefined where that is not certain. */
function replaced(page: Document, { page: old, nodes, data }: Reading, fresh: Document): Reading | undefined {
  const [were, are] = [old, fresh].map((each) => nodesOf(each.documentElement)) as [Node[], Node[]];
  const shown: Shown = new Map(were.flatMap((node, at) => (nodes[at] ? [[node, nodes[at]] as const] : [])));
  const now: Shown = new Map();
  const next = fresh.cloneNode(true) as Document;
  const wanted = takeSections(page, fresh, takePlain(old), shown, now);
  takePlain(fresh);
  const found = wanted && compared(old, fresh, data, shown, now);
  const rest = found && remade(page, { old, fresh, were, shown, found });
  if (!wanted || !found || !rest) return undefined;
  for (const [section, parts] of wanted) arrange(section, parts);
  for (const act of [...found.acts, ...rest]) act();
  found.data?.apply();
  return { page: next, nodes: are.map((node) => now.get(node)), data };
}

interface Difference {
  readonly old: Document;
  readonly fresh: Document;
  readonly were: readonly Node[];
  readonly shown: Shown;
  readonly found: Comparison;
}

/** What the player has made of texts that are other ones now. */
function remade(page: Document, { old, fresh, were, shown, found: { texts, gone, changed, data } }: Difference): (() => void)[] | undefined {
  const made = [...texts, ...(data?.texts ?? [])];
  if (made.length === 0 && gone.length === 0) return [];
  const titles = data ? retitled(page, dataOf(old), dataOf(fresh)) : [];
  const copies = copied(page, new Set(shown.values()), {
    texts: made,
    gone,
    shown: new Set(were.filter((node) => node instanceof Text && !changed.has(node)).map((node) => (node as Text).data.trim())),
    told: data?.same ?? [],
    words: Object.values(dataOf(old).words),
  });
  return titles && copies && [...titles, ...copies];
}

function dataOf(page: Document): PackageData {
  return JSON.parse(page.getElementById(ISLAND)!.textContent!) as PackageData;
}
