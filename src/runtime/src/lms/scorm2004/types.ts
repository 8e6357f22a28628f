/** The data types of SCORM 2004 (4th edition, RTE 4.1.1), each with what fits it and what to say of what does not. */

import type { DataType } from "../types.ts";
import { vocabulary } from "../types.ts";

/** A type whose values, where they have the right form, have to lie within a range too. */
export interface Ranged extends DataType {
  readonly within?: (value: string) => boolean;
}

const type = (fits: DataType["fits"], nb: string, en: string): Ranged => ({ fits, form: { nb, en } });
const matching = (pattern: RegExp, nb: string, en: string): Ranged => type((value) => pattern.test(value), nb, en);

const REAL_FORM = /^-?\d+(\.\d{1,7})?$/;

/** real(10,7), from `low` to `high`. */
export const real = (low = -Infinity, high = Infinity): Ranged => ({
  fits: (value) => REAL_FORM.test(value),
  within: (value) => Number(value) >= low && Number(value) <= high,
  form: {
    nb: `et tall med punktum og høyst sju desimaler${range(low, high, "fra", "til")}`,
    en: `a number with a point and at most seven decimals${range(low, high, "from", "to")}`,
  },
});

function range(low: number, high: number, from: string, to: string): string {
  return `${low === -Infinity ? "" : ` ${from} ${low}`}${high === Infinity ? "" : ` ${to} ${high}`}`;
}

/** Text; LMSs have to take so many characters, and need take no more. */
export const text = (most: number): Ranged => type((value) => value.length <= most, `tekst på høyst ${most} tegn`, `text of at most ${most} characters`);

const LANGUAGE = "[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*";

/** Text that may begin with its language: {lang=nb}. */
export const localized = (most: number): Ranged =>
  type(
    (value) => !/^\{lang=/.test(value) ? value.length <= most : new RegExp(`^\\{lang=(${LANGUAGE})?\\}`).test(value) && value.replace(/^\{[^}]*\}/, "").length <= most,
    `tekst på høyst ${most} tegn, gjerne med {lang=nb} foran`,
    `text of at most ${most} characters, with {lang=en} before it if you like`,
  );

export const LANGUAGE_TAG = matching(new RegExp(`^(${LANGUAGE})?$`), "en språkkode, som nb eller en-GB, eller tomt", "a language tag, such as nb or en-GB, or blank");

const IDENTIFIER = /^(?!urn:(?![A-Za-z0-9][A-Za-z0-9-]{1,31}:\S))\S(.*\S)?$/;

/** long_identifier_type and short_identifier_type: a URI. */
export const identifier = (most: number): Ranged =>
  type((value) => value.length <= most && IDENTIFIER.test(value) && !/\s/.test(value), `en identifikator (URI) på høyst ${most} tegn, uten mellomrom`, `an identifier (URI) of at most ${most} characters without spaces`);

const TIME = /^(19[7-9]\d|20[0-2]\d|203[0-8])(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3])(:[0-5]\d(:[0-5]\d(\.\d{1,2}(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?)?)?)?)?)?)?$/;
export const TIMESTAMP = matching(TIME, "et tidspunkt etter ISO 8601, som 2026-11-28T09:30:00.00Z", "a time by ISO 8601, such as 2026-11-28T09:30:00.00Z");

const SPAN = /^P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)?$/;
export const INTERVAL = matching(SPAN, "en varighet etter ISO 8601, som PT1H5M30S (høyst to desimaler)", "a duration by ISO 8601, such as PT1H5M30S (at most two decimals)");

export { vocabulary };
