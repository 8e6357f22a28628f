import type { AssessmentData, Assessments, PackageData, Paper, QuestionData } from "../types.ts";
import { controlOf, type Control } from "./controls.ts";
import { button, element } from "./element.ts";
import { printOnly } from "./printing.ts";
import { hasPassed, resultOf } from "./result.ts";
import { reviewed } from "./review.ts";
import { verdictOf, type Verdict } from "./verdict.ts";
import type { Say } from "./words.ts";

/** What is in sight; a number: the question of that place, from 0. */
type Phase = number | "start" | "end" | "result" | "review";

/** A question of the bank on its way through attempts. */
interface Row {
  readonly item: HTMLElement;
  readonly form: HTMLFormElement;
  readonly heading: HTMLElement;
  readonly control: Control;
  readonly verdict: Verdict;
  /** The answer as it stands where nothing is answered. */
  readonly blank: readonly string[];
}

/**
 * Makes an assessment of each bank. The answer is to be called when the learner's state has been read; `changed` is
 * called when an attempt begins and when one is handed in.
 */
export function addAssessments(data: PackageData, tests: Assessments, say: Say, changed: () => void): () => void {
  const begins = data.modules.flatMap((module) =>
    (module.assessments ?? []).map((assessment) => addAssessment(assessment, data, tests, say, changed)),
  );
  return () => begins.forEach((begin) => begin());
}

function addAssessment(
  assessment: AssessmentData,
  data: PackageData,
  tests: Assessments,
  say: Say,
  changed: () => void,
): () => void {
  const { id } = assessment;
  const box = document.querySelector<HTMLElement>(`[data-assessment="${id}"]`) ?? element("div");
  const bank = box.querySelector<HTMLElement>(".bank") ?? element("ol");
  const head = element("div", { class: "test-head" });
  const foot = element("div", { class: "actions" });
  const rows = new Map(assessment.bank.map((question) => [question.id, row(question)]));
  const spent = new Map<string, number>();
  let phase: Phase = "start";
  let since = performance.now();
  bank.before(head);
  bank.after(foot);
  for (const { item } of rows.values()) item.hidden = true;

  function row(question: QuestionData): Row {
    const form = bank.querySelector<HTMLFormElement>(`form[data-question="${question.id}"]`) ?? element("form");
    const control = controlOf(form, question, say);
    const verdict = verdictOf(form, question, control, say);
    verdict.box.removeAttribute("role");
    form.append(verdict.box);
    form.addEventListener("change", () => tests.keep(id, question.id, control.read()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (typeof phase === "number") go(after(phase));
    });
    return {
      item: form.closest("li") ?? form,
      form,
      heading: form.querySelector("h4") ?? form,
      control,
      verdict,
      blank: question.type === "sequencing" ? control.read() : [],
    };
  }

  const paper = (): Paper => tests.paper(id)!;

  function after(at: number): Phase {
    return at + 1 < paper().questions.length ? at + 1 : "end";
  }

  /** Goes on to a phase, and tells where the learner has come by moving the focus there. */
  function go(next: Phase): void {
    const left = typeof phase === "number" ? paper().questions[phase] : undefined;
    if (left) spent.set(left.id, Math.round((spent.get(left.id) ?? 0) + performance.now() - since));
    since = performance.now();
    show(next);
    const shown = typeof next === "number" ? paper().questions[next] : undefined;
    const heading = (shown && rows.get(shown.id)?.heading) ?? head.querySelector<HTMLElement>("h4");
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
  }

  function show(next: Phase): void {
    const now = paper();
    const reviewing = next === "review";
    phase = next;
    const asked = now.questions.flatMap((question) => rows.get(question.id)?.item ?? []);
    bank.prepend(...asked);
    for (const { item } of rows.values()) {
      item.hidden = true;
      // On paper an attempt is its questions; before the first one it is the bank.
      item.toggleAttribute("data-out", asked.length > 0 && !asked.includes(item));
    }
    now.questions.forEach((question, at) => {
      const { item, form, heading, verdict } = rows.get(question.id)!;
      item.hidden = !(reviewing || next === at);
      verdict.clear();
      for (const field of form.elements) (field as HTMLInputElement).disabled = reviewing;
      const number = heading.querySelector("[data-number]") ?? heading;
      number.textContent = say("question_n_of_m", { n: at + 1, m: now.questions.length });
      if (reviewing) reviewed(form, question, now.answers.get(question.id), verdict, say);
    });
    head.replaceChildren(...above(now, next));
    foot.replaceChildren(...below(now, next));
  }

  /** Puts the answers of the attempt into the forms. */
  function fill(): void {
    const now = paper();
    for (const question of now.questions) {
      const { form, control, blank } = rows.get(question.id)!;
      control.write(now.answers.get(question.id) ?? blank);
      const options = [...form.querySelectorAll<HTMLElement>("div.option")];
      if (!assessment.shuffle_options || form.querySelector("[data-region]")) continue;
      const order = now.options(question);
      options[0]?.parentElement?.append(
        ...order.flatMap((option) => options.find((each) => each.dataset.option === option) ?? []),
      );
    }
  }

  function begin(): void {
    spent.clear();
    tests.begin(id);
    fill();
    changed();
    go(0);
  }

  function handIn(): void {
    tests.handIn(id, spent);
    changed();
    go("result");
  }

  function above(now: Paper, next: Phase): Node[] {
    const { questions, answers } = now;
    const unanswered = questions.flatMap((question, at) => (answers.has(question.id) ? [] : [at]));
    if (next === "start") {
      const told = [say(assessment.review === "never" ? "test_how_silent" : "test_how")];
      const [n, m] = [questions.length - unanswered.length, questions.length];
      if (now.open) told.push(say("test_under_way", { n, m }));
      return told.map((text) => element("p", {}, text));
    }
    if (next === "review") return [element("h4", {}, say("test_review_title"))];
    if (next === "result") return [resultOf(box, now, data, say)];
    if (next !== "end") return [];
    const heading = element("h4", {}, say("test_hand_in_title"));
    if (unanswered.length === 0) return [heading, element("p", {}, say("test_all_answered"))];
    const links = unanswered.map((at) => button(say("question_n", { n: at + 1 }), "", "secondary", () => go(at)));
    return [
      heading,
      element("p", {}, say("test_unanswered")),
      element("ul", { class: "actions" }, ...links.map((link) => element("li", {}, link))),
    ];
  }

  function below(now: Paper, next: Phase): Node[] {
    const last = now.questions.length - 1;
    const back = (to: Phase): Node => button(say("prev"), "left", "secondary", () => go(to));
    if (next === "start") {
      const first = now.questions.findIndex((question) => !now.answers.has(question.id));
      const on = (): void => go(first < 0 ? "end" : first);
      return [now.open ? button(say("test_go_on"), "right", "", on) : button(say("test_start"), "right", "", begin)];
    }
    if (next === "end") return [back(last), button(say("test_hand_in"), "check", "", handIn)];
    if (next === "review") return [button(say("test_to_result"), "left", "secondary", () => go("result"))];
    if (next === "result") {
      const review = assessment.review === "after-attempt" || (assessment.review === "after-last-attempt" && !now.left);
      return [
        ...(now.left ? [button(say("try_again"), "", hasPassed(now) === false ? "" : "secondary", begin)] : []),
        ...(review ? [button(say("test_review"), "", "secondary", () => go("review"))] : []),
        button(say("test_print"), "print", "tertiary", () => printOnly(head)),
      ];
    }
    const to = after(next);
    const on = button(say(to === "end" ? "test_to_end" : "next"), "right", "", () => go(to));
    return [...(next > 0 ? [back(next - 1)] : []), on];
  }

  return () => {
    const now = paper();
    // The limit of the LMS stands in for the course's own.
    const limit = box.parentElement?.querySelector<HTMLElement>("[data-limit]");
    if (limit && now.limit) limit.textContent = say("test_limit", { n: Math.round(now.limit * 100) });
    if (limit) limit.hidden = !now.limit;
    // How long it took in earlier sessions nobody knows.
    for (const question of now.questions) if (now.answers.has(question.id)) spent.set(question.id, NaN);
    fill();
    show(now.attempt && !now.open ? "result" : "start");
  };
}
