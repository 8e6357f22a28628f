/** How the LMS page looks: the table of contents, where there are several parts, and the place of the content. */

import type { Launch, TocItem } from "./launch.ts";
import type { Texts } from "./texts.ts";

const STYLE = `
  * { box-sizing: border-box; }
  html, body { margin: 0; height: 100%; }
  body { display: flex; font: 1rem/1.5 system-ui, sans-serif; color: #1e2b3c; background: #fff; }
  main { flex: 1; min-width: 0; display: flex; flex-direction: column; }
  iframe { flex: 1; width: 100%; border: 0; background: #fff; }
  nav { width: 17rem; overflow: auto; padding: 1rem; border-right: 1px solid #c9d1da; background: #f5f7f9; }
  nav h2 { font-size: 1rem; margin: 0 0 .5rem; }
  nav ul { list-style: none; margin: 0; padding: 0; }
  nav li > * { display: block; padding: .4rem .5rem; border-radius: .25rem; overflow-wrap: anywhere; }
  nav a { color: #0b4f8a; }
  nav a:hover { background: #e4eaf0; }
  nav a:focus-visible, button:focus-visible { outline: 3px solid #0b4f8a; outline-offset: 2px; }
  nav a[aria-current] { background: #dbe7f3; color: #1e2b3c; font-weight: 600; }
  nav small { display: block; color: #49586a; font-weight: 400; }
  .note { margin: auto; padding: 2rem; max-width: 34rem; text-align: center; }
  button { font: inherit; padding: .5rem 1rem; border: 2px solid #0b4f8a; border-radius: .25rem; color: #fff; background: #0b4f8a; cursor: pointer; }
  @media (max-width: 48rem) {
    body { flex-direction: column; }
    nav { width: auto; max-height: 30vh; border-right: 0; border-bottom: 1px solid #c9d1da; }
  }
  @media (forced-colors: active) { nav a[aria-current] { outline: 2px solid; } }
`;

export interface Screen {
  /** Where the content is put. */
  readonly place: HTMLElement;
  /** Shows a text instead of the content, with a button if it has a name. */
  readonly note: (text: string, button?: string, act?: () => void) => void;
  /** The status of the part that is open. */
  readonly mark: (status: string) => void;
}

export function createScreen(page: Document, launch: Launch, texts: Texts, open: (sco: string) => void): Screen {
  const style = new CSSStyleSheet();
  style.replaceSync(STYLE);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, style];
  page.documentElement.lang = launch.language;
  page.title = launch.title;
  const place = page.createElement("main");
  const several = launch.toc.filter(({ path }) => path !== null).length > 1;
  page.body.replaceChildren(...(several ? [contents(page, launch, texts, open)] : []), place);
  return {
    place,
    note: (text, label, act) => {
      const note = Object.assign(page.createElement("div"), { className: "note" });
      const words = Object.assign(page.createElement("p"), { textContent: text });
      words.setAttribute("role", "status");
      note.append(words);
      if (label && act) {
        const button = Object.assign(page.createElement("button"), { type: "button", textContent: label });
        button.addEventListener("click", act);
        note.append(button);
      }
      place.replaceChildren(note);
    },
    mark: (status) => {
      const small = page.querySelector("nav a[aria-current] small");
      if (small) small.textContent = told(status, texts);
    },
  };
}

function contents(page: Document, launch: Launch, texts: Texts, open: (sco: string) => void): HTMLElement {
  const nav = page.createElement("nav");
  const heading = Object.assign(page.createElement("h2"), { id: "toc", textContent: texts.contents });
  nav.setAttribute("aria-labelledby", heading.id);
  const list = page.createElement("ul");
  list.append(...launch.toc.map((item) => entry(page, item, item.id === launch.sco?.id, texts, open)));
  nav.append(heading, list);
  return nav;
}

function entry(page: Document, item: TocItem, here: boolean, texts: Texts, open: (sco: string) => void): HTMLElement {
  const line = page.createElement("li");
  line.style.setProperty("margin-inline-start", `${Math.max(0, item.level) * 0.75}rem`);
  if (item.path === null) {
    line.append(Object.assign(page.createElement("span"), { textContent: item.title }));
    return line;
  }
  const link = Object.assign(page.createElement("a"), { href: addressOf(item.id, page.location.href), textContent: item.title });
  if (here) link.setAttribute("aria-current", "page");
  link.append(Object.assign(page.createElement("small"), { textContent: told(item.status, texts) }));
  link.addEventListener("click", (event) => {
    event.preventDefault();
    open(item.id);
  });
  line.append(link);
  return line;
}

/** This page for another part of the package. */
export function addressOf(sco: string, page: string): string {
  const address = new URL(page);
  address.searchParams.set("sco", sco);
  return address.href;
}

const STATUSES = ["passed", "completed", "failed", "incomplete", "browsed"] as const;

function told(status: string, texts: Texts): string {
  const known = STATUSES.find((each) => each === status);
  return known ? texts[known] : "";
}
