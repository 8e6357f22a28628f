/** `adl.nav.request` (SCORM 2004 4th edition, SN 5.6): where content asks to be led once it has ended. */

import { say } from "../calls.ts";
import type { Ranged } from "./types.ts";

const WORDS = ["continue", "previous", "exit", "exitAll", "abandon", "abandonAll", "suspendAll", "_none_"];
const TO_ITEM = /^\{target=[^{}]+\}(choice|jump)$/;

const type: Ranged = {
  fits: (value) => WORDS.includes(value) || TO_ITEM.test(value),
  form: {
    nb: `ett av ordene ${WORDS.join(", ")}, eller {target=…}choice`,
    en: `one of the words ${WORDS.join(", ")}, or {target=…}choice`,
  },
};

export const REQUEST = {
  name: "adl.nav.request",
  none: "_none_",
  type,
  why: say("Notert, men ikke utført: sekvensering finnes ikke her", "Noted, and not carried out: sequencing is not there"),
} as const;
