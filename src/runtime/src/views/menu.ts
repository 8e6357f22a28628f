import { minutesLeft } from "../pace.ts";
import type { ModuleProgress, PackageData } from "../types.ts";
import { icon, lead, place } from "./element.ts";
import type { Stop } from "./itinerary.ts";
import type { Say } from "./words.ts";

export interface Menu {
  current(stop: Stop): void;
  progress(modules: readonly ModuleProgress[], visited: ReadonlySet<string>): void;
  /** Ids of the pages that do not open yet. */
  lock(locked: ReadonlySet<string>): void;
}

/** Marks the list of pages that the template wrote, and folds it behind a button where the window is narrow. */
export function menuView(data: PackageData, say: Say): Menu {
  const nav = place("kp_menu");
  const entries = [...nav.querySelectorAll<HTMLElement>("[data-menu-page]")];
  const links = new Map(entries.map((link) => [link.dataset.menuPage, link]));
  const groups = [...nav.querySelectorAll<HTMLDetailsElement>("[data-menu-module]")];
  const bar = place("kp_bar") as HTMLProgressElement;
  const text = place("kp_count");
  const toggle = place("kp_menu_toggle");
  toggle.onclick = () => open(!nav.hasAttribute("data-open"));

  function open(wanted: boolean): void {
    toggle.setAttribute("aria-expanded", String(wanted));
    nav.toggleAttribute("data-open", wanted);
  }
  // Also for the page that is already open, which makes no other event.
  nav.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("a")) open(false);
  });
  nav.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !nav.hasAttribute("data-open")) return;
    open(false);
    toggle.focus();
  });

  function current(stop: Stop): void {
    for (const [id, link] of links) {
      if (id === stop.page.id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    for (const group of groups) group.open = group.dataset.menuModule === stop.module.id;
    open(false);
    // Later, when the browser lays out anyway: measured at once, it would have to do so twice. Who works through the
    // hits of a search stays among them.
    window.requestAnimationFrame(() => nav.querySelector(".hits *") || reveal(links.get(stop.page.id)));
  }

  /** In a long menu: within its own box, so that the page itself stays where it is. */
  function reveal(link: HTMLElement | undefined): void {
    const [inner, outer] = [link?.getBoundingClientRect(), nav.getBoundingClientRect()];
    if (inner && (inner.top < outer.top || inner.bottom > outer.bottom)) nav.scrollTop += inner.top - outer.top - outer.height / 3;
  }

  function progress(modules: readonly ModuleProgress[], visited: ReadonlySet<string>): void {
    for (const [id, link] of links) {
      if (!id || !visited.has(id) || "seen" in link.dataset) continue;
      link.dataset.seen = "";
      link.querySelector("[data-visited]")?.append(` (${say("page_visited")})`);
    }
    const left = data.modules.map((module, at) => (modules[at]?.done ? 0 : minutesLeft(module, visited)));
    for (const group of groups) {
      const at = modules.findIndex(({ id }) => id === group.dataset.menuModule);
      if (modules[at]) markModule(group, modules[at], left[at] ?? 0);
    }
    place("kp_rest").textContent = duration(left.reduce((sum, minutes) => sum + minutes, 0));
    const several = modules.length > 1;
    const done = several ? modules.filter((module) => module.done).length : (modules[0]?.visited ?? 0);
    const all = several ? modules.length : (modules[0]?.pages ?? 0);
    bar.max = Math.max(all, 1);
    bar.value = done;
    text.textContent = say(several ? "modules_done" : "pages_seen", { n: done, m: all });
    if (!several && modules[0]?.done) text.replaceChildren(icon("check"), say("completed"));
  }

  /** "" when nothing is left. */
  function duration(minutes: number): string {
    const n = Math.max(1, Math.round(minutes));
    return minutes ? say(n > 1 ? "minutes_left" : "minutes_left_one", { n }) : "";
  }

  function markModule(group: HTMLElement, module: ModuleProgress, left: number): void {
    const status = group.querySelector("[data-status]");
    const state = module.done ? "completed" : module.visited + module.answered > 0 ? "in_progress" : "not_started";
    const rest = state === "in_progress" && duration(left);
    if (status) status.textContent = say(state) + (rest ? ` · ${rest.toLowerCase()}` : "");
    group.dataset.state = state;
  }

  function lock(locked: ReadonlySet<string>): void {
    for (const [id = "", link] of links) lead(link, id, locked);
  }

  return { current, progress, lock };
}
