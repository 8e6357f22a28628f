/**
 * A list of very many lines: only those in sight are in the document. As a grid (ARIA 1.2) it is one stop of the Tab key;
 * arrow keys, Page up and down, Home and End choose a line. While the last line is in sight, new ones stay in sight.
 */

import { element } from "../views/element.ts";
import { later } from "./making.ts";

export interface Column {
  readonly name: string;
  readonly label: string;
}

export interface Look {
  /** A text for each column. */
  readonly cells: readonly string[];
  /** "error", "warning", "quiet" or "". */
  readonly tone: string;
}

export interface Rows<Item> {
  readonly node: HTMLElement;
  readonly show: (items: readonly Item[], whenEmpty: string) => void;
  readonly selected: () => Item | undefined;
}

/** As in inspector.css. */
const HEIGHT = 24;
const SPARE = 8;

export function createRows<Item>(label: string, columns: readonly Column[], look: (item: Item) => Look, select: (item: Item | undefined) => void): Rows<Item> {
  const id = `rows-${columns.map(({ name }) => name).join("")}`;
  let items: readonly Item[] = [];
  let chosen: Item | undefined;
  let follows = true;

  const cell = (role: string, column: number, text: string) =>
    element("div", { role, "aria-colindex": String(column + 1), class: `cell of-${columns[column]!.name}` }, text);
  const head = element("div", { role: "row", class: "row head", "aria-rowindex": "1" }, ...columns.map((column, at) => cell("columnheader", at, column.label)));
  const body = element("div", { role: "rowgroup", class: "body" });
  const empty = element("p", { class: "empty" });
  const grid = element("div", { role: "grid", class: "rows", tabindex: "0", "aria-label": label, "aria-colcount": String(columns.length), "aria-readonly": "true" },
    element("div", { role: "rowgroup", class: "heading" }, head), body);
  const node = element("div", { class: "list" }, grid, empty);

  const draw = later(() => {
    body.style.height = `${items.length * HEIGHT}px`;
    if (follows) grid.scrollTop = grid.scrollHeight;
    const first = Math.max(0, Math.floor(grid.scrollTop / HEIGHT) - SPARE);
    const last = Math.min(items.length, Math.ceil((grid.scrollTop + grid.clientHeight) / HEIGHT) + SPARE);
    body.replaceChildren(...items.slice(first, last).map((item, at) => row(item, first + at)));
    mark();
  });

  function row(item: Item, at: number): HTMLElement {
    const { cells, tone } = look(item);
    const made = element("div", { role: "row", class: `row ${tone}`, id: `${id}-${at}`, "aria-rowindex": String(at + 2) }, ...cells.map((text, column) => cell("gridcell", column, text)));
    made.style.top = `${at * HEIGHT}px`;
    made.setAttribute("aria-selected", String(item === chosen));
    made.addEventListener("mousedown", () => choose(at));
    return made;
  }

  function mark(): void {
    const at = chosen === undefined ? -1 : items.indexOf(chosen);
    const inDocument = at >= 0 && document.getElementById(`${id}-${at}`);
    if (inDocument) grid.setAttribute("aria-activedescendant", inDocument.id);
    else grid.removeAttribute("aria-activedescendant");
  }

  function choose(at: number): void {
    chosen = items[at];
    follows = at === items.length - 1;
    reveal(at);
    draw();
    select(chosen);
  }

  function reveal(at: number): void {
    const room = grid.clientHeight - head.offsetHeight;
    if (at * HEIGHT < grid.scrollTop) grid.scrollTop = at * HEIGHT;
    else if ((at + 1) * HEIGHT > grid.scrollTop + room) grid.scrollTop = (at + 1) * HEIGHT - room;
  }

  grid.addEventListener("scroll", () => {
    follows = grid.scrollTop + grid.clientHeight >= grid.scrollHeight - HEIGHT / 2;
    draw();
  });
  grid.addEventListener("keydown", (event) => {
    const at = chosen === undefined ? -1 : items.indexOf(chosen);
    const page = Math.max(1, Math.floor(grid.clientHeight / HEIGHT) - 2);
    const steps: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: items.length - 1 };
    const step = steps[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || items.length === 0) return;
    event.preventDefault();
    choose(Math.min(items.length - 1, Math.max(0, step)));
  });
  new ResizeObserver(draw).observe(grid);

  return {
    node,
    show: (shown, whenEmpty) => {
      items = shown;
      empty.textContent = items.length === 0 ? whenEmpty : "";
      grid.setAttribute("aria-rowcount", String(items.length + 1));
      if (chosen !== undefined && !items.includes(chosen)) {
        chosen = undefined;
        select(undefined);
      }
      draw();
    },
    selected: () => chosen,
  };
}
