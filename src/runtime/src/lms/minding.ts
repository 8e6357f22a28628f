/** Which other LMSs mind what content does, for the diagnostics: a value that one LMS takes may be refused by the next. */

import { say } from "./calls.ts";
import { named } from "./names.ts";
import type { Elsewhere, Temperament } from "./temperament.ts";
import type { DataType, Words } from "./types.ts";

/** The limit that an element is held to, by its row in the data model. */
const LIMITED: Readonly<Record<string, Exclude<keyof Elsewhere, "types">>> = {
  "cmi.suspend_data": "suspend_data",
  "cmi.core.lesson_location": "lesson_location",
  "cmi.interactions.n.student_response": "student_response",
  "cmi.interactions.n.correct_responses.n.pattern": "student_response",
};

/** What is wrong with a value that does not fit, and who else says so. */
export function unfit(name: string, value: string, wanted: DataType, lms: Temperament): Words {
  const short = value.length > 60 ? `${value.slice(0, 60)}… (${value.length})` : value;
  const what = say(`${name} skal være ${wanted.form.nb}, ikke «${short}»`, `${name} has to be ${wanted.form.en}, not "${short}"`);
  const others = refusing(name, value, lms.elsewhere, true);
  return others.length === 0 ? what : say(`${what.nb}. Avvises av ${list(others, "og")}`, `${what.en}. Refused by ${list(others, "and")}`);
}

/** What to say of a value that this LMS takes and others refuse; undefined where there are none. */
export function refusedElsewhere(name: string, value: string, wanted: DataType, lms: Temperament): Words | undefined {
  if (!wanted.fits(value)) {
    const why = unfit(name, value, wanted, lms);
    return say(`Dette LMS-et tar imot alt. ${why.nb}`, `This LMS takes anything. ${why.en}`);
  }
  const others = refusing(name, value, lms.elsewhere, false);
  if (others.length === 0) return undefined;
  return say(
    `${name} er ${value.length} tegn. Det avvises av ${list(others, "og")}`,
    `${name} is ${value.length} characters. That is refused by ${list(others, "and")}`,
  );
}

function refusing(name: string, value: string, elsewhere: Elsewhere, unfitting: boolean): string[] {
  const { row } = named(name);
  const limit = Object.keys(LIMITED).includes(row) ? LIMITED[row] : undefined;
  const shorter = limit ? elsewhere[limit].filter(([, most]) => value.length > most).map(([title, most]) => `${title} (${most})`) : [];
  return shorter.length > 0 || !unfitting || limit === "suspend_data" || limit === "lesson_location" ? shorter : [...elsewhere.types];
}

function list(names: readonly string[], and: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${and} ${names[names.length - 1]}`;
}
