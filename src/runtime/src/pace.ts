/** How long the rest takes. Pure. */

import type { ModuleData } from "./types.ts";

/**
 * Minutes for the pages of a module that are not yet visited, unrounded. Pages that do not say how long they take
 * share what is left of the module's own minutes.
 */
export function minutesLeft({ pages, minutes = 0 }: ModuleData, visited: ReadonlySet<string>): number {
  const said = pages.reduce((sum, page) => sum + (page.minutes ?? 0), 0);
  const share = Math.max(0, minutes - said) / pages.filter((page) => !page.minutes).length;
  return pages.reduce((sum, page) => sum + (visited.has(page.id) ? 0 : page.minutes || share), 0);
}
