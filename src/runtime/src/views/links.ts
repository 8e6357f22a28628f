import { element } from "./element.ts";

/** Inside an LMS a link to elsewhere would replace the course itself. `note` says that it opens a tab. */
export function openOutside(part: ParentNode, note: string): void {
  for (const link of part.querySelectorAll<HTMLAnchorElement>("a[href^='http']")) {
    link.target = "_blank";
    link.rel = `${link.rel} noopener`.trim();
    link.append(element("span", { class: "ds-sr-only" }, ` (${note})`));
  }
}
