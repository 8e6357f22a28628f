/**
 * What the learner has written, as text that an LMS keeps: section `k` of the state (state.ts). Its length is no part
 * of what is proven to fit, so the player looks whether there is room.
 *
 *   notes     = "1" *( sign / reference ) ; JSON, spelt in characters that nobody on the way bends, and then
 *                                         ; shortened where something is said once more
 *   sign      = [A-Za-z0-9] / "-"
 *             / "_"                       ; space
 *             / "*" [0-9a-z]              ; one of SIGNS, by its place
 *             / "~" 4( [0-9a-f] )         ; any other UTF-16 unit
 *   reference = "," 3 base64url           ; 12 bits: how many characters back; 6 bits: how many, less 5
 *
 * The JSON is { id: [turn, value] } with one entry for each sheet; null: nothing is written on it any more.
 */

import { ALPHABET, base64url24 } from "./hash.ts";

export type Kept = Record<string, readonly [turn: number, value: unknown]>;

const SIGNS = `åæøÅÆØ.,"{}[]:\\?!()/'«»–;%&=+@§éö`;
const LEAST = 5;
const MOST = LEAST + 63;
const BACK = 4095;

export function seal(notes: Kept): string {
  return "1" + shorten(spell(JSON.stringify(notes)));
}

/** The notes again; none for whatever is no undamaged text of this kind. */
export function unseal(text: string | null): Kept {
  try {
    const notes = JSON.parse(unspell(lengthen(/^1([\w*~,-]+)$/.exec(text!)![1]!))) as Kept;
    return Object.fromEntries(Object.entries(notes).filter(([, entry]) => entry[0] > 0));
  } catch {
    return {};
  }
}

function spell(text: string): string {
  return text.replace(/[^A-Za-z0-9-]/g, (unit) => {
    const at = SIGNS.indexOf(unit);
    return unit === " " ? "_" : at >= 0 ? "*" + at.toString(36) : "~" + unit.charCodeAt(0).toString(16).padStart(4, "0");
  });
}

function unspell(text: string): string {
  return text.replace(/_|\*(.)|~(.{4})/g, (_, at?: string, code?: string) =>
    at ? SIGNS.charAt(parseInt(at, 36)) : code ? String.fromCharCode(parseInt(code, 16)) : " ",
  );
}

function shorten(text: string): string {
  let short = "";
  for (let at = 0; at < text.length; ) {
    const start = text.slice(at, at + LEAST);
    let [from, most] = [0, 0];
    for (let seen = text.indexOf(start, Math.max(0, at - BACK)); seen >= 0 && seen < at; seen = text.indexOf(start, seen + 1)) {
      let length = start.length;
      while (length < MOST && text[at + length] && text[seen + length] === text[at + length]) length++;
      if (length > most) [from, most] = [seen, length];
    }
    short += most < LEAST ? text[at] : "," + base64url24((at - from) * 64 + most - LEAST).slice(1);
    at += most < LEAST ? 1 : most;
  }
  return short;
}

function lengthen(short: string): string {
  let text = "";
  for (let at = 0; at < short.length; at++) {
    if (short[at] !== ",") text += short[at];
    else {
      const [high, middle, low] = [1, 2, 3].map((next) => ALPHABET.indexOf(short.charAt(at + next)));
      const from = text.length - high! * 64 - middle!;
      for (let next = 0; next < low! + LEAST; next++) text += text[from + next]!;
      at += 3;
    }
  }
  return text;
}
