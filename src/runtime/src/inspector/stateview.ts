/** The learner's state, readable, and how much of its room it takes. */

import { element } from "../views/element.ts";
import type { Context } from "./context.ts";
import { entry } from "./making.ts";
import { reading, ROOM } from "./suspended.ts";

export function stateview({ say, inspection }: Pick<Context, "say" | "inspection">, text: string): HTMLElement {
  const most = ROOM[inspection.kind] ?? 4096;
  const used = say("stateUsed", { n: text.length, most });
  const { isOurs, lines } = reading(text, say);
  const meter = element("meter", { min: "0", max: String(most), high: String(most * 0.8), value: String(Math.min(most, text.length)), "aria-label": used });
  const body = isOurs
    ? element("dl", {}, ...lines.flatMap(([name, worth]) => entry(name, element("span", { class: "value" }, worth))))
    : element("div", {}, element("p", { class: "quiet" }, say("stateForeign")), element("pre", { tabindex: "0" }, lines[0]?.[1] ?? ""));
  return element("section", { class: "state" }, element("h2", {}, say("stateTitle")), element("p", { class: "room" }, meter, used), body);
}
