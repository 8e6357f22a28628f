import { isJudged, judged } from "../score.ts";
import type { QuestionData } from "../types.ts";
import { controlOf } from "./controls.ts";
import { button, element } from "./element.ts";
import { verdictOf } from "./verdict.ts";
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
  const texts = isJudged(question)
    ? { act: say("check_answer"), again: say("try_again") }
    : { act: say("send_answer"), again: say("change_answer") };
  const control = controlOf(form, question, say);
  const verdict = verdictOf(form, question, control, say);
  const act = button(texts.act, "", "", () => undefined);
  act.type = "submit";
  form.append(element("div", { class: "actions" }, act), verdict.box);
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
      verdict.box.replaceChildren(element("p", {}, control.missing));
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
    verdict.clear();
    act.textContent = texts.act;
    delete act.dataset.variant;
  }

  function show(response: readonly string[], right: boolean | null): void {
    clear();
    checked = true;
    act.textContent = texts.again;
    act.dataset.variant = "secondary";
    if (right === null) verdict.box.append(element("p", {}, say("answer_sent")));
    else verdict.show(response, right, false);
  }

  return {
    restore(response) {
      control.write(response);
      // Old news: a region that is not live yet is not read out.
      verdict.box.removeAttribute("role");
      show(response, judged(question, response));
      window.setTimeout(() => verdict.box.setAttribute("role", "status"));
    },
    begin() {
      since = performance.now();
    },
  };
}
