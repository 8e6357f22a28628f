import { element } from "./element.ts";

/** At the front of a file it lets older editors and spreadsheets see that the text is UTF-8. */
export const MARK = "\uFEFF";

/** Gives the learner a file; nothing leaves the browser. */
export function saveFile(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  element("a", { href: address, download: name }).click();
  window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
