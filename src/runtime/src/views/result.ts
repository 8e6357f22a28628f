import type { PackageData, Paper } from "../types.ts";
import { element, icon } from "./element.ts";
import type { Say } from "./words.ts";

/** null: nothing is demanded. */
export function hasPassed({ score, limit }: Paper): boolean | null {
  return limit === null ? null : score / 100 >= limit;
}

/** The result of an attempt that is handed in; `box` holds what the author says about results. */
export function resultOf(box: Element, paper: Paper, data: PackageData, say: Say): HTMLElement {
  const { assessment, score, right, questions, best, left } = paper;
  const passed = hasPassed(paper);
  const line = (text: string): HTMLElement => element("p", {}, text);
  const outcomes = [...box.querySelectorAll<HTMLElement>("[data-at-least]")];
  const said = outcomes.filter((text) => Number(text.dataset.atLeast) <= score).pop();
  const titles = [...new Set([data.course.title, data.unit.title, assessment.title])].join(" · ");
  const panel = element(
    "section",
    { class: "test-result" },
    element("h4", {}, say("test_result")),
    element("p", { class: "paper-only" }, titles),
    element("p", { class: "test-score" }, say("test_score", { n: score, r: right, m: questions.length })),
  );
  if (passed !== null) {
    const word = say(passed ? "test_passed" : "test_not_passed");
    panel.dataset.verdict = passed ? "correct" : "wrong";
    panel.append(element("p", { class: "verdict-word" }, icon(passed ? "check" : "cross"), word));
  }
  if (said) panel.append(element("p", {}, ...said.cloneNode(true).childNodes));
  if (best !== null && best > score) panel.append(line(say("test_best", { n: best })));
  if (left < Infinity) panel.append(line(say(left > 1 ? "test_left" : left ? "test_left_one" : "test_left_none", { n: left })));
  const printed = say("test_printed", { date: new Date().toLocaleDateString(data.lang) });
  panel.append(
    element("p", { class: "paper-only test-name" }, say("test_name")),
    element("p", { class: "paper-only" }, printed),
  );
  return panel;
}
