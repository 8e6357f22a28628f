/** What the server hands over to the LMS page: which package, for whom, in which LMS. */

import type { Values } from "./calls.ts";
import { temperament, type Temperament } from "./temperament.ts";
import type { Words } from "./types.ts";

export type Mode = "normal" | "browse" | "review";

/** An item of the table of contents; without a path it is a heading. */
export interface TocItem {
  readonly id: string;
  readonly title: string;
  readonly level: number;
  readonly path: string | null;
  readonly status: string;
}

/** What is opened, and what the manifest says of it. */
export interface Sco {
  readonly id: string;
  readonly title: string;
  readonly url: string;
  readonly mastery: string;
  readonly data: string;
  readonly max_time: string;
  readonly time_limit_action: string;
  readonly prerequisites: string;
  /** Whether it wants a window of its own (cmi5 13.1.4, launchMethod). */
  readonly own_window?: boolean;
}

export interface Launch {
  readonly package: string;
  readonly kind: "scorm12" | "scorm2004" | "xapi" | "cmi5" | "web";
  readonly title: string;
  /** The origin that messages go to, and come from. */
  readonly inspector: string;
  readonly language: keyof Words;
  readonly learner: { readonly id: string; readonly name: string };
  readonly mode: Mode;
  readonly attempt: number;
  readonly trouble: readonly string[];
  readonly profile: { readonly id: string; readonly title: string; readonly temperament: Partial<Temperament> } | null;
  readonly toc: readonly TocItem[];
  /** What is opened; null where nothing can be. */
  readonly sco: Sco | null;
  /** All that can be opened, by id, where no server can be asked for another launch. */
  readonly scos?: Readonly<Record<string, Sco>>;
  /** `browser`: there is no server that keeps anything. */
  readonly store?: "browser";
  /** What earlier sessions of this learner committed. */
  readonly kept: Values;
}

const ISLAND = "launch";

/** Whether the page is handed a launch. */
export const isHanded = (page: Document): boolean => page.getElementById(ISLAND) !== null;

/** The launch that stands in the page as JSON. Throws where there is none. */
export function readLaunch(page: Document): Launch {
  const island = page.getElementById(ISLAND);
  if (!island?.textContent) throw new Error("the LMS page has no launch");
  const launch = JSON.parse(island.textContent) as Launch;
  const asked = new URL(page.location.href).searchParams.get("sco") ?? "";
  const sco = new Map(Object.entries(launch.scos ?? {})).get(asked);
  return sco ? { ...launch, sco } : launch;
}

/** The LMS that the launch asks for; the strict one where it names none. */
export function temperamentOf(launch: Launch): Temperament {
  return temperament(launch.profile?.temperament);
}
