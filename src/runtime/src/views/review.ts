import { isRight } from "../score.ts";
import type { QuestionData } from "../types.ts";
import { element, icon } from "./element.ts";
import type { Verdict } from "./verdict.ts";
import type { Say } from "./words.ts";

/** Shows the answer as it was judged, what was right, and all that the author says about it. */
export function reviewed(
  form: HTMLFormElement,
  question: QuestionData,
  response: readonly string[] | undefined,
  verdict: Verdict,
  say: Say,
): void {
  if (response) verdict.show(response, isRight(question, response), true);
  else verdict.box.append(element("p", { class: "verdict-word" }, icon("cross"), say("test_not_answered")));
  const options = [...form.querySelectorAll<HTMLInputElement>("input[type=radio], input[type=checkbox]")];
  for (const option of options) {
    const chosen = response?.includes(option.value);
    if (!chosen && question.correct.includes(option.value)) verdict.mark(option.labels?.[0] ?? option, true);
    if (!chosen) verdict.annotate(option.value);
  }
  // In words where the right answer is no option to mark.
  const solution = verdict.key.querySelector("summary + *");
  if (options.length > 0 || !solution) return;
  verdict.box.append(element("p", {}, element("strong", {}, say("test_right_answer"))), solution.cloneNode(true));
}
