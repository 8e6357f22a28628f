import { element, icon, place } from "./element.ts";
import type { Stop } from "./itinerary.ts";
import type { Say } from "./words.ts";

export interface Pager {
  show(previous: Stop | undefined, next: Stop | undefined): void;
}

/** Links to the page before and the page after: links, so that they open, copy and go back like links. */
export function pagerView(say: Say): Pager {
  const back = link("left", say("prev"));
  const on = link("right", say("next"));
  place("kp_pager").append(element("nav", { class: "pager", "aria-label": say("pages_nav") }, back, on));

  function link(direction: "left" | "right", label: string): HTMLAnchorElement {
    const title = element("span", { class: "pager-title" });
    const words = element("span", {}, element("span", { class: "pager-label" }, label), title);
    const parts = direction === "left" ? [icon(direction), words] : [words, icon(direction)];
    return element("a", { class: `pager-link pager-${direction}` }, ...parts);
  }

  function aim(anchor: HTMLAnchorElement, stop: Stop | undefined): void {
    anchor.hidden = !stop;
    if (!stop) return;
    anchor.href = `#${stop.page.id}`;
    const title = anchor.querySelector(".pager-title");
    if (title) title.textContent = stop.page.title;
  }

  return {
    show(previous, next) {
      aim(back, previous);
      aim(on, next);
    },
  };
}
