import { judged } from "../score.ts";
import type { PartData, QuestionData } from "../types.ts";
import type { Say } from "./words.ts";

/** A question with the learner's answer and how it was judged, as plain text for the learner's own file. */
export function answerText(question: QuestionData, response: readonly string[], say: Say): string {
  const right = judged(question, response);
  const verdict = right === null ? "" : `${say(right ? "correct" : "wrong")}\n`;
  return `${question.title}\n\n${say("your_answer")}: ${inWords(question, response, say)}\n${verdict}`;
}

/** What the learner saw, not the identifiers that stand for it. */
function inWords({ type, choices, targets = [] }: QuestionData, response: readonly string[], say: Say): string {
  const text = (parts: readonly PartData[], id = ""): string => parts.find((part) => part.id === id)?.text ?? id;
  switch (type) {
    case "true-false":
      return say(response[0] === "true" ? "statement_true" : "statement_false");
    case "matching":
      return response
        .map((pair) => pair.split("."))
        .map(([source, target]) => `\n${text(choices, source)} – ${text(targets, target)}`)
        .join("");
    case "sequencing":
      return response.map((id, at) => `\n${at + 1}. ${text(choices, id)}`).join("");
    default:
      return response.map((id) => text(choices, id)).join("; ");
  }
}
