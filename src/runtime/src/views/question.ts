import { isJudged, judged } from "../score.ts";
import type { QuestionData } from "../types.ts";
import { controlOf } from "./controls.ts";
import { button, element, icon } from "./element.ts";
import type { Say } from "./words.ts";

export interface Question {
  /** Shows an answer given earlier, as it was judged then. */
  restore(response: readonly string[]): void;
  /** The learner now has the question in sight: the time to answer counts from here. */
  begin(): void;
}

/** Judges and reports; true when right, null for an opinion. May wait for the learner's state to be read. */
export type Answering = (
  question: QuestionData,
  response: readonly string[],
  milliseconds: number,
) => Promise<boolean | null>;

export function questionView(form: HTMLFormElement, question: QuestionData, say: Say, answering: Answering): Question {
  const several = form.querySelector("input")?.type === "checkbox";
  const texts = isJudged(question)
    ? { act: say("check_answer"), again: say("try_again") }
    : { act: say("send_answer"), again: say("change_answer") };
  const key = form.querySelector("[data-answer]") ?? element("div");
  key.remove();
  const control = controlOf(form, question, say);
  const act = button(texts.act, "", "", () => undefined);
  act.type = "submit";
  const verdict = element("div", { class: "verdict", role: "status" });
  form.append(element("div", { class: "actions" }, act), verdict);
  let since = performance.now();
  let checked = false;
  let waiting = false;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (waiting) return;
    if (checked) again();
    else void check();
  });
  form.addEventListener("change", clear);

  async function check(): Promise<void> {
    const response = control.read();
    if (response.length === 0) {
      verdict.replaceChildren(element("p", {}, control.missing));
      control.focus();
      return;
    }
    waiting = true;
    const right = await answering(question, response, Math.round(performance.now() - since));
    waiting = false;
    show(response, right);
  }

  function again(): void {
    control.again();
    clear();
    since = performance.now();
    control.focus();
  }

  function clear(): void {
    checked = false;
    verdict.replaceChildren();
    delete form.dataset.verdict;
    act.textContent = texts.act;
    delete act.dataset.variant;
    for (const mark of form.querySelectorAll(".mark, .option-note")) mark.remove();
    for (const input of form.querySelectorAll("input[aria-describedby$=_note]")) input.removeAttribute("aria-describedby");
  }

  function show(response: readonly string[], right: boolean | null): void {
    clear();
    checked = true;
    act.textContent = texts.again;
    act.dataset.variant = "secondary";
    if (right === null) {
      verdict.append(element("p", {}, say("answer_sent")));
      return;
    }
    form.dataset.verdict = right ? "correct" : "wrong";
    for (const part of control.parts()) mark(part.label, part.right);
    if (several) response.forEach(annotate);
    const word = say(right ? "correct" : "wrong");
    verdict.append(element("p", { class: "verdict-word" }, icon(right ? "check" : "cross"), word), ...feedback(response, right));
  }

  function mark(label: Element, right: boolean): void {
    const judgement = right ? "correct" : "wrong";
    const words = element("span", { class: "ds-sr-only" }, ` (${say(judgement)})`);
    label.append(element("span", { class: `mark mark-${judgement}` }, icon(right ? "check" : "cross"), words));
  }

  /** With several choices, what the author says about one of them stands by it. */
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
  function feedback(response: readonly string[], right: boolean): Node[] {
    const chosen = several || question.type !== "choice" ? [] : response;
    const parts = chosen.map((id) => written(`[data-feedback="${id}"]`));
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
      control.write(response);
      // Old news: a region that is not live yet is not read out.
      verdict.removeAttribute("role");
      show(response, judged(question, response));
      window.setTimeout(() => verdict.setAttribute("role", "status"));
    },
    begin() {
      since = performance.now();
    },
  };
}
