/** How the course is looked at: width, zoom, the looks that the server makes, and what stands beside it. */

import { element } from "../views/element.ts";
import type { Context } from "./context.ts";
import type { Launching } from "./launching.ts";
import { choice, tick, toggle } from "./making.ts";
import { WIDTHS, type Stage, type Width } from "./stage.ts";
import { others } from "./variants.ts";
import type { Key } from "./words.ts";

/** As in kurspakke/preview/looks.py. */
const LOOKS = ["dark", "forced-colors", "reduced-motion", "no-script", "print"] as const;

export function createViewbar(context: Context, launching: Launching, stage: Stage): HTMLElement {
  const { say, inspection } = context;
  const widths = (Object.keys(WIDTHS) as Width[]).map((width) => ({ value: width, label: `${say(width)}${WIDTHS[width] ? ` ${WIDTHS[width]}` : ""}` }));
  const width = choice(say("width"), widths, "full", (value) => stage.size({ width: value as Width }));
  const zoom = toggle(say("zoom"), false, (on) => stage.size({ zoom: on }));
  const all = others(inspection);
  const options = [{ value: "", label: say("nothingBeside") }, ...all.map(({ sibling, difference }) => ({ value: sibling.id, label: difference }))];
  const beside = choice(say("beside"), options, "", (id) => {
    const chosen = all.find(({ sibling }) => sibling.id === id)?.sibling;
    stage.beside(chosen ? launching.other(chosen.id) : "", chosen?.label ?? "");
  });
  return element("div", { class: "group", role: "group", "aria-label": say("views") }, width.node, zoom, looks(context, launching, stage), ...(all.length ? [beside.node] : []));
}

function looks({ say, launch }: Context, launching: Launching, stage: Stage): HTMLElement {
  const on = new Set(launching.word("look").split(",").filter((word) => (LOOKS as readonly string[]).includes(word)));
  const name = element("summary", {}, say("views"));
  const told = (): void => {
    name.textContent = on.size ? `${say("views")} (${on.size})` : say("views");
    stage.size({ paper: on.has("print") });
  };
  const items = LOOKS.map((look) => {
    const box = tick(say(look), on.has(look), (ticked) => {
      if (ticked) on.add(look);
      else on.delete(look);
      told();
      // An empty list, not none: the server keeps what it was told last.
      launch({ look: LOOKS.filter((each) => on.has(each)).join(",") || "none" });
    });
    return element("li", {}, box, element("p", { class: "quiet" }, say(`${look}How` as Key)));
  });
  const menu = element("details", { class: "menu" }, name, element("div", { class: "sheet" }, element("p", { class: "quiet" }, say("viewsLead")), element("ul", {}, ...items)));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    name.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!(target instanceof Node && menu.contains(target))) menu.open = false;
  });
  told();
  return menu;
}
