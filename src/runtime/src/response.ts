/** Responses in the alphabet of the learner's state, and back. The grammar is in state.ts. */

import { isRight } from "./score.ts";
import type { QuestionData } from "./types.ts";

const ROOM = 80;
const CUT = "~";
const PLAIN = "åæøÅÆØ.,";
const SPELT = ["*a", "*e", "*o", "*A", "*E", "*O", "*d", "*c"];

export function pack(question: QuestionData, response: readonly string[]): string {
  const [first = ""] = response;
  switch (question.type) {
    case "true-false":
      return first.charAt(0);
    case "numeric":
      return first.replace(".", "_");
    case "fill-in":
      return packText(question, first);
    case "sequencing":
      return response.join("");
    case "matching":
      return [...response].sort().join("").replace(/\./g, "");
    default:
      return response
        .filter((id) => id.length === 1)
        .sort()
        .join("");
  }
}

/** The response again; null when it does not fit the question as it is now. */
export function unpack(question: QuestionData, packed: string): readonly string[] | null {
  const ids = question.choices.map((choice) => choice.id);
  switch (question.type) {
    case "true-false":
      return packed === "t" ? ["true"] : packed === "f" ? ["false"] : null;
    case "numeric":
      return /^-?\d+(_\d+)?$/.test(packed) ? [packed.replace("_", ".")] : null;
    case "fill-in":
      return packed ? [unpackText(packed)] : null;
    case "sequencing":
      return [...packed].sort().join() === ids.sort().join() ? [...packed] : null;
    case "matching": {
      const pairs = new Map(packed.match(/../g)?.map((pair) => [pair.charAt(0), pair.charAt(1)]));
      const whole = ids.every((id) => question.targets?.some((target) => target.id === pairs.get(id)));
      return whole ? ids.map((id) => `${id}.${pairs.get(id)}`) : null;
    }
    default: {
      const known = ids.filter((id) => packed.includes(id));
      return known.length || !packed ? known : null;
    }
  }
}

/** A right answer stays right: one that is too long for its spaces is kept as the author wrote it. */
function packText(question: QuestionData, text: string): string {
  const signs = spell(text);
  if (signs.join("").length <= ROOM) return signs.join("");
  const accepted = question.correct.find((right) => isRight({ ...question, correct: [right] }, [text]));
  if (accepted !== undefined) return spell(accepted).join("");
  let packed = "";
  for (const sign of signs) {
    if (packed.length + sign.length > ROOM - CUT.length) break;
    packed += sign;
  }
  return packed + CUT;
}

/** UTF-16 units in the characters that nobody on the way to the LMS's database bends. */
function spell(text: string): string[] {
  const words = text.normalize("NFC").trim().replace(/\s+/g, " ");
  return words.split("").map((unit) => {
    if (/[A-Za-z0-9-]/.test(unit)) return unit;
    if (unit === " ") return "_";
    const at = PLAIN.indexOf(unit);
    return at >= 0 ? SPELT[at]! : `~${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}

function unpackText(packed: string): string {
  return packed.replace(/_|\*.|~([\da-f]{4})|~$/g, (sign, code?: string) => {
    if (code) return String.fromCharCode(parseInt(code, 16));
    return sign === "_" ? " " : sign === CUT ? "…" : (PLAIN[SPELT.indexOf(sign)] ?? "");
  });
}
