import type { Journey } from "../locking.ts";
import { isJudged, judged } from "../score.ts";
import type { ModuleData, ModuleProgress, QuestionData, Sitting } from "../types.ts";
import { element, icon, place } from "./element.ts";
import type { Stop } from "./itinerary.ts";
import type { Say } from "./words.ts";

export interface Finish {
  show(stop: Stop, modules: readonly ModuleProgress[], journey: Journey): void;
}

interface Task {
  readonly href: string;
  readonly text: string;
}

/** At the end of a module: that it is done, or what is left, with links to it. */
export function finishView(say: Say): Finish {
  const box = place("kp_finish");

  function show(stop: Stop, modules: readonly ModuleProgress[], journey: Journey): void {
    const progress = modules.find(({ id }) => id === stop.module.id);
    box.hidden = !stop.last || !progress;
    if (box.hidden || !progress) return;
    const content = (progress.done ? done : remaining)(stop.module, progress, journey, modules);
    const title = say(progress.done ? "done_title" : "remaining_title");
    const heading = element("h2", { id: "kp_finish_title" }, icon(progress.done ? "check" : "target"), title);
    const panel = element("section", { class: "finish", "aria-labelledby": heading.id }, heading, ...content);
    panel.dataset.done = String(progress.done);
    box.replaceChildren(panel);
  }

  type Chapter = (module: ModuleData, own: ModuleProgress, journey: Journey, all: readonly ModuleProgress[]) => Node[];

  const done: Chapter = (module, own, journey, all) => {
    const finished = all.filter((each) => each.done).length;
    const lines = [all.length === 1 ? say("done_module") : say("now_completed", { title: module.title })];
    if (all.length > 1) lines.push(say("modules_done", { n: finished, m: all.length }));
    if (all.length > 1 && finished === all.length) lines.push(say("done_course"));
    const retry = short(module, own, journey);
    if (retry.length === 0 && own.score !== null) lines.push(say(all.length === 1 ? "score" : "score_module", { n: own.score }));
    return [...lines.map((line) => element("p", {}, line)), ...retry];
  };

  const remaining: Chapter = (module, own, journey) => {
    const required = module.require.length > 0 ? module.require : ["pages"];
    const unread = required.includes("pages") ? module.pages.filter((page) => !journey.visited.has(page.id)) : [];
    const demands = required.includes("mastery");
    const asks = required.includes("questions") || (demands && !own.assessments);
    const unanswered = asks ? module.questions.filter((question) => isJudged(question) && !journey.answers.has(question.id)) : [];
    const tasks = [
      ...unread.map((page) => ({
        href: page.id,
        text: say("remaining_page", { p: numberOf(module, page.id), title: page.title }),
      })),
      ...byPage(module, unanswered, (n, p) => say(n === 1 ? "remaining_question" : "remaining_questions", { n, p })),
      ...(ASSESSMENT && (asks || demands) ? tests(module, own, (test) => say("remaining_test", test), ({ best }) => best === null) : []),
    ];
    if (tasks.length > 0) return [element("p", {}, say("remaining_lead")), list(tasks)];
    const retry = short(module, own, journey);
    // An LMS may ask for more than the package does, and says how much only to the tracker.
    return retry.length > 0 ? retry : [element("p", {}, say("score", { n: own.score ?? 0 }))];
  };

  /** The result is below what the module asks for: where to try again. */
  function short(module: ModuleData, progress: ModuleProgress, journey: Journey): Node[] {
    const target = Math.round((module.mastery ?? 0) * 100);
    const score = progress.score ?? 0;
    if (score >= target) return [];
    if (ASSESSMENT && progress.assessments) {
      if (progress.score === null) return [];
      const again = tests(module, progress, (test) => say("remaining_test_again", test), ({ open, left }) => open || left > 0);
      const told = say("remaining_test_score", { m: target, n: score });
      return [element("p", {}, told), again.length > 0 ? list(again) : element("p", {}, say("remaining_test_none"))];
    }
    const wrong = module.questions.filter((question) => {
      const response = journey.answers.get(question.id);
      return response !== undefined && judged(question, response) === false;
    });
    const retry = byPage(module, wrong, (_, p) => say("remaining_retry", { p }));
    return [element("p", {}, say("remaining_mastery", { m: target, n: score })), list(retry)];
  }

  type Wording = (questions: number, page: number) => string;

  function byPage(module: ModuleData, questions: readonly QuestionData[], text: Wording): Task[] {
    return module.pages.flatMap((page) => {
      const here = questions.filter((question) => question.page === page.id);
      return here[0] ? [{ href: here[0].id, text: text(here.length, numberOf(module, page.id)) }] : [];
    });
  }

  function list(tasks: readonly Task[]): HTMLElement {
    const links = tasks.map(({ href, text }) => element("a", { class: "ds-link", href: `#${href}` }, text));
    return element("ul", {}, ...links.map((link) => element("li", {}, link)));
  }

  return { show };
}

/** Some of a module's assessments as things to do. */
function tests(
  module: ModuleData,
  { assessments = [] }: ModuleProgress,
  text: (test: { title: string; p: number }) => string,
  which: (sitting: Sitting) => boolean,
): Task[] {
  return assessments
    .filter(which)
    .map(({ assessment: { id, title, page } }) => ({ href: id, text: text({ title, p: numberOf(module, page) }) }));
}

function numberOf(module: ModuleData, page: string): number {
  return module.pages.findIndex(({ id }) => id === page) + 1;
}
