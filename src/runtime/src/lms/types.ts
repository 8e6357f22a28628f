/** The data types of SCORM 1.2 (RTE 3.4.2), each with what fits it and what to say of what does not. */

export interface Words {
  readonly nb: string;
  readonly en: string;
}

export interface DataType {
  readonly fits: (value: string) => boolean;
  readonly form: Words;
}

const type = (fits: DataType["fits"], nb: string, en: string): DataType => ({ fits, form: { nb, en } });
const matching = (pattern: RegExp, nb: string, en: string): DataType => type((value) => pattern.test(value), nb, en);

/** Text of at most so many UTF-16 units, which is how LMSs count. */
export const string = (most: number): DataType =>
  type((value) => value.length <= most, `tekst på høyst ${most} tegn`, `text of at most ${most} characters`);

export const vocabulary = (...words: string[]): DataType => {
  const listed = words.map((word) => (word === "" ? "\"\"" : word)).join(", ");
  return type((value) => words.includes(value), `ett av ordene ${listed}`, `one of the words ${listed}`);
};

export const integer = (low: number, high: number): DataType =>
  type(
    (value) => /^[+-]?\d+$/.test(value) && Number(value) >= low && Number(value) <= high,
    `et helt tall fra ${low} til ${high}`,
    `a whole number from ${low} to ${high}`,
  );

export const DECIMAL = matching(/^-?\d+(\.\d+)?$/, "et tall med punktum som desimaltegn", "a number with a point as its decimal sign");

/** A score: CMIDecimal from 0 to 100, or blank (RTE 3.4.4, cmi.core.score). */
export const SCORE = type(
  (value) => value === "" || (DECIMAL.fits(value) && Number(value) >= 0 && Number(value) <= 100),
  "et tall fra 0 til 100 med punktum som desimaltegn, eller tomt",
  "a number from 0 to 100 with a point as its decimal sign, or blank",
);

export const IDENTIFIER = matching(
  /^[!-~]{1,255}$/,
  "en identifikator: høyst 255 tegn, uten mellomrom og uten æ, ø og å",
  "an identifier: at most 255 printable ASCII characters without spaces",
);

export const TIME = matching(
  /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/,
  "et klokkeslett, TT:MM:SS eller TT:MM:SS.SS",
  "a time of day, HH:MM:SS or HH:MM:SS.SS",
);

export const TIMESPAN = matching(
  /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/,
  "en varighet, TTTT:MM:SS eller TTTT:MM:SS.SS (høyst to desimaler)",
  "a timespan, HHHH:MM:SS or HHHH:MM:SS.SS (at most two decimals)",
);

const RESPONSES: Readonly<Record<string, RegExp>> = {
  choice: /^(\{?[0-9a-z](,[0-9a-z])*\}?)?$/,
  "true-false": /^[01tf]$/,
  numeric: /^-?\d+(\.\d+)?$/,
  sequencing: /^\{?[0-9a-z](,[0-9a-z])*\}?$/,
  matching: /^\{?[0-9a-z]\.[0-9a-z](,[0-9a-z]\.[0-9a-z])*\}?$/,
  likert: /^[0-9a-z]?$/,
};

/** An answer in the form of its interaction's type (RTE 3.4.4, cmi.interactions.n.student_response: CMIFeedback). */
export const feedback = (interaction: string, most = 255): DataType =>
  type(
    (value) => value.length <= most && (RESPONSES[interaction]?.test(value) ?? true),
    `et svar av typen ${interaction || "(ikke satt ennå)"}: enkelttegn 0-9 og a-z, høyst ${most} tegn i alt`,
    `an answer of the type ${interaction || "(not set yet)"}: single characters 0-9 and a-z, at most ${most} in all`,
  );
