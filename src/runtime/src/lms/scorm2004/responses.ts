/** Answers to interactions, by the interaction's type (SCORM 2004 4th edition, RTE 4.2.9.1 and 4.2.9.2). */

import { identifier, localized, real, type Ranged } from "./types.ts";

const SHORT = identifier(250);
const NUMBER = real();
const ITEMS = 36;

const parts = (value: string): string[] => value.split("[,]");
const several = (value: string, fits: (part: string) => boolean): boolean => parts(value).length <= ITEMS && parts(value).every(fits);
const pairs = (value: string, first: (part: string) => boolean, second: (part: string) => boolean): boolean =>
  several(value, (part) => {
    const [one, other, ...more] = part.split("[.]");
    return more.length === 0 && one !== undefined && other !== undefined && first(one) && second(other);
  });
const plain = (value: string): boolean => localized(250).fits(value);
const anything = (most: number) => (value: string): boolean => value.length <= most;

const RESPONSES: Readonly<Record<string, (value: string) => boolean>> = {
  "true-false": (value) => value === "true" || value === "false",
  choice: (value) => value === "" || several(value, SHORT.fits),
  "fill-in": (value) => parts(value).length <= 10 && parts(value).every(plain),
  "long-fill-in": (value) => localized(4000).fits(value),
  likert: SHORT.fits,
  matching: (value) => pairs(value, SHORT.fits, SHORT.fits),
  performance: (value) => pairs(value, (step) => step === "" || SHORT.fits(step), plain),
  sequencing: (value) => several(value, SHORT.fits),
  numeric: NUMBER.fits,
  other: anything(4000),
};

/** What stands before a pattern, in any order: how it is to be compared. */
const TERMS = /^(\{(case_matters|order_matters)=(true|false)\}|\{lang=[A-Za-z0-9-]*\})*/;

const PATTERNS: Readonly<Record<string, (value: string) => boolean>> = {
  ...RESPONSES,
  numeric: (value) => {
    const limits = value.split("[:]");
    return limits.length <= 2 && limits.every((limit) => (limit === "" && limits.length === 2) || NUMBER.fits(limit));
  },
  performance: (value) => pairs(value, (step) => step === "" || SHORT.fits(step), anything(250)),
};

const answer = (table: typeof RESPONSES, interaction: string, strip: (value: string) => string): Ranged => ({
  fits: (value) => table[interaction]?.(strip(value)) ?? value.length <= 4000,
  form: { nb: `et svar av typen ${interaction}, med [,] mellom delene`, en: `an answer of the type ${interaction}, with [,] between its parts` },
});

export const response = (interaction: string): Ranged => answer(RESPONSES, interaction, (value) => value);
export const pattern = (interaction: string): Ranged => answer(PATTERNS, interaction, (value) => value.replace(TERMS, ""));
