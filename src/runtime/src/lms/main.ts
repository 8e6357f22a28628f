/** What an LMS page loads: `kurspakkeLms.scorm12(kept)` makes the API that content looks for. */

import type { Lms, Values } from "./calls.ts";
import { strictLms } from "./scorm12.ts";
import { STRICT } from "./temperament.ts";
import type { Words } from "./types.ts";

/** Strict, and it changes nothing of what content has said: that is what content is judged by. */
const scorm12 = (kept: Values, language?: keyof Words): Lms =>
  strictLms(kept, language, { temperament: { ...STRICT, unset_status: "kept", mastery: "ignored" } });

Object.assign(window, { kurspakkeLms: { scorm12 } });
