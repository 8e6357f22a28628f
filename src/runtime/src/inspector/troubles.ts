/** Trouble on demand: switches, each with what the learner is to see. */

import { element } from "../views/element.ts";
import { attempt, type Context, type Panel } from "./context.ts";
import { EFFECTS } from "./effects.ts";
import type { Trouble } from "./inspection.ts";
import { button } from "./making.ts";

export function createTroubles(context: Context): Panel {
  const { inspection, say, link, server, remember } = context;
  const on = new Set(inspection.trouble);
  let badge: (text: string, tone: string) => void = () => undefined;
  const boxes = new Map<string, HTMLInputElement>();
  const speaksScorm = inspection.kind.startsWith("scorm");
  const useful = inspection.kind === "web" ? [] : inspection.troubles.filter(({ side }) => side === "both" || (side === "lms") === speaksScorm || inspection.kind === "unknown");

  /** The server first: what it carries out begins before the page hears of it. */
  function tell(): void {
    const words = inspection.troubles.map(({ id }) => id).filter((id) => on.has(id));
    badge(words.length ? String(words.length) : "", "warning");
    remember({ trouble: words.join(",") });
    void attempt(context, async () => {
      await server.trouble(words);
      link.send({ kind: "trouble", on: words });
    });
  }

  function item(trouble: Trouble): HTMLElement {
    const box = element("input", { type: "checkbox", role: "switch", "aria-describedby": `effect-${trouble.id}` });
    box.checked = on.has(trouble.id);
    boxes.set(trouble.id, box);
    box.addEventListener("change", () => {
      if (box.checked) on.add(trouble.id);
      else on.delete(trouble.id);
      tell();
    });
    const effect = EFFECTS[trouble.id]?.[inspection.language] ?? "";
    return element("li", {}, element("label", { class: "switch" }, box, trouble[inspection.language], element("code", { class: "quiet" }, trouble.id)), element("p", { id: `effect-${trouble.id}`, class: "quiet" }, effect));
  }

  const off = button(say("troubleOff"), () => {
    on.clear();
    boxes.forEach((box) => void (box.checked = false));
    tell();
  });
  const node = element("div", { class: "tab" }, element("div", { class: "bar" }, off),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("trouble") }, element("p", { class: "lead" }, say(useful.length ? "troubleLead" : "troubleNone")), element("ul", { class: "troubles" }, ...useful.map(item))));
  return {
    id: "trouble",
    node,
    badge: (write) => {
      badge = write;
      badge(on.size ? String(on.size) : "", "warning");
    },
  };
}
