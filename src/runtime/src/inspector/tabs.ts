/** The panel's tabs (ARIA 1.2, pattern «tabs»): arrow keys go from one to the next. */

import { element } from "../views/element.ts";
import type { Panel } from "./context.ts";
import type { Say } from "./words.ts";

export interface Tabs {
  readonly node: HTMLElement;
  readonly open: (id: string) => void;
}

export function createTabs(say: Say, panels: readonly Panel[], first: string, opened: (id: string) => void): Tabs {
  const tabs = panels.map((panel) => {
    const badge = element("span", { class: "badge" });
    panel.badge?.((text, tone) => {
      badge.textContent = text;
      badge.className = `badge ${tone}`;
    });
    const tab = element("button", { type: "button", role: "tab", id: `tab-${panel.id}`, "aria-controls": `panel-${panel.id}` }, say(panel.id), badge);
    const room = element("div", { role: "tabpanel", id: `panel-${panel.id}`, "aria-labelledby": `tab-${panel.id}` }, panel.node);
    tab.addEventListener("click", () => open(panel.id));
    return { panel, tab, room };
  });

  function open(id: string): void {
    const chosen = tabs.find(({ panel }) => panel.id === id) ?? tabs[0]!;
    for (const each of tabs) {
      const isChosen = each === chosen;
      each.tab.setAttribute("aria-selected", String(isChosen));
      each.tab.tabIndex = isChosen ? 0 : -1;
      each.room.hidden = !isChosen;
    }
    chosen.panel.shown?.();
    opened(chosen.panel.id);
  }

  const line = element("div", { role: "tablist", class: "tabs", "aria-label": say("panel") }, ...tabs.map(({ tab }) => tab));
  line.addEventListener("keydown", ({ key }) => {
    const at = tabs.findIndex(({ tab }) => tab === document.activeElement);
    const steps: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const step = steps[key];
    if (step === undefined || at < 0) return;
    const next = tabs[(step + tabs.length) % tabs.length]!;
    open(next.panel.id);
    next.tab.focus();
    next.tab.scrollIntoView({ block: "nearest", inline: "nearest" });
  });
  const node = element("div", { class: "panel" }, line, ...tabs.map(({ room }) => room));
  queueMicrotask(() => open(first));
  return { node, open };
}
