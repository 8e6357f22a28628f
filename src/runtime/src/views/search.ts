import { element, place } from "./element.ts";
import type { Stop } from "./itinerary.ts";
import { type Passage, passagesOf, plain, tidy } from "./passages.ts";
import type { Say } from "./words.ts";

/** Letters of a snippet before the first hit, and in all. */
const BEFORE = 45;
const LENGTH = 120;

/** The search field in the menu. What stands on a page that is not open is not told. */
export function addSearch(stops: readonly Stop[], say: Say, isOpen: (stop: Stop) => boolean): void {
  const field = place("kp_search") as HTMLInputElement;
  const form = field.form;
  const list = place("kp_hits");
  let passages: readonly Passage[] = [];
  if (!form) return;

  field.oninput = search;
  form.onsubmit = () => {
    list.querySelector("a")?.focus();
    return false;
  };
  form.onkeydown = (event) => {
    if (event.key !== "Escape" || !field.value) return;
    // The first press clears the search, and only the next one folds the menu.
    event.stopPropagation();
    field.value = "";
    field.focus();
    search();
  };

  function search(): void {
    const sought = plain(tidy(field.value)).split(" ");
    const fits = ({ stop, heading, text }: Passage): boolean => {
      const own = plain(`${heading} ${text}`);
      return (!stop || isOpen(stop)) && sought.every((word) => own.includes(word));
    };
    // Gathered once for each search: while somebody writes, what is sought in may be replaced.
    passages = sought[0] ? (passages[0] ? passages : gather()) : [];
    const hits = passages.filter(fits);
    // Longer words first: one may hold another.
    sought.sort((a, b) => b.length - a.length);
    const pattern = new RegExp(`(${sought.map((word) => word.replace(/\W/g, "\\$&")).join("|")})`);
    list.replaceChildren(...hits.map((hit) => element("li", {}, show(hit, pattern))));
    place("kp_search_status").textContent = sought[0] ? say(hits[1] ? "search_hits" : hits[0] ? "search_hit" : "search_none", { n: hits.length }) : "";
  }

  function gather(): readonly Passage[] {
    const pages = stops.flatMap((stop) => [
      ...(stop.first ? passagesOf(`${stop.module.id}_head`, stop.module.title, stop) : []),
      ...passagesOf(stop.page.id, stop.page.title, stop),
    ]);
    return [...pages, ...passagesOf("kp_glossary", say("glossary"))];
  }
}

function show({ id, title, heading, text }: Passage, pattern: RegExp): HTMLElement {
  const at = Math.max(0, plain(text).search(pattern) - BEFORE);
  const from = at && text.indexOf(" ", at);
  const snippet = (from ? "…" : "") + text.slice(from, from + LENGTH) + (text[from + LENGTH] ? "…" : "");
  const lines = [title, heading === title ? "" : heading, snippet].filter(Boolean);
  return element("a", { href: `#${id}` }, ...lines.map((line) => element("span", {}, ...marked(line, pattern))));
}

function marked(text: string, pattern: RegExp): (Node | string)[] {
  let at = 0;
  return plain(text)
    .split(pattern)
    .map(({ length }, number) => {
      const part = text.slice(at, (at += length));
      return number % 2 ? element("mark", {}, part) : part;
    });
}
