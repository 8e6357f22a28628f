import type { PackageData } from "../types.ts";
import { button, element, tool } from "./element.ts";
import { MARK, saveFile } from "./file.ts";
import { htmlFile, origin, table, titleOf } from "./handout.ts";
import { type Notebook, statusLine } from "./notebook.ts";
import { printOnly } from "./printing.ts";
import type { Say } from "./words.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Row = Record<string, string>;

const FIELDS = "input, select, textarea";

/** Plans of action: rows to add, remove, keep in the browser and take along as a file. */
export function addPlans(data: PackageData, notebook: Notebook, say: Say): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-plan]")) addPlan(form, data, notebook, say);
}

function addPlan(form: HTMLFormElement, data: PackageData, notebook: Notebook, say: Say): void {
  const id = form.dataset.plan ?? "";
  const list = form.querySelector("ol");
  const model = list?.querySelector<HTMLElement>("li");
  if (!list || !model) return;
  const title = titleOf(`${id}_title`);
  const labels = [...model.querySelectorAll("label")].map((label) => label.textContent ?? "");
  const names = fields(model).map((field) => field.name);
  const first = list.children.length;
  const status = statusLine();
  const news = element("span", { role: "status" });
  const paper = element("div", { class: "paper-only" });
  let removed: { readonly row: Element; readonly before: Element | null } | null = null;

  const rows = (): HTMLElement[] => [...list.querySelectorAll<HTMLElement>(":scope > li")];
  const values = (row: HTMLElement): Row => Object.fromEntries(fields(row).map((field) => [field.name, field.value.trim()]));
  const written = (): Row[] => rows().map(values).filter((row) => Object.values(row).some(Boolean));

  /** What a row says, with the names of the plans and documents instead of their ids. */
  const told = (row: Row): string[] =>
    names.map((name) => {
      const value = row[name] ?? "";
      const select = model.querySelector<HTMLSelectElement>(`select[name="${name}"]`);
      return (value && select && [...select.options].find((option) => option.value === value)?.text) || value;
    });

  function grow(): HTMLElement {
    const row = model!.cloneNode(true) as HTMLElement;
    for (const field of fields(row)) field.value = "";
    list!.append(row);
    return row;
  }

  /** Numbers follow the order; a label finds its field by the number. */
  function number(): void {
    rows().forEach((row, at) => {
      const n = at + 1;
      const legend = row.querySelector("legend");
      if (legend) legend.textContent = say("plan_row", { n });
      for (const field of fields(row)) {
        const label = row.querySelector(`label[for="${field.id}"]`);
        field.id = `${id}_${n}_${field.name}`;
        label?.setAttribute("for", field.id);
      }
      row.querySelector("button")?.remove();
      row.querySelector("fieldset")?.append(tool("trash", say("plan_remove", { n }), () => take(row)));
    });
  }

  function take(row: HTMLElement): void {
    removed = { row, before: row.nextElementSibling };
    const at = rows().indexOf(row);
    row.remove();
    if (rows().length === 0) grow();
    number();
    tell(say("plan_removed"), true);
    rows()[Math.min(at, rows().length - 1)]?.querySelector("button")?.focus();
    changed(true);
  }

  const undo = button(say("undo"), "", "secondary", () => {
    if (removed) list.insertBefore(removed.row, removed.before?.isConnected ? removed.before : null);
    number();
    fields(removed?.row ?? model)[0]?.focus();
    tell("", false);
    changed(true);
  });

  function tell(text: string, undoable: boolean): void {
    news.textContent = text;
    undo.hidden = !undoable;
  }

  const add = button(say("plan_add"), "plus", "secondary", () => {
    const row = grow();
    number();
    tell(say("plan_added", { n: rows().length }), false);
    fields(row)[0]?.focus();
  });

  const save = (type: string, mime: string, text: () => string): HTMLButtonElement =>
    button(say("download_as", { type }), "download", "tertiary", () => {
      if (written().length === 0) return tell(say("plan_empty"), false);
      tell("", false);
      saveFile(`${say("plan_file")}-${data.unit.id}.${mime === "markdown" ? "md" : mime}`, `text/${mime}`, text());
    });
  const cells = (): string[][] => written().map(told);
  const files = [
    save("HTML", "html", () => htmlFile(title, data, say, table(labels, cells()))),
    save("CSV", "csv", () => MARK + [labels, ...cells()].map(csv).join("")),
    save("Markdown", "markdown", () => `# ${title}\n\n${origin(data, say)}\n\n${markdown(labels, cells())}`),
  ];
  const print = button(say("plan_print"), "print", "tertiary", () => printOnly(form.parentElement ?? form));

  // Paper gets a table, in which nothing is cut off; a plan with nothing in it gets the empty fields.
  window.addEventListener("beforeprint", () => {
    paper.replaceChildren(...(written().length > 0 ? [table(labels, cells())] : []));
    form.classList.toggle("has-paper", written().length > 0);
  });

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => changed(false));
  form.addEventListener("change", () => changed(true));
  form.append(element("div", { class: "actions" }, add), element("p", { class: "tool-status" }, news, undo), status);
  form.after(paper, element("div", { class: "actions files" }, ...files, print));
  tell("", false);

  const changed = notebook.add(
    id,
    {
      place: form,
      read: () => (written().length > 0 ? written() : null),
      show(kept) {
        const plan: unknown[] = Array.isArray(kept) ? kept : [];
        while (rows().length < Math.max(plan.length, first)) grow();
        while (rows().length > Math.max(plan.length, first)) rows()[rows().length - 1]?.remove();
        number();
        tell("", false);
        rows().forEach((row, at) => {
          const values = (plan[at] ?? {}) as Record<string, unknown>;
          for (const field of fields(row)) field.value = String(values[field.name] ?? "");
        });
      },
      text: () =>
        [title, ...cells().map((row, at) => [say("plan_row", { n: at + 1 }), ...row.map((text, of) => `${labels[of]}: ${text}`)].join("\n"))].join("\n\n") + "\n",
    },
    status,
  );
}

function fields(row: Element): Field[] {
  return [...row.querySelectorAll<Field>(FIELDS)];
}

/** One line for a spreadsheet that parts cells by semicolon, as Norwegian ones do. */
function csv(cells: readonly string[]): string {
  // A spreadsheet would calculate what begins like a formula.
  const safe = cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell));
  return `${safe.map((cell) => `"${cell.replace(/"/g, '""')}"`).join(";")}\r\n`;
}

function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replace(/[\\|<]/g, "\\$&").replace(/\n/g, "<br>")).join(" | ")} |\n`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("");
}
