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

/** What an aspect is called to people: «norsk nynorsk», «SCORM 1.2»; "" where it is for everybody. */
export function nameOf(sibling: Sibling, aspect: Aspect, language: string): string {
  const worth = aspectOf(sibling, aspect);
  if (aspect === "format") return FORMATS[worth] ?? worth;
  if (aspect === "module") return sibling.label.replace(/ · [^·]*$/, "") || worth;
  return aspect === "language" ? languageName(worth, language) : worth;
}

function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** The other packages, those that differ least first, each with how it differs: «norsk nynorsk, leder». */
export function others(inspection: Pick<Inspection, "package" | "siblings" | "language">): readonly { readonly sibling: Sibling; readonly difference: string }[] {
  const here = inspection.siblings.find(({ id }) => id === inspection.package);
  const differing = (sibling: Sibling) => ASPECTS.filter((aspect) => here && aspectOf(sibling, aspect) !== aspectOf(here, aspect));
  const all = inspection.siblings.filter(({ id }) => id !== inspection.package).map((sibling) => ({ sibling, aspects: differing(sibling) }));
  // What differs in its format only looks the same.
  const weight = (aspects: readonly Aspect[]) => aspects.length + (aspects.includes("module") ? 10 : 0) + (aspects.includes("format") ? 5 : 0);
  all.sort((one, other) => weight(one.aspects) - weight(other.aspects));
  return all.map(({ sibling, aspects }) => ({ sibling, difference: aspects.map((aspect) => nameOf(sibling, aspect, inspection.language) || "–").join(", ") || sibling.label }));
}
