/**
 * What LMS pages load. The preview's is handed a launch, and becomes the LMS page. `validate --play` makes its own page: it
 * finds `kurspakkeLms.scorm12(kept)` and `kurspakkeLms.scorm2004(kept)` to make the API that content looks for.
 */

import type { Lms, Values } from "./calls.ts";
import { isHanded } from "./launch.ts";
import { carried2004 } from "./opening.ts";
import { openPage } from "./page.ts";
import { strictLms } from "./scorm12.ts";
import { lms2004 } from "./scorm2004/scorm2004.ts";
import { STRICT } from "./temperament.ts";
import type { Words } from "./types.ts";

/** Strict, and it changes nothing of what content has said: that is what content is judged by. */
const scorm12 = (kept: Values, language?: keyof Words): Lms =>
  strictLms(kept, language, { temperament: { ...STRICT, unset_status: "kept", mastery: "ignored" } });

/** As strict; `committed` is what the next session begins with, as content is told there how this one ended. */
const scorm2004 = (kept: Values, language: keyof Words, state: number): Lms => {
  const lms = lms2004(kept, language, { state, requests: "taken" });
  const finished = (): boolean => lms.calls.some(({ name, answer }) => name === "Terminate" && answer === "true");
  return { ...lms, committed: () => carried2004(lms.committed(), finished()) };
};

if (isHanded(document)) openPage();
else Object.assign(window, { kurspakkeLms: { scorm12, scorm2004 } });
