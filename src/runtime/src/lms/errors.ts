/** The error codes of SCORM 1.2 (RTE 3.3.2.7) in two languages. */

import type { Words } from "./types.ts";

export type Code = "0" | "101" | "201" | "202" | "203" | "301" | "401" | "402" | "403" | "404" | "405";

export const ERRORS: Readonly<Record<Code, Words>> = {
  "0": { nb: "Ingen feil", en: "No error" },
  "101": { nb: "Generell feil", en: "General exception" },
  "201": { nb: "Ugyldig argument", en: "Invalid argument error" },
  "202": { nb: "Elementet har ingen deler", en: "Element cannot have children" },
  "203": { nb: "Elementet er ingen liste og har ikke noe antall", en: "Element not an array - cannot have count" },
  "301": { nb: "Ikke startet med LMSInitialize", en: "Not initialized" },
  "401": { nb: "Ikke støttet", en: "Not implemented error" },
  "402": { nb: "Elementet er et nøkkelord og kan ikke settes", en: "Invalid set value, element is a keyword" },
  "403": { nb: "Elementet kan bare leses", en: "Element is read only" },
  "404": { nb: "Elementet kan bare skrives", en: "Element is write only" },
  "405": { nb: "Feil datatype", en: "Incorrect data type" },
};
