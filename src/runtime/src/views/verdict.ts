import type { QuestionData } from "../types.ts";
import type { Control } from "./controls.ts";
import { element, icon } from "./element.ts";
import type { Say } from "./words.ts";

/** What is said about an answer: marks on its parts, a word, and what the author wrote. */
export interface Verdict {
  /** Where it is said; the place in the form is the caller's to choose. */
  readonly box: HTMLElement;
  /** The author's answer and texts, taken out of the form. */
  readonly key: Element;
  /** `final`: the answer can't be changed any more, so that nothing has to wait. */
  show(response: readonly string[], right: boolean, final: boolean): void;
  clear(): void;
  mark(label: Element, right: boolean): void;
  /** Puts what the author says about an option beside it. */
  annotate(option: string): void;
}

export function verdictOf(form: HTMLFormElement, question: QuestionData, control: Control, say: Say): Verdict {
  const several = form.querySelector("input")?.type === "checkbox";
  const key = form.querySelector("[data-answer]") ?? element("div");
  key.remove();
  const box = element("div", { class: "verdict", role: "status" });

  function show(response: readonly string[], right: boolean, final: boolean): void {
    form.dataset.verdict = right ? "correct" : "wrong";
    for (const part of control.parts()) mark(part.label, part.right);
    if (several) response.forEach(annotate);
    const word = say(right ? "correct" : "wrong");
    const told = feedback(response, right, final);
    box.append(element("p", { class: "verdict-word" }, icon(right ? "check" : "cross"), word), ...told);
  }

  function clear(): void {
    box.replaceChildren();
    delete form.dataset.verdict;
    for (const mark of form.querySelectorAll(".mark, .option-note")) mark.remove();
    for (const input of form.querySelectorAll("input[aria-describedby$=_note]")) input.removeAttribute("aria-describedby");
  }

  function mark(label: Element, right: boolean): void {
    const judgement = right ? "correct" : "wrong";
    const words = element("span", { class: "ds-sr-only" }, ` (${say(judgement)})`);
    label.append(element("span", { class: `mark mark-${judgement}` }, icon(right ? "check" : "cross"), words));
  }

  function annotate(id: string): void {
    const text = written(`[data-feedback="${id}"]`);
    const input = form.querySelector(`input[value="${id}"]`);
    if (!text || !input) return;
    text.className = "option-note";
    text.id = `${input.id}_note`;
    input.setAttribute("aria-describedby", text.id);
    input.parentElement?.append(text);
  }

  /** What the author wrote for this response. A wrong choice may be tried again, so its explanation waits. */
  function feedback(response: readonly string[], right: boolean, final: boolean): Node[] {
    const chosen = several || question.type !== "choice" ? [] : response;
    const parts = chosen.map((id) => written(`[data-feedback="${id}"]`));
    parts.push(written(`[data-result="${right ? "correct" : "wrong"}"] [data-text]`));
    if (right || final || question.type === "true-false") parts.push(written("[data-explanation] [data-text]"));
    return parts.filter((part) => part !== null);
  }

  function written(selector: string): HTMLElement | null {
    const part = key.querySelector(selector);
    return part && element("p", {}, ...part.cloneNode(true).childNodes);
  }

  return { box, key, show, clear, mark, annotate };
}
