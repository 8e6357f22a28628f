/** The titles that the player shows of the page that is open and of its neighbours. */

import type { PackageData } from "../types.ts";
import { itinerary, type Stop } from "../views/itinerary.ts";

/** Shows the titles of other data. Undefined where those of the older ones are not what is shown. */
export function retitled(page: Document, before: PackageData, now: PackageData): (() => void)[] | undefined {
  const open = page.querySelector<HTMLElement>("[data-page]:not([hidden])")?.dataset["page"];
  const [old, fresh] = [before, now].map((data) => titlesAt(itinerary(data), open)) as [Titles, Titles];
  const pager = Array.from(page.querySelectorAll("#kp_pager .pager-title"));
  // Over the page the glossary may be open, which has kept the title.
  if (page.title !== old.document.replace(/\s+/g, " ").trim()) return undefined;
  if (pager.some((title, at) => old.pager[at] !== undefined && title.textContent !== old.pager[at])) return undefined;
  return [
    () => (page.title = fresh.document),
    ...pager.map((title, at) => () => (title.textContent = fresh.pager[at] ?? title.textContent)),
  ];
}

interface Titles {
  readonly document: string;
  readonly pager: readonly (string | undefined)[];
}

function titlesAt(stops: readonly Stop[], open: string | undefined): Titles {
  const at = stops.findIndex(({ page }) => page.id === open);
  const stop = stops[at];
  return {
    document: stop ? `${stop.page.title} – ${stop.module.title}` : "",
    pager: [at - 1, at + 1].map((other) => stops[other]?.page.title),
  };
}
