/** The two versions of SCORM that the LMS page speaks: what content looks for, and how a session begins and ends. */

import type { Keep, Lms, Values } from "./calls.ts";
import { temperamentOf, type Launch } from "./launch.ts";
import { carried12, carried2004, opening12, opening2004 } from "./opening.ts";
import { strictLms } from "./scorm12.ts";
import { lms2004 } from "./scorm2004/scorm2004.ts";

export interface Standard {
  /** The name under which content looks for the API. */
  readonly apiName: string;
  /** The call that ends a session. */
  readonly end: string;
  readonly open: (launch: Launch, kept: Values, keep: Keep) => Lms;
  readonly carried: (values: Values, finished: boolean) => Values;
  readonly status: (values: Values) => string;
}

const STANDARDS: Partial<Record<Launch["kind"], Standard>> = {
  scorm12: {
    apiName: "API",
    end: "LMSFinish",
    open: (launch, kept, keep) => strictLms(opening12(launch, kept), launch.language, { temperament: temperamentOf(launch), keep }),
    carried: carried12,
    status: (values) => values["cmi.core.lesson_status"] ?? "",
  },
  scorm2004: {
    apiName: "API_1484_11",
    end: "Terminate",
    open: (launch, kept, keep) => lms2004(opening2004(launch, kept), launch.language, { keep }),
    carried: carried2004,
    status: (values) => [values["cmi.success_status"], values["cmi.completion_status"]].find((each) => each && each !== "unknown") ?? "",
  },
};

/** The standard that a package speaks with its LMS by an API; undefined for others. */
export function standardOf(launch: Launch): Standard | undefined {
  return STANDARDS[launch.kind];
}
