/** Joins what a package is made of: its data, the adapter of its format, the tracker and the player. */

import { fold, play } from "./player.ts";
import { createTracker } from "./tracker.ts";
import type { Adapter, PackageData } from "./types.ts";

/** Without the data block the document stays what it is without scripts: readable. */
export function start(adapter: Adapter): void {
  const island = document.getElementById("kurspakke-data")?.textContent;
  if (!island) return;
  const data = JSON.parse(island) as PackageData;
  // At once, so that the browser lays out no page that is not shown; the rest in a task of its own, since it has
  // just parsed the end of what may be a very long document, and when the pieces have been read too.
  fold();
  window.setTimeout(() => play(data, createTracker(data, adapter)));
}
