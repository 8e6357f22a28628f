/** What axe finds in the page that the content shows, and where that is. */

import { pages } from "./changing.ts";

/** WCAG 2.1 A and AA, as `validate --play` looks for them. */
const OPTIONS = { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], elementRef: false };

interface Node {
  readonly target: readonly unknown[];
  readonly html: string;
  readonly failureSummary?: string;
}

export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly help: string;
  readonly helpUrl: string;
  readonly nodes: readonly Node[];
}

type Axe = { readonly run: (context: Document, options: object) => Promise<{ readonly violations: readonly Violation[] }> };

/** Runs axe in the content, frames included. Throws where the content lets no script in. */
export async function barriers(content: Window, address: string): Promise<Violation[]> {
  await Promise.all(pages(content).map((page) => bring(page, address)));
  const { axe } = content as Window & { axe?: Axe };
  if (!axe) throw new Error("axe could not be brought into the page");
  const { violations } = await axe.run(content.document, OPTIONS);
  return violations.map(({ id, impact, help, helpUrl, nodes }) => ({
    ...{ id, impact, help, helpUrl },
    nodes: nodes.map(({ target, html, failureSummary = "" }) => ({ target, html, failureSummary })),
  }));
}

function bring(page: Document, address: string): Promise<void> {
  return new Promise((there, failed) => {
    if ((page.defaultView as (Window & { axe?: Axe }) | null)?.axe) return there();
    const script = page.createElement("script");
    script.src = address;
    script.addEventListener("load", () => there());
    script.addEventListener("error", () => failed(new Error("the page's own rules (CSP) let no other script in")));
    page.documentElement.append(script);
    script.remove();
  });
}

const MARK = "kurspakke-barrier";
const RING = `[${MARK}] { outline: 4px solid #c30000 !important; outline-offset: 2px !important; box-shadow: 0 0 0 2px #fff !important; }`;
const ringed = new WeakSet<Document>();

/** Puts a ring around the element that a target names, by selectors through the frames, and shows it; an empty target takes the ring away. */
export function show(content: Window, target: readonly string[]): void {
  for (const page of pages(content)) page.querySelectorAll(`[${MARK}]`).forEach((each) => each.removeAttribute(MARK));
  let page: Document | null = content.document;
  let found: Element | null = null;
  for (const selector of target) {
    found = page?.querySelector(selector) ?? null;
    page = (found as HTMLIFrameElement | null)?.contentDocument ?? null;
  }
  if (!found) return;
  ring(found.ownerDocument);
  found.setAttribute(MARK, "");
  found.scrollIntoView({ block: "center", behavior: "auto" });
}

function ring(page: Document): void {
  const view = page.defaultView as (Window & typeof globalThis) | null;
  if (!view || ringed.has(page)) return;
  ringed.add(page);
  const sheet = new view.CSSStyleSheet();
  sheet.replaceSync(RING);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
}
