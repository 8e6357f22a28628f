import type { PackageData } from "../types.ts";
import { button, element, tool } from "./element.ts";
import { MARK, saveFile } from "./file.ts";
import { origin, titleOf } from "./handout.ts";
import { type Notebook, statusLine } from "./notebook.ts";
import { printOnly } from "./printing.ts";
import type { Say } from "./words.ts";

/** Lists to choose the most important from, in order, by buttons. */
export function addPriorities(data: PackageData, notebook: Notebook, say: Say): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-prioritise]")) addPriority(box, data, notebook, say);
}

interface Item {
  readonly id: string;
  readonly text: string;
  readonly row: HTMLLIElement;
  readonly tools: HTMLElement;
}

function addPriority(box: HTMLElement, data: PackageData, notebook: Notebook, say: Say): void {
  const id = box.dataset.prioritise ?? "";
  const most = Number(box.dataset.most);
  const title = titleOf(`${id}_title`);
  const items: Item[] = [...box.querySelectorAll<HTMLLIElement>("li")].map((row) => {
    const tools = element("span", { class: "candidate-tools" });
    row.append(tools);
    return { id: row.dataset.item ?? "", text: row.textContent?.trim() ?? "", row, tools };
  });
  const rest = element("ul", { class: "candidates" });
  const best = element("ol", { class: "candidates chosen", "aria-label": say("prioritise_chosen") });
  const count = element("span", { class: "hint" });
  const none = element("p", { class: "hint" }, say("prioritise_none"));
  const news = element("p", { class: "ds-sr-only", role: "status" });
  const full = element("p", { class: "candidates-full", role: "status" });
  const status = statusLine();
  let chosen: Item[] = [];

  function draw(): void {
    best.replaceChildren(...chosen.map(({ row }) => row));
    rest.replaceChildren(...items.filter((item) => !chosen.includes(item)).map(({ row }) => row));
    for (const item of items) item.tools.replaceChildren(...buttons(item));
    count.textContent = say("prioritise_count", { n: chosen.length, m: most });
    none.hidden = chosen.length > 0;
    full.textContent = "";
  }

  function buttons(item: Item): HTMLButtonElement[] {
    const { text } = item;
    const at = chosen.indexOf(item);
    if (at < 0) return [step("plus", say("prioritise_choose", { text }), chosen.length < most, () => choose(item))];
    return [
      step("up", say("prioritise_up", { text }), at > 0, () => move(item, at - 1, "up")),
      step("down", say("prioritise_down", { text }), at < chosen.length - 1, () => move(item, at + 1, "down")),
      step("cross", say("prioritise_out", { text }), true, () => leave(item, at)),
    ];
  }

  /** A button that can do nothing now stays where it is, so that the keyboard does not lose its place. */
  function step(drawing: string, label: string, able: boolean, press: () => void): HTMLButtonElement {
    const made = tool(drawing, label, () => able && press());
    made.title = label;
    made.dataset.tool = drawing;
    if (!able) made.setAttribute("aria-disabled", "true");
    return made;
  }

  function choose(item: Item): void {
    const at = items.filter((each) => !chosen.includes(each)).indexOf(item);
    arrange([...chosen, item], say("prioritise_now", { text: item.text, n: chosen.length + 1 }));
    if (chosen.length === most) full.textContent = say("prioritise_full", { n: most });
    const left = [...rest.querySelectorAll("button")];
    (chosen.length < most ? left[Math.min(at, left.length - 1)] : item.tools.querySelector("button"))?.focus();
  }

  function move(item: Item, to: number, drawing: string): void {
    const others = chosen.filter((each) => each !== item);
    others.splice(to, 0, item);
    arrange(others, say("prioritise_now", { text: item.text, n: to + 1 }));
    item.tools.querySelector<HTMLElement>(`[data-tool='${drawing}']`)?.focus();
  }

  function leave(item: Item, at: number): void {
    arrange(chosen.filter((each) => each !== item), say("prioritise_is_out", { text: item.text }));
    const next = chosen[Math.min(at, chosen.length - 1)] ?? item;
    next.tools.querySelector<HTMLElement>("[data-tool='cross'], [data-tool='plus']")?.focus();
  }

  function arrange(order: Item[], told: string): void {
    chosen = order;
    draw();
    news.textContent = told;
    changed(true);
  }

  const text = (): string => `${title}\n\n${chosen.map((item, at) => `${at + 1}. ${item.text}`).join("\n")}\n`;
  const fetch = button(say("download_as", { type: "TXT" }), "download", "tertiary", () => {
    const name = `${say("prioritise_file")}-${data.unit.id}.txt`;
    if (chosen.length > 0) saveFile(name, "text/plain", `${MARK}${origin(data, say)}\n\n${text()}`);
    else news.textContent = say("prioritise_none");
  });
  const print = button(say("prioritise_print"), "print", "tertiary", () => printOnly(box.parentElement ?? box));

  box.replaceChildren(
    element("h4", {}, say("prioritise_chosen"), " ", count),
    none,
    best,
    full,
    element("h4", {}, say("prioritise_rest")),
    rest,
    news,
    status,
    element("div", { class: "actions files" }, fetch, print),
  );
  const changed = notebook.add(
    id,
    {
      place: box,
      read: () => (chosen.length > 0 ? chosen.map((item) => item.id) : null),
      show(kept) {
        const ids: unknown[] = Array.isArray(kept) ? [...new Set(kept)] : [];
        chosen = ids.flatMap((each) => items.filter((item) => item.id === each)).slice(0, most);
        draw();
      },
      text,
    },
    status,
  );
}
