/** What the server hands over to the inspector's page, as JSON in the element `inspection`. */

import type { Words } from "../lms/types.ts";

export type Kind = "scorm12" | "scorm2004" | "xapi" | "cmi5" | "web" | "unknown";

/** A package of the same source: another language, audience, edition, format or module. */
export interface Sibling {
  readonly id: string;
  readonly label: string;
  readonly module: string;
  readonly language: string;
  readonly audience: string;
  readonly edition: string;
  readonly kind: Kind;
}

export interface Learner {
  readonly id: string;
  readonly name: string;
}

/** Something that can go wrong; `side` says who carries it out: the LMS page, the server that is the LRS, or both. */
export interface Trouble extends Words {
  readonly id: string;
  readonly side: "lms" | "lrs" | "both";
}

export interface Inspection {
  readonly package: string;
  readonly title: string;
  readonly kind: Kind;
  readonly file_name: string;
  readonly language: keyof Words;
  /** The panel is hidden, for an audience. */
  readonly present: boolean;
  /** The address of the LMS page in the package's own origin, with the words that were asked for. */
  readonly lms: string;
  /** The `sandbox` of the frame around it. */
  readonly sandbox: string;
  readonly siblings: readonly Sibling[];
  readonly learners: readonly Learner[];
  readonly profiles: readonly { readonly id: string; readonly title: string }[];
  /** The profile that is chosen, or "". */
  readonly profile: string;
  readonly troubles: readonly Trouble[];
  /** Those that are switched on. */
  readonly trouble: readonly string[];
  /** The folder that the findings' paths begin at, absolute; without it they can be copied, and not opened. */
  readonly folder?: string;
}

/** The inspection that stands in the page. Throws where there is none. */
export function readInspection(page: Document): Inspection {
  const island = page.getElementById("inspection");
  if (!island?.textContent) throw new Error("the page has no inspection");
  return JSON.parse(island.textContent) as Inspection;
}

/** The LMS page of another package at the same port, launched with the same words. */
export function lmsPageOf(inspection: Inspection, id: string): string {
  const address = new URL(inspection.lms);
  address.hostname = `${id}.localhost`;
  address.pathname = `/lms/${id}/`;
  return address.href;
}
