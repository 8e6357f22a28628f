/**
 * The API of an LMS (SCORM 1.2 RTE 3.3): it refuses what the strictest LMSs refuse, says why, and notes every call.
 *
 * A refused value leaves the old one in place. What has been set counts once it is kept, by LMSCommit or LMSFinish. In
 * what real LMSs do otherwise, it goes by a temperament.
 */

import { keepAll, say, type Keep, type Lms, type Outcome as Ended, type Values } from "./calls.ts";
import { ELEMENTS } from "./datamodel.ts";
import { closing12 } from "./closing.ts";
import { createCallbook } from "./callbook.ts";
import { ERRORS, type Code } from "./errors.ts";
import { refusedElsewhere, unfit } from "./minding.ts";
import { Lists, listsAround, named } from "./names.ts";
import { STRICT, type Temperament } from "./temperament.ts";
import type { DataType, Words } from "./types.ts";

export type { Call, Lms, Values } from "./calls.ts";

type Outcome = Ended<Code>;
type Phase = "new" | "running" | "finished";

/** How an LMS is, and where it keeps what is committed. */
export interface Terms {
  readonly temperament: Temperament;
  readonly keep: Keep;
}

const JUDGED = /^cmi\.core\.(lesson_status|score\.)|^cmi\.objectives\.\d+\.(status|score\.)/;
const SAVED = say("Dette LMS-et lagrer ved hver LMSSetValue; LMSCommit gjør ingenting", "This LMS saves at each LMSSetValue; LMSCommit does nothing");
const DROPPED = say(
  "Gjennomsyn teller ikke: LMS-et svarer true og lar poeng og status være som de var",
  "A review does not count: the LMS answers true and leaves score and status as they were",
);

/** An LMS for one session: `kept` is what earlier sessions committed, and what the LMS tells (lesson_mode, mastery_score …). */
export function strictLms(kept: Values, language: keyof Words = "nb", { temperament = STRICT, keep = keepAll }: Partial<Terms> = {}): Lms {
  const starts = Array.from(ELEMENTS).flatMap(([name, row]) => (row.start === undefined ? [] : [[name, row.start] as const]));
  const values = new Map([...starts, ...Object.entries(kept)]);
  const book = createCallbook<Code>("0", ERRORS, language);
  const lists = new Lists();
  const told = new Set<string>();
  let stored: Values = { ...kept };
  let phase: Phase = "new";
  Object.keys(kept).forEach((name) => lists.enlist(name));
  if (!("cmi.core.entry" in kept)) values.set("cmi.core.entry", kept["cmi.suspend_data"] || kept["cmi.core.lesson_location"] ? "resume" : "ab-initio");

  const done = (): Outcome => ({ answer: "true", error: "0" });
  const refused = (error: Code, why?: Words): Outcome => ({ answer: "false", error, why });
  const nothing = (error: Code, why?: Words): Outcome => ({ answer: "", error, why });
  const phases: Readonly<Record<Phase, Words>> = {
    new: say("LMSInitialize er ikke kalt ennå", "LMSInitialize has not been called yet"),
    running: say("LMSInitialize er kalt før", "LMSInitialize has been called before"),
    finished: say("LMSFinish er kalt: økten er over", "LMSFinish has been called: the session is over"),
  };
  const argument = say("Argumentet skal være den tomme teksten \"\"", "The argument has to be the empty string \"\"");

  function initialize(given: readonly unknown[]): Outcome {
    if (phase !== "new") return refused("101", phases[phase]);
    if (!isEmpty(given)) return refused("201", argument);
    phase = "running";
    return done();
  }

  function finish(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused("301", phases[phase]);
    if (!isEmpty(given)) return refused("201", argument);
    const closed = closing12(Object.fromEntries(values), told, temperament);
    Object.entries(closed.values).forEach(([name, value]) => values.set(name, value));
    const outcome = store(true, closed.why);
    if (outcome.answer === "true") phase = "finished";
    return outcome;
  }

  function commit(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused("301", phases[phase]);
    if (!isEmpty(given)) return refused("201", argument);
    return temperament.saves === "each-set" ? { ...done(), why: SAVED } : store(false);
  }

  function store(finished: boolean, why?: Words): Outcome {
    const now = Object.fromEntries([...values].filter(([name]) => ELEMENTS.get(named(name).row)?.access !== "keyword"));
    const outcome = keep(now, finished);
    if (outcome.stored) stored = now;
    return { answer: outcome.answer, error: outcome.answer === "true" ? "0" : "101", why: outcome.why ?? why };
  }

  function get(given: readonly unknown[]): Outcome {
    if (phase !== "running") return nothing("301", phases[phase]);
    const name = String(given[0] ?? "");
    const fault = unknown(name);
    if (fault && temperament.names === "free") return { answer: values.get(name) ?? "", error: "0", why: fault.why };
    if (fault) return nothing(fault.error, fault.why);
    if (ELEMENTS.get(named(name).row)!.access === "w") return nothing("404", say(`${name} kan bare skrives`, `${name} can only be written`));
    if (name.endsWith("._count")) return { answer: String(lists.count(name.slice(0, -"._count".length))), error: "0" };
    const gap = beyond(name, -1);
    return gap ? nothing("201", gap) : { answer: readBack(name) ?? values.get(name) ?? ELEMENTS.get(named(name).row)!.start ?? "", error: "0" };
  }

  /** What this LMS says instead of what it ought to say. */
  function readBack(name: string): string | undefined {
    if (name === "cmi.core.entry" && temperament.entry !== "told") return temperament.entry;
    return temperament.blank.includes(name) ? "" : undefined;
  }

  function set(given: readonly unknown[]): Outcome {
    if (phase !== "running") return refused("301", phases[phase]);
    const [name, value] = [String(given[0] ?? ""), given[1]];
    const fault = objection(name, value);
    if (fault && temperament.names === "checked") return fault;
    if (fault) return put(name, String(value), fault.why);
    if (temperament.no_credit === "dropped" && JUDGED.test(name) && values.get("cmi.core.lesson_mode") !== "normal") return { ...done(), why: DROPPED };
    return put(name, String(value), refusedElsewhere(name, String(value), typeOf(name), temperament));
  }

  /** Why a value can't be set; undefined if it can. */
  function objection(name: string, value: unknown): Outcome | undefined {
    const fault = unknown(name);
    if (fault) return fault;
    const row = ELEMENTS.get(named(name).row)!;
    if (row.access === "keyword") return refused("402", say(`${name} er LMS-ets eget ord`, `${name} is the LMS's own word`));
    if (row.access === "r") return refused("403", say(`${name} kan bare leses`, `${name} can only be read`));
    const gap = beyond(name, 0);
    if (gap) return refused("201", gap);
    if (temperament.types === "unchecked") return undefined;
    if (typeof value !== "string") return refused("405", say(`${name} fikk ${typeof value}, ikke tekst`, `${name} was given a ${typeof value}, not text`));
    const wanted = typeOf(name);
    return wanted.fits(value) ? undefined : refused("405", unfit(name, value, wanted, temperament));
  }

  function put(name: string, value: string, why: Words | undefined): Outcome {
    const before = values.get(name);
    // What was said before stays: cmi.comments is added to (RTE 3.4.4).
    values.set(name, name === "cmi.comments" ? (before ?? "") + value : value);
    told.add(name);
    lists.enlist(name);
    const outcome = temperament.saves === "each-set" ? store(false, why) : { ...done(), why };
    return { ...outcome, before };
  }

  function typeOf(name: string): DataType {
    const type = ELEMENTS.get(named(name).row)!.type!;
    return typeof type === "function" ? type(values.get(`${listsAround(name)[0]}.${named(name).indexes[0]}.type`) ?? "", temperament) : type;
  }

  /** Why an index can't be used; `more` is 0 where the next free one may, -1 where only those in use may. */
  function beyond(name: string, more: 0 | -1): Words | undefined {
    const gap = lists.beyond(name, more);
    return gap && say(
      `${gap.list} har ${gap.count} deler: ${gap.index} er ikke den neste`,
      `${gap.list} holds ${gap.count} items: ${gap.index} is not the next one`,
    );
  }

  return {
    api: {
      LMSInitialize: book.noted("LMSInitialize", initialize),
      ...(temperament.finish === "there" ? { LMSFinish: book.noted("LMSFinish", finish) } : {}),
      LMSGetValue: book.noted("LMSGetValue", get),
      LMSSetValue: book.noted("LMSSetValue", set),
      LMSCommit: book.noted("LMSCommit", commit),
      LMSGetLastError: () => (temperament.errors === "silent" ? "0" : book.lastError()),
      LMSGetErrorString: book.errorString,
      LMSGetDiagnostic: book.diagnostic,
    },
    calls: book.calls,
    values: () => Object.fromEntries(values),
    committed: () => stored,
  };
}

function isEmpty(given: readonly unknown[]): boolean {
  return given.length === 1 && given[0] === "";
}

/** Why no element has this name; undefined if one has. */
function unknown(name: string): Outcome | undefined {
  if (ELEMENTS.has(named(name).row)) return undefined;
  const [, parent, keyword] = /^(.*)\.(_children|_count)$/.exec(name) ?? [];
  if (parent && ELEMENTS.has(named(parent).row)) {
    const no = keyword === "_children";
    return { answer: "false", error: no ? "202" : "203", why: no ? ERRORS["202"] : ERRORS["203"] };
  }
  return {
    answer: "false",
    error: "201",
    why: say(`SCORM 1.2 har ikke noe element «${name}»`, `SCORM 1.2 has no element "${name}"`),
  };
}
