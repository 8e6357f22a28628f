/**
 * The state document. An LRS keeps one for each activity; Open edX keeps a single one for all units of a package,
 * so a unit's part says whose it is, and the parts of the others stay.
 *
 *   { unit, state, page, others?: { [unit]: { state, page } } }
 */

import { isObject, textOf } from "./launch.ts";
import type { Json, JsonObject } from "./launch.ts";

export interface Part {
  readonly state: string;
  readonly page: string;
}

/** The part of `unit`; empty where it has none. */
export function partOf(document: Json | undefined, unit: string): Part {
  const own = parts(document)[unit] ?? {};
  return { state: textOf(own, "state"), page: textOf(own, "page") };
}

/** `document` with the part of `unit` on top. */
export function withPart(document: Json | undefined, unit: string, { state, page }: Part): JsonObject {
  const { [unit]: _, ...others } = parts(document);
  return { unit, state, page, ...(Object.keys(others).length ? { others } : {}) };
}

function parts(document: Json | undefined): JsonObject {
  if (!isObject(document)) return {};
  const others = isObject(document["others"]) ? document["others"] : {};
  const top = textOf(document, "unit");
  return top ? { ...others, [top]: { state: textOf(document, "state"), page: textOf(document, "page") } } : others;
}
