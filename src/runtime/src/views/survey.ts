import { type Answers, type Row, score, type Score } from "../scoring.ts";
import type { PackageData, SurveyData } from "../types.ts";
import { profile, staircase } from "./chart.ts";
import { button, element } from "./element.ts";
import { saveFile } from "./file.ts";
import { htmlFile, table, titleOf } from "./handout.ts";
import { type Notebook, statusLine } from "./notebook.ts";
import { printOnly } from "./printing.ts";
import type { Say } from "./words.ts";

/** Surveys: answers are kept in the browser, and the result is worked out there. Nothing is right or wrong. */
export function addSurveys(data: PackageData, notebook: Notebook, say: Say): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-survey]")) {
    const survey = data.surveys?.[form.dataset.survey ?? ""];
    if (survey) addSurvey(form, survey, data, notebook, say);
  }
}

type When = "now" | "ambition";

function addSurvey(form: HTMLFormElement, survey: SurveyData, data: PackageData, notebook: Notebook, say: Say): void {
  const id = form.dataset.survey ?? "";
  const home = form.parentElement ?? form;
  const title = titleOf(`${id}__title`);
  const titles = new Map([...survey.steps, ...survey.dimensions].map((group) => [group.id, group.title]));
  const limits = [...home.querySelectorAll<HTMLElement>("[data-limit]")];
  const credit = home.querySelector("[data-credit]");
  const whens: readonly When[] = survey.ambition ? ["now", "ambition"] : ["now"];
  const count = element("p", { class: "hint" });
  const status = statusLine();
  const outcome = element("section", { class: "survey-result", "aria-label": say("survey_result"), hidden: "" });

  const points = ({ tenths }: Score | { tenths: number }): string =>
    (tenths / 10).toLocaleString(data.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = ({ percent: share }: Score): string => (share / 100).toLocaleString(data.lang, { style: "percent" });
  const few = say("survey_too_few");

  const inputs = (item: string, when: When): HTMLInputElement[] => [
    ...form.querySelectorAll<HTMLInputElement>(`input[name="${id}_${item}_${when}"]`),
  ];

  function answers(when: When): Answers {
    const chosen = survey.items.flatMap((item) => {
      const input = inputs(item.id, when).find(({ checked }) => checked);
      return input ? [[item.id, input.value ? Number(input.value) : null] as const] : [];
    });
    return Object.fromEntries(chosen);
  }

  function tally(): void {
    const all = whens.map(answers);
    const n = survey.items.filter((item) => all.every((given) => item.id in given)).length;
    count.textContent = say("survey_answered", { n, m: survey.items.length });
  }

  function result(): (Node | string)[] {
    const { steps, dimensions } = score(survey, answers("now"), answers("ambition"));
    // The widest gap first; a group without one (no gap is below -100 tenths) last.
    const sorted = [...dimensions].sort((a, b) => (b.gap ?? -1e3) - (a.gap ?? -1e3));
    // What is said of that kind, or that nothing is.
    const texts = (kind: string, ...none: Node[]): Node[] => {
      const items = [...steps, ...dimensions].flatMap(({ id: group, position, threshold }) =>
        limits
          .filter((limit, at) => limit.dataset.limit === kind && (at === position || at === threshold))
          .map((limit) => element("li", {}, element("strong", {}, `${titles.get(group)}: `), limit.querySelector("[data-text]")!.cloneNode(true))),
      );
      return items[0] ? [element("ul", {}, ...items)] : none;
    };
    return [
      element("h4", { tabindex: "-1" }, say("survey_position")),
      steps[0] ? figure(say("survey_steps"), staircase(steps, percent), rows(say("survey_step"), steps, percent)) : "",
      sorted[0] ? figure(say("survey_profile"), profile(sorted, titles), rows(say("survey_area"), sorted, points)) : "",
      ...texts("position"),
      element("h4", {}, say("survey_barriers")),
      ...texts("barrier", element("p", {}, say("survey_no_barriers"))),
      element("h4", {}, say("survey_opportunities")),
      ...texts("opportunity", element("p", {}, say("survey_no_opportunities"))),
    ];
  }

  function figure(caption: string, chart: Node, numbers: Node): HTMLElement {
    const keys = whens.map((when) => element("span", { class: `chart-key key-${when}` }, say(when)));
    return element("figure", {}, element("figcaption", {}, caption, " ", ...keys), chart, numbers);
  }

  function rows(name: string, list: readonly Row[], tell: (score: Score) => string): HTMLElement {
    const head = [name, ...whens.map((when) => say(when))];
    const gaps = survey.ambition && tell === points;
    const body = list.map((row, at) => {
      const label = (tell === percent ? `${at + 1}. ` : "") + (titles.get(row.id) ?? row.id);
      const cells = whens.map((when) => (row[when] ? tell(row[when]) : few));
      return [label, ...cells, ...(gaps ? [row.gap === null ? "–" : points({ tenths: row.gap })] : [])];
    });
    return table(gaps ? [...head, say("survey_gap")] : head, body, true);
  }

  function draw(): void {
    const name = element("p", { class: "sheet-title" }, title);
    const formula = element("div", { class: "paper-only" }, ...origins().slice(1));
    outcome.replaceChildren(name, ...result(), ...origins().slice(0, 1), formula);
  }

  /** Who made the survey, and how the result came about. */
  function origins(): (Node | string)[] {
    const formula = home.querySelector("[data-formula] .prose");
    const how = element("div", {}, element("p", {}, element("strong", {}, say("survey_formula"))), ...(formula?.cloneNode(true).childNodes ?? []));
    return [credit?.cloneNode(true) ?? "", how];
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    draw();
    outcome.hidden = tools.hidden = false;
    outcome.querySelector("h4")?.focus();
  });
  form.addEventListener("change", () => {
    tally();
    draw();
    changed(true);
  });

  const show = button(say("survey_show"), "", "", () => undefined);
  show.type = "submit";
  form.append(count, element("div", { class: "actions" }, show), status);
  const fetch = button(say("download_as", { type: "HTML" }), "download", "tertiary", () => {
    const page = element("div", {}, ...result(), ...origins());
    for (const drawn of page.querySelectorAll("[aria-hidden], .chart-key")) drawn.remove();
    saveFile(`${say("survey_file")}-${data.unit.id}.html`, "text/html", htmlFile(title, data, say, page));
  });
  const print = button(say("survey_print"), "print", "tertiary", () => printOnly(outcome));
  const tools = element("div", { class: "actions files", hidden: "" }, fetch, print);
  form.after(outcome, tools);

  const changed = notebook.add(
    id,
    {
      place: form,
      read() {
        const all = Object.fromEntries(whens.map((when) => [when, answers(when)]));
        return Object.values(all).some((given) => Object.keys(given)[0]) ? all : null;
      },
      show(kept) {
        const all = (kept ?? {}) as Partial<Record<When, Answers | null>>;
        for (const when of whens) {
          for (const item of survey.items) {
            const point = all[when]?.[item.id];
            for (const input of inputs(item.id, when)) input.checked = point !== undefined && input.value === String(point ?? "");
          }
        }
        tally();
        if (kept === null) outcome.hidden = tools.hidden = true;
        draw();
      },
      text() {
        const { steps, dimensions } = score(survey, answers("now"), answers("ambition"));
        const line = (tell: (score: Score) => string) => (row: Row) =>
          `${titles.get(row.id)}: ${whens.map((when) => `${say(when)} ${row[when] ? tell(row[when]) : few}`).join(", ")}`;
        return [title, ...steps.map(line(percent)), ...dimensions.map(line(points))].join("\n") + "\n";
      },
    },
    status,
  );
}
