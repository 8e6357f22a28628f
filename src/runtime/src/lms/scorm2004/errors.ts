/** The error codes of SCORM 2004 (4th edition, RTE 3.1.7) in two languages. */

import type { Words } from "../types.ts";

export const ERRORS = {
  "0": { nb: "Ingen feil", en: "No Error" },
  "101": { nb: "Generell feil", en: "General Exception" },
  "102": { nb: "Kan ikke starte", en: "General Initialization Failure" },
  "103": { nb: "Allerede startet", en: "Already Initialized" },
  "104": { nb: "Økten er avsluttet", en: "Content Instance Terminated" },
  "111": { nb: "Kan ikke avslutte", en: "General Termination Failure" },
  "112": { nb: "Avsluttet før start", en: "Termination Before Initialization" },
  "113": { nb: "Avsluttet etter slutt", en: "Termination After Termination" },
  "122": { nb: "Lest før start", en: "Retrieve Data Before Initialization" },
  "123": { nb: "Lest etter slutt", en: "Retrieve Data After Termination" },
  "132": { nb: "Satt før start", en: "Store Data Before Initialization" },
  "133": { nb: "Satt etter slutt", en: "Store Data After Termination" },
  "142": { nb: "Lagret før start", en: "Commit Before Initialization" },
  "143": { nb: "Lagret etter slutt", en: "Commit After Termination" },
  "201": { nb: "Galt argument", en: "General Argument Error" },
  "301": { nb: "Kan ikke leses", en: "General Get Failure" },
  "351": { nb: "Kan ikke settes", en: "General Set Failure" },
  "391": { nb: "Kan ikke lagres", en: "General Commit Failure" },
  "401": { nb: "Elementet finnes ikke", en: "Undefined Data Model Element" },
  "402": { nb: "Elementet er ikke støttet her", en: "Unimplemented Data Model Element" },
  "403": { nb: "Elementet har ingen verdi ennå", en: "Data Model Element Value Not Initialized" },
  "404": { nb: "Elementet kan bare leses", en: "Data Model Element Is Read Only" },
  "405": { nb: "Elementet kan bare skrives", en: "Data Model Element Is Write Only" },
  "406": { nb: "Feil datatype", en: "Data Model Element Type Mismatch" },
  "407": { nb: "Utenfor grensene", en: "Data Model Element Value Out Of Range" },
  "408": { nb: "Noe annet må settes først", en: "Data Model Dependency Not Established" },
} satisfies Record<string, Words>;

export type Code = keyof typeof ERRORS;
