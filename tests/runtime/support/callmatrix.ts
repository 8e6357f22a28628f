/** Every element with every value in every phase of a session, asked of two LMSs: where they disagree. */

import { ELEMENTS as ELEMENTS_12 } from "../../../src/runtime/src/lms/datamodel.ts";
import { strictLms } from "../../../src/runtime/src/lms/scorm12.ts";
import { ELEMENTS as ELEMENTS_2004 } from "../../../src/runtime/src/lms/scorm2004/datamodel.ts";
import { lms2004 } from "../../../src/runtime/src/lms/scorm2004/scorm2004.ts";

type Api = Readonly<Record<string, (...given: unknown[]) => unknown>>;
const FOLDER = new URL("../../node/node_modules/scorm-again/dist/esm/", import.meta.url);
const load = async (file: string) => (await import(new URL(file, FOLDER).href)) as Record<string, new (settings: object) => Api>;
const [{ Scorm12API }, { Scorm2004API }] = [await load("scorm12.js"), await load("scorm2004.js")];
const QUIET = { autocommit: false, logLevel: "NONE" };

export interface Standard {
  readonly names: { readonly initialize: string; readonly finish: string; readonly get: string; readonly set: string; readonly commit: string; readonly error: string };
  readonly elements: readonly string[];
  readonly ours: () => Api;
  readonly theirs: () => Api;
}

const LMS = { initialize: "LMSInitialize", finish: "LMSFinish", get: "LMSGetValue", set: "LMSSetValue", commit: "LMSCommit", error: "LMSGetLastError" };
const PLAIN = { initialize: "Initialize", finish: "Terminate", get: "GetValue", set: "SetValue", commit: "Commit", error: "GetLastError" };
const STRANGE = ["", "cmi", "cmi.foo", "cmi.core.lesson_status._children", "cmi.core.lesson_status._count", "cmi.location._count", "foo.bar"];

/** A row of the data model as an element: the first item of each list. */
const first = (row: string): string => row.replace(/\.n\./g, ".0.");

export const SCORM12: Standard = { names: LMS, elements: [...[...ELEMENTS_12.keys()].map(first), ...STRANGE], ours: () => strictLms({}).api, theirs: () => new Scorm12API!(QUIET) };
export const SCORM2004: Standard = { names: PLAIN, elements: [...[...ELEMENTS_2004.keys()].map(first), ...STRANGE], ours: () => lms2004({}).api, theirs: () => new Scorm2004API!(QUIET) };

export const VALUES = [
  "", "a", "passed", "completed", "incomplete", "not attempted", "unknown", "wrong", "incorrect", "suspend", "normal", "choice", "0", "1", "-1", "0.5", "50", "100.5", "101",
  "1,5", "æøå", "a b", "00:00:05", "0:00:05", "00:00:05.123", "PT5S", "2026-11-28T09:30:00Z", "x".repeat(256), "x".repeat(4097), "x".repeat(64_001),
];
const SHOWN = (value: string): string => (value.length > 40 ? `${value[0]}*${value.length}` : value);

export interface Disagreement {
  /** `running set cmi.core.exit normal`. */
  readonly call: string;
  /** `true 0`: what was answered, and the error after it. */
  readonly ours: string;
  readonly theirs: string;
}

/** So many calls were made of each, and these were answered differently. */
export function disagreements(standard: Standard): { readonly calls: number; readonly found: readonly Disagreement[] } {
  const found: Disagreement[] = [];
  let calls = 0;
  const { names } = standard;
  const ask = (api: Api, name: string, given: readonly unknown[]): string => `${String(api[name]!(...given))} ${String(api[names.error]!())}`;
  const compare = (call: string, pair: readonly [Api, Api], name: string, given: readonly unknown[]): void => {
    const [ours, theirs] = [ask(pair[0], name, given), ask(pair[1], name, given)];
    calls += 1;
    if (ours !== theirs) found.push({ call, ours, theirs });
  };
  const sessions = {
    new: () => [standard.ours(), standard.theirs()] as const,
    running: () => begun(standard),
    finished: () => {
      const pair = begun(standard);
      pair.forEach((api) => api[names.finish]!(""));
      return pair;
    },
  };
  for (const [phase, open] of Object.entries(sessions)) {
    for (const name of [names.initialize, names.commit, names.finish]) {
      for (const given of [[""], [], ["x"], [null]]) compare(`${phase} ${name}(${JSON.stringify(given).slice(1, -1)})`, open(), name, given);
    }
    for (const element of standard.elements) {
      compare(`${phase} get ${element}`, open(), names.get, [element]);
      for (const value of phase === "running" ? VALUES : ["1"]) {
        const pair = open();
        compare(`${phase} set ${element} ${SHOWN(value)}`, pair, names.set, [element, value]);
      }
      const later = element.replace(/\.0\./, ".7.");
      if (later !== element) compare(`${phase} set ${later} 1`, open(), names.set, [later, "1"]);
    }
  }
  return { calls, found };
}

function begun({ ours, theirs, names }: Standard): readonly [Api, Api] {
  const pair = [ours(), theirs()] as const;
  for (const api of pair) {
    api[names.initialize]!("");
    api[names.set]!("cmi.interactions.0.id", "i-0");
    api[names.set]!("cmi.objectives.0.id", "o-0");
  }
  return pair;
}
