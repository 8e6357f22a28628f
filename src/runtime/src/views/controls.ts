import type { QuestionData } from "../types.ts";
import { element, tool } from "./element.ts";
import type { Say } from "./words.ts";

/** How the answer to a question is given. All of them work by keyboard, touch and pointer alike. */
export interface Control {
  /** The answer as it stands; empty while it is not whole. */
  read(): readonly string[];
  write(response: readonly string[]): void;
  /** What to say while the answer is not whole. */
  readonly missing: string;
  /** Goes to where the answer is given, or where something is missing. */
  focus(): void;
  /** A new try: what can be kept of the answer is kept. */
  again(): void;
  /** The parts of the answer that are judged each for itself, with the label the judgement goes by. */
  parts(): readonly { readonly label: Element; readonly right: boolean }[];
}

export function controlOf(form: HTMLFormElement, question: QuestionData, say: Say): Control {
  switch (question.type) {
    case "fill-in":
    case "numeric":
      return fieldControl(form, question, say);
    case "matching":
      return listsControl(form, question, say);
    case "sequencing":
      return orderControl(form, question, say);
    default:
      return optionsControl(form, question, say);
  }
}

function optionsControl(form: HTMLFormElement, question: QuestionData, say: Say): Control {
  const inputs = [...form.querySelectorAll("input")];
  const chosen = (): HTMLInputElement[] => inputs.filter((input) => input.checked);
  const regions = [...form.querySelectorAll<SVGElement>("[data-region]")];
  const outline = (): void => {
    const values = chosen().map((input) => input.value);
    for (const region of regions) region.toggleAttribute("data-chosen", values.includes(region.dataset.region ?? ""));
  };
  for (const region of regions) {
    region.addEventListener("click", () => inputs.find((input) => input.value === region.dataset.region)?.click());
  }
  form.addEventListener("change", outline);

  return {
    read: () => chosen().map((input) => input.value),
    write(response) {
      for (const input of inputs) input.checked = response.includes(input.value);
      outline();
    },
    missing: say("choose_first"),
    focus: () => (chosen()[0] ?? inputs[0])?.focus(),
    again() {
      if (question.type !== "likert") form.reset();
      outline();
    },
    parts: () =>
      question.type === "likert"
        ? []
        : chosen().map((input) => ({
            label: input.labels?.[0] ?? input,
            right: question.correct.includes(input.value),
          })),
  };
}

/** A word or a number; Norwegians write a comma in it, and perhaps spaces. */
function fieldControl(form: HTMLFormElement, question: QuestionData, say: Say): Control {
  const field = form.querySelector("input") ?? element("input");
  const numeric = question.type === "numeric";
  const point = document.documentElement.lang === "en" ? "." : ",";
  // A verdict on what stood there before is no longer true.
  field.addEventListener("input", () => form.dispatchEvent(new Event("change")));

  return {
    read() {
      const text = field.value.trim().replace(/\s+/g, numeric ? "" : " ");
      if (!numeric) return text ? [text] : [];
      const number = text.replace("−", "-").replace(",", ".");
      return /^[-+]?\d{1,12}(\.\d{1,6})?$/.test(number) ? [String(+number)] : [];
    },
    write([text = ""]) {
      field.value = numeric ? text.replace(".", point) : text;
    },
    missing: say(numeric ? "number_first" : "write_first"),
    focus: () => field.focus(),
    again: () => field.select(),
    parts: () => [],
  };
}

/** A native list of targets for each source. */
function listsControl(form: HTMLFormElement, question: QuestionData, say: Say): Control {
  const lists = [...form.querySelectorAll("select")];
  const pair = (list: HTMLSelectElement): string => `${list.dataset.source}.${list.value}`;

  return {
    read: () => (lists.every((list) => list.value) ? lists.map(pair) : []),
    write(response) {
      for (const list of lists) {
        list.value = response.find((each) => each.startsWith(`${list.dataset.source}.`))?.slice(2) ?? "";
      }
    },
    missing: say("match_first"),
    focus: () => (lists.find((list) => !list.value) ?? lists[0])?.focus(),
    again: () => undefined,
    parts: () =>
      lists.map((list) => ({ label: list.labels?.[0] ?? list, right: question.correct.includes(pair(list)) })),
  };
}

/** Two buttons on each item; where it now stands is said aloud. */
function orderControl(form: HTMLFormElement, question: QuestionData, say: Say): Control {
  const list = form.querySelector("ol") ?? element("ol");
  const news = element("p", { class: "ds-sr-only", role: "status" });
  const items = (): HTMLElement[] => [...list.querySelectorAll("li")];
  list.after(news);
  for (const item of items()) {
    addButton(item, -1, "up");
    addButton(item, 1, "down");
  }
  mend();

  function addButton(item: HTMLElement, step: -1 | 1, drawing: string): void {
    const text = (): string => item.textContent?.trim() ?? "";
    const made = tool(drawing, say(step < 0 ? "move_up" : "move_down", { text: text() }), () => {
      const number = move(item, step);
      made.focus();
      if (number) news.textContent = say("now_number", { text: text(), n: number, m: items().length });
    });
    made.dataset.icon = "";
    made.dataset.step = String(step);
    item.append(made);
  }

  /** The item's new number; 0 where the list ends. */
  function move(item: HTMLElement, step: -1 | 1): number {
    const from = items().indexOf(item);
    const other = items()[from + step];
    if (!other) return 0;
    if (step < 0) other.before(item);
    else other.after(item);
    mend();
    form.dispatchEvent(new Event("change"));
    return from + step + 1;
  }

  /** The ends of the list lead nowhere; the buttons stay, so that the focus does too. */
  function mend(): void {
    const all = items();
    all.forEach((item, at) => {
      for (const each of item.querySelectorAll<HTMLElement>("[data-step]")) {
        each.setAttribute("aria-disabled", String(!all[at + Number(each.dataset.step)]));
      }
    });
  }

  return {
    read: () => items().map((item) => item.dataset.option ?? ""),
    write(response) {
      const all = items();
      list.append(...response.flatMap((id) => all.filter((item) => item.dataset.option === id)));
      mend();
    },
    missing: "",
    focus: () => list.querySelector("button")?.focus(),
    again: () => undefined,
    parts: () =>
      items().map((item, at) => ({
        label: item.querySelector(".item-text") ?? item,
        right: item.dataset.option === question.correct[at],
      })),
  };
}
