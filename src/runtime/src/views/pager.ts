import { lead, place } from "./element.ts";
import type { Stop } from "./itinerary.ts";

export interface Pager {
  /** `locked`: ids of pages that are not open yet. */
  show(previous: Stop | undefined, next: Stop | undefined, locked: ReadonlySet<string>): void;
}

/** The links to the page before and the page after: links, so that they open, copy and go back like links. */
export function pagerView(): Pager {
  const links = [...place("kp_pager").querySelectorAll("a")];

  return {
    show(previous, next, locked) {
      links.forEach((link, at) => {
        const stop = at ? next : previous;
        link.hidden = !stop;
        if (!stop) return;
        lead(link, stop.page.id, locked);
        const title = link.querySelector(".pager-title");
        if (title) title.textContent = stop.page.title;
      });
    },
  };
}
