/**
 * The API of an LMS of SCORM 2004 (4th edition, RTE 3.1): the common calls and the whole data model, without sequencing.
 *
 * A refused value leaves the old one in place. What has been set counts once it is kept, by Commit or Terminate.
 */

import { keepAll, say, type Keep, type Lms, type Outcome as Ended, type Values } from "../calls.ts";
import { Lists, listsAround, named } from "../names.ts";
import type { Words } from "../types.ts";
import { ELEMENTS, NAVIGATION, type ElementRow } from "./datamodel.ts";
import { createCallbook } from "../callbook.ts";
import { ERRORS, type Code } from "./errors.ts";
import { REQUEST } from "./navigation.ts";
import { evaluated } from "./statuses.ts";
import { text, type Ranged } from "./types.ts";

type Outcome = Ended<Code>;
type Phase = "new" | "running" | "finished";

/** How an LMS is, and where it keeps what is committed. */
export interface Terms {
  readonly keep: Keep;
  /** So many characters of `cmi.suspend_data` it takes: 64,000, or 4,000 in the 2nd edition. */
  readonly state: number;
  /** What becomes of `adl.nav.request`: refused, or taken and not carried out. */
  readonly requests: "refused" | "taken";
}

const done = (): Outcome => ({ answer: "true", error: "0" });
const refused = (error: Code, why: Words = ERRORS[error]): Outcome => ({ answer: "false", error, why });
const nothing = (error: Code, why: Words = ERRORS[error]): Outcome => ({ answer: "", error, why });
const ARGUMENT = say('Argumentet skal være den tomme teksten ""', 'The argument has to be the empty string ""');
const NO_SEQUENCING = say(
  "Sekvensering finnes ikke i forhåndsvisningen: innholdsfortegnelsen bestemmer. Prøv dette i et LMS",
  "The preview has no sequencing: its table of contents decides. Try this in an LMS",
);

/** An LMS for one session: `kept` is what earlier sessions committed, and what the LMS tells (mode, threshold …). */
export function lms2004(
  kept: Values,
  language: keyof Words = "nb",
  { keep = keepAll, state = 64_000, requests = "refused" }: Partial<Terms> = {},
): Lms {
  const starts = Array.from(ELEMENTS).flatMap(([name, row]) => (row.start === undefined || name.includes(".n.") ? [] : [[name, row.start] as const]));
  const values = new Map([...starts, ...Object.entries(kept)]);
  const book = createCallbook<Code>("0", ERRORS, language);
  const lists = new Lists();
  let stored: Values = { ...kept };
  let phase: Phase = "new";
  Object.keys(kept).forEach((name) => lists.enlist(name));

  function initialize(given: readonly unknown[]): Outcome {
    if (phase !== "new") return refused(phase === "running" ? "103" : "104");
    if (!isEmpty(given)) return refused("201", ARGUMENT);
    phase = "running";
    return done();
  }

  function terminate(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused(phase === "new" ? "112" : "113");
    if (!isEmpty(given)) return refused("201", ARGUMENT);
    const outcome = store(true, "111");
    if (outcome.answer === "true") phase = "finished";
    return outcome;
  }

  function commit(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused(phase === "new" ? "142" : "143");
    return isEmpty(given) ? store(false, "391") : refused("201", ARGUMENT);
  }

  function store(finished: boolean, failure: Code): Outcome {
    const now = Object.fromEntries([...values, ...Object.entries(evaluated(values))].filter(([name]) => name !== REQUEST.name && ELEMENTS.get(named(name).row)?.access !== "keyword"));
    const { stored: whether, answer, why } = keep(now, finished);
    if (whether) stored = now;
    return answer === "true" ? { ...done(), why } : refused(failure, why);
  }

  function get(given: readonly unknown[]): Outcome {
    if (phase !== "running") return nothing(phase === "new" ? "122" : "123");
    const name = String(given[0] ?? "");
    if (name === "") return nothing("301", say("Navnet på elementet mangler", "The element's name is missing"));
    if (name.startsWith("adl.nav.request_valid.") && NAVIGATION.test(name)) return { answer: "unknown", error: "0", why: NO_SEQUENCING };
    if (name === REQUEST.name && requests === "taken") return { answer: values.get(name) ?? REQUEST.none, error: "0", why: REQUEST.why };
    if (NAVIGATION.test(name)) return nothing("402", NO_SEQUENCING);
    const row = ELEMENTS.get(named(name).row);
    if (!row) return childless(name) ? nothing("301", say(`${name}: elementet har ingen deler`, `${name}: the element has no parts`)) : nothing("401", unknown(name));
    if (row.access === "w") return nothing("405", say(`${name} kan bare skrives`, `${name} can only be written`));
    const gap = beyond(name, -1);
    if (gap) return nothing("301", gap);
    if (name.endsWith("._count")) return { answer: String(lists.count(name.slice(0, -"._count".length))), error: "0" };
    const value = evaluated(values)[name] ?? values.get(name) ?? row.start;
    return value === undefined ? nothing("403", say(`${name} har ingen verdi ennå`, `${name} has no value yet`)) : { answer: value, error: "0" };
  }

  function set(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused(phase === "new" ? "132" : "133");
    const name = String(given[0] ?? "");
    const value = given[1];
    if (name === "") return refused("351", say("Navnet på elementet mangler", "The element's name is missing"));
    if (name.startsWith("adl.nav.request_valid.")) return refused("404");
    if (name === REQUEST.name && requests === "taken") return request(value);
    if (NAVIGATION.test(name)) return refused("402", NO_SEQUENCING);
    const row = ELEMENTS.get(named(name).row);
    if (!row) return childless(name) ? refused("404", say(`${name} er LMS-ets eget ord`, `${name} is the LMS's own word`)) : refused("401", unknown(name));
    if (row.access === "keyword" || row.access === "r") return refused("404", say(`${name} kan bare leses`, `${name} can only be read`));
    const fault = objection(name, value, row);
    if (fault) return fault;
    const before = values.get(name);
    values.set(name, String(value));
    lists.enlist(name);
    return { ...done(), before };
  }

  /** Where content wants to be led: it lasts for this session, and nothing comes of it. */
  function request(value: unknown): Outcome {
    if (typeof value !== "string" || !REQUEST.type.fits(value)) return refused("406", unfit(REQUEST.name, String(value), REQUEST.type));
    values.set(REQUEST.name, value);
    return { ...done(), why: REQUEST.why };
  }

  /** Why this value can't be set now; undefined if it can. */
  function objection(name: string, value: unknown, row: ElementRow): Outcome | undefined {
    const gap = beyond(name, 0);
    if (gap) return refused("351", gap);
    const item = itemOf(name);
    const missing = needed(name, row).find((each) => !values.has(`${item}.${each}`));
    if (missing) return refused("408", say(`${item}.${missing} må settes først`, `${item}.${missing} has to be set first`));
    if (typeof value !== "string") return refused("406", say(`${name} fikk ${typeof value}, ikke tekst`, `${name} was given a ${typeof value}, not text`));
    const wanted = typeOf(name, row);
    if (!wanted.fits(value)) return refused("406", unfit(name, value, wanted));
    if (wanted.within && !wanted.within(value)) return refused("407", unfit(name, value, wanted));
    return row.unique && taken(name, value) ? refused("351", say(`«${value}» er id-en til en annen del, eller denne har en id`, `"${value}" is another item's id, or this one has an id`)) : undefined;
  }

  /** What has to be there first; in the lists within interactions, that is something of the interaction. */
  function needed(name: string, row: ElementRow): readonly string[] {
    if (row.needs) return row.needs;
    const { row: kind } = named(name);
    if (kind.startsWith("cmi.interactions.n.correct_responses.")) return ["id", "type"];
    return kind.startsWith("cmi.interactions.n.objectives.") ? ["id"] : [];
  }

  function taken(name: string, value: string): boolean {
    const list = listsAround(name).pop()!;
    const own = values.get(name);
    if (own !== undefined) return own !== value;
    return Array.from({ length: lists.count(list) }, (_, at) => values.get(`${list}.${at}.id`)).includes(value);
  }

  function typeOf(name: string, row: ElementRow): Ranged {
    if (name === "cmi.suspend_data") return text(state);
    return typeof row.type === "function" ? row.type(values.get(`${itemOf(name)}.type`) ?? "") : row.type!;
  }

  function beyond(name: string, more: 0 | -1): Words | undefined {
    const gap = lists.beyond(name, more);
    return gap && say(`${gap.list} har ${gap.count} deler: ${gap.index} er ikke den neste`, `${gap.list} holds ${gap.count} items: ${gap.index} is not the next one`);
  }

  return {
    api: {
      Initialize: book.noted("Initialize", initialize),
      Terminate: book.noted("Terminate", terminate),
      GetValue: book.noted("GetValue", get),
      SetValue: book.noted("SetValue", set),
      Commit: book.noted("Commit", commit),
      GetLastError: book.lastError,
      GetErrorString: book.errorString,
      GetDiagnostic: book.diagnostic,
    },
    calls: book.calls,
    values: () => Object.fromEntries([...values, ...Object.entries(evaluated(values))]),
    committed: () => stored,
  };
}

function isEmpty(given: readonly unknown[]): boolean {
  return given.length === 1 && given[0] === "";
}

/** The outermost item that an element stands in: `cmi.interactions.0`. */
function itemOf(name: string): string {
  return `${listsAround(name)[0] ?? ""}.${named(name).indexes[0] ?? ""}`;
}

/** Whether a keyword is asked of an element that has no such thing. */
function childless(name: string): boolean {
  const [, parent] = /^(.*)\._(children|count|version)$/.exec(name) ?? [];
  return parent !== undefined && ELEMENTS.has(named(parent).row);
}

function unknown(name: string): Words {
  return say(`SCORM 2004 har ikke noe element «${name}»`, `SCORM 2004 has no element "${name}"`);
}

function unfit(name: string, value: string, wanted: Ranged): Words {
  const short = value.length > 60 ? `${value.slice(0, 60)}… (${value.length})` : value;
  return say(`${name} skal være ${wanted.form.nb}, ikke «${short}»`, `${name} has to be ${wanted.form.en}, not "${short}"`);
}
