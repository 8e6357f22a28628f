import { element, icon } from "./element.ts";
import type { Say } from "./words.ts";

export interface Glossary {
  /** Shows the glossary if the address asks for it or for a term in it. */
  follow(): boolean;
  close(): void;
}

/**
 * The glossary, or what the package does with personal data, in place of the page; a link leads back to what was read.
 * It is no page: nothing is reported.
 */
export function glossaryView(say: Say): Glossary {
  const root = document.documentElement;
  const sections = [...document.querySelectorAll<HTMLElement>("#kp_glossary, #kp_privacy")];
  const menu = document.getElementById("kp_menu");
  const back = element("a", { class: "glossary-back" }, icon("left"), say("glossary_back"));
  /** The thing on the page whose text led here. */
  let origin = "";
  let title = "";
  let opening: Element | null = null;
  /** The menu's link to what is open, and what the menu otherwise says is open. */
  let entry: Element | null | undefined;
  let marked: Element | null | undefined;
  for (const section of sections) section.hidden = true;
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[href^='#kp_']");
    // A term in another term's definition does not change where the learner came from.
    if (link && !link.closest(".glossary")) origin = link.closest("[data-component]")?.id ?? "";
  });

  function close(): void {
    if (!root.classList.contains("in-glossary")) return;
    for (const section of sections) section.hidden = true;
    root.classList.remove("in-glossary");
    document.title = title;
    opening?.setAttribute("data-opening", "");
    entry?.removeAttribute("aria-current");
    marked?.setAttribute("aria-current", "page");
  }

  function follow(): boolean {
    const target = document.getElementById(location.hash.slice(1));
    const section = sections.find((each) => target && each.contains(target));
    if (!target || !section) return false;
    close();
    section.hidden = false;
    section.prepend(back);
    const page = document.querySelector("[data-page]:not([hidden])");
    back.href = `#${origin || (page?.id ?? "")}`;
    opening = page?.closest("[data-opening]") ?? null;
    opening?.removeAttribute("data-opening");
    entry = menu?.querySelector(`[href="#${section.id}"]`);
    marked = menu?.querySelector("[aria-current]");
    marked?.removeAttribute("aria-current");
    entry?.setAttribute("aria-current", "page");
    title = document.title;
    document.title = `${section.querySelector("h2")?.textContent} – ${title}`;
    root.classList.add("in-glossary");
    const heading = target.querySelector<HTMLElement>("[tabindex]") ?? section;
    heading.focus({ preventScroll: true });
    (target === section ? document.getElementById("kp_main") : target)?.scrollIntoView({ block: target === section ? "start" : "center" });
    return true;
  }

  return { follow, close };
}
