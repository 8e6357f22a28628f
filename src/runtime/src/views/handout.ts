import type { PackageData } from "../types.ts";
import { element } from "./element.ts";
import type { Say } from "./words.ts";

const STYLE = `body{max-width:60rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
table{border-collapse:collapse;width:100%}th,td{padding:.5rem;border:1px solid #888;text-align:start;vertical-align:top}
td{white-space:pre-line}`;

/** Where something was filled in, and when: course, unit, version and date. */
export function origin(data: PackageData, say: Say): string {
  const titles = [...new Set([data.course.title, data.unit.title])];
  return [...titles, `${say("version")} ${data.course.version}`, new Date().toLocaleDateString(data.lang)].join(" · ");
}

/** An HTML file that needs nothing else. */
export function htmlFile(title: string, data: PackageData, say: Say, ...content: Node[]): string {
  const made = document.implementation.createHTMLDocument(title);
  made.documentElement.lang = data.lang;
  made.head.prepend(element("meta", { charset: "utf-8" }));
  made.body.append(element("h1", {}, title), element("p", {}, origin(data, say)), ...content);
  // As text: the policy of the page that is open would hold for a style element made in it.
  return `<!doctype html>\n${made.documentElement.outerHTML.replace("</head>", `<style>${STYLE}</style></head>`)}\n`;
}

/** A table with a header row; `named`: the first cell of each row is the row's name. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], named = false): HTMLTableElement {
  const header = (scope: string, text: string): HTMLElement => element("th", { scope }, text);
  const row = (texts: readonly string[]): HTMLElement =>
    element("tr", {}, ...texts.map((text, at) => (named && at === 0 ? header("row", text) : element("td", {}, text))));
  const top = element("tr", {}, ...head.map((text) => header("col", text)));
  return element("table", {}, element("thead", {}, top), element("tbody", {}, ...rows.map(row)));
}

/** The title of a component, without the word before it that tells its kind. */
export function titleOf(id: string): string {
  return document.getElementById(id)?.lastChild?.textContent?.trim() ?? "";
}
