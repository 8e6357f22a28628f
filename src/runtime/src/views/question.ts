import type { QuestionData } from "../types.ts";
import { button, element, icon } from "./element.ts";
import { isRight } from "./itinerary.ts";
import type { Say } from "./words.ts";

export interface Question {
  /** Shows an answer given earlier, as it was judged then. */
  restore(response: readonly string[]): void;
  /** The learner now has the question in sight: the time to answer counts from here. */
  begin(): void;
}

/** Judges and reports; true when right. May wait for the learner's state to be read. */
export type Answering = (question: QuestionData, response: readonly string[], milliseconds: number) => Promise<boolean>;

export function questionView(form: HTMLFormElement, question: QuestionData, say: Say, answering: Answering): Question {
  const inputs = [...form.querySelectorAll("input")];
  const several = inputs[0]?.type === "checkbox";
  const key = form.querySelector("[data-answer]") ?? element("div");
  key.remove();
  const act = button(say("check_answer"), "", "", () => undefined);
  act.type = "submit";
  const verdict = element("div", { class: "verdict", role: "status" });
  form.append(element("div", { class: "actions" }, act), verdict);
  let since = performance.now();
  let judged = false;
  let waiting = false;

  const chosen = (): string[] => inputs.filter((input) => input.checked).map((input) => input.value);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) return;
    if (judged) again();
    else void check();
  });
  form.addEventListener("change", clear);

  async function check(): Promise<void> {
    const response = chosen();
    if (response.length === 0) {
      verdict.replaceChildren(element("p", {}, say("choose_first")));
      return;
    }
    waiting = true;
    const right = await answering(question, response, Math.round(performance.now() - since));
    waiting = false;
    show(response, right);
  }

  function again(): void {
    form.reset();
    clear();
    since = performance.now();
    inputs[0]?.focus();
  }

  function clear(): void {
    judged = false;
    verdict.replaceChildren();
    delete form.dataset.verdict;
    act.textContent = say("check_answer");
    delete act.dataset.variant;
    for (const mark of form.querySelectorAll(".mark, .option-note")) mark.remove();
    for (const input of inputs) input.removeAttribute("aria-describedby");
  }

  function show(response: readonly string[], right: boolean): void {
    clear();
    judged = true;
    form.dataset.verdict = right ? "correct" : "wrong";
    act.textContent = say("try_again");
    act.dataset.variant = "secondary";
    for (const input of inputs) {
      if (!input.checked) continue;
      mark(input, question.correct.includes(input.value));
      if (several) annotate(input);
    }
    const word = say(right ? "correct" : "wrong");
    verdict.append(element("p", { class: "verdict-word" }, icon(right ? "check" : "cross"), word), ...feedback(response, right));
  }

  function mark(input: HTMLInputElement, right: boolean): void {
    const label = form.querySelector(`label[for="${input.id}"]`);
    const judgement = right ? "correct" : "wrong";
    const words = element("span", { class: "ds-sr-only" }, ` (${say(judgement)})`);
    label?.append(element("span", { class: `mark mark-${judgement}` }, icon(right ? "check" : "cross"), words));
  }

  /** With several choices, what the author says about one of them stands by it. */
  function annotate(input: HTMLInputElement): void {
    const text = written(`[data-feedback="${input.value}"]`);
    if (!text) return;
    text.className = "option-note";
    text.id = `${input.id}_note`;
    input.setAttribute("aria-describedby", text.id);
    input.parentElement?.append(text);
  }

  /** What the author wrote for this response. A wrong choice may be tried again, so its explanation waits. */
  function feedback(response: readonly string[], right: boolean): Node[] {
    const parts = several ? [] : response.map((id) => written(`[data-feedback="${id}"]`));
    parts.push(written(`[data-result="${right ? "correct" : "wrong"}"] [data-text]`));
    if (right || question.type === "true-false") parts.push(written("[data-explanation] [data-text]"));
    return parts.filter((part) => part !== null);
  }

  function written(selector: string): HTMLElement | null {
    const part = key.querySelector(selector);
    return part && element("p", {}, ...part.cloneNode(true).childNodes);
  }

  return {
    restore(response) {
      for (const input of inputs) input.checked = response.includes(input.value);
      // Old news: a region that is not live yet is not read out.
      verdict.removeAttribute("role");
      show(response, isRight(question, response));
      window.setTimeout(() => verdict.setAttribute("role", "status"));
    },
    begin() {
      since = performance.now();
    },
  };
}
