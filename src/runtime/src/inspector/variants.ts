/** The same content in another language, for another audience, in another format: where to find it among the siblings. */

import type { Inspection, Sibling } from "./inspection.ts";

export const ASPECTS = ["module", "language", "audience", "edition", "format"] as const;
export type Aspect = (typeof ASPECTS)[number];

export const FORMATS: Readonly<Record<string, string>> = {
  scorm12: "SCORM 1.2",
  scorm2004: "SCORM 2004",
  xapi: "xAPI (Tin Can)",
  cmi5: "cmi5",
  web: "Web",
};

export function aspectOf(sibling: Sibling, aspect: Aspect): string {
  return aspect === "format" ? sibling.kind : sibling[aspect];
}

/** What there is to choose from, where there is more than one. */
export function worthsOf(siblings: readonly Sibling[], aspect: Aspect): readonly string[] {
  const worths = [...new Set(siblings.map((sibling) => aspectOf(sibling, aspect)))];
  return worths.length > 1 ? worths : [];
}

/** The sibling with that one aspect changed, and as many of the others kept as there can be. */
export function nearest(inspection: Pick<Inspection, "package" | "siblings">, aspect: Aspect, worth: string): Sibling | undefined {
  const here = inspection.siblings.find(({ id }) => id === inspection.package);
  const alike = (sibling: Sibling) => (here ? ASPECTS.filter((each) => aspectOf(sibling, each) === aspectOf(here, each)).length : 0);
  const fits = inspection.siblings.filter((sibling) => aspectOf(sibling, aspect) === worth);
  return fits.sort((one, other) => alike(other) - alike(one))[0];
}

/** How a sibling is told from this package: «nynorsk, skole». */
export function difference(inspection: Pick<Inspection, "package" | "siblings">, sibling: Sibling): string {
  const here = inspection.siblings.find(({ id }) => id === inspection.package);
  const differing = ASPECTS.filter((aspect) => here && aspectOf(sibling, aspect) !== aspectOf(here, aspect));
  return differing.map((aspect) => (aspect === "format" ? FORMATS[sibling.kind] ?? sibling.kind : aspectOf(sibling, aspect) || "–")).join(", ");
}
