/** The log of calls, as they come. */

import { element } from "../views/element.ts";
import { createRows } from "./rows.ts";
import { calldetail } from "./calldetail.ts";
import { elementOf, isError, linesOf, passes, replayable, timeOf, valueOf } from "./callrows.ts";
import type { Context, Panel } from "./context.ts";
import { button, later, search, tick } from "./making.ts";
import { callIn, list, record, type Call } from "./messages.ts";
import { copy, openJson, saveJson } from "./taking.ts";

const COLUMNS = ["time", "call", "element", "value", "answer", "error"] as const;

export function createCalls(context: Context): Panel {
  const { board, say, inspection, link, announce } = context;
  const filter = { text: "", onlyErrors: false };
  let shown: readonly Call[] = [];
  const columns = COLUMNS.map((name) => ({ name, label: say(name) }));
  const detail = element("div", { class: "detail", role: "region", "aria-label": say("call"), tabindex: "0" });
  detail.hidden = true;
  const rows = createRows<Call>(say("calls"), columns, look, (call) => {
    detail.hidden = !call;
    detail.replaceChildren(...(call ? [calldetail(context, call)] : []));
  });
  const count = element("p", { class: "count" });
  const told = (worked: boolean) => announce(worked ? say("copied") : say("failed", { why: "clipboard" }));

  function refresh(): void {
    shown = filter.text || filter.onlyErrors ? board.calls.filter((call) => passes(call, filter)) : board.calls.slice();
    const errors = board.calls.filter(isError).length;
    count.textContent = board.calls.length ? say("callCount", { shown: shown.length, all: board.calls.length, errors }) : "";
    const silent = inspection.kind.startsWith("scorm") ? say("noCalls") : say("noScorm", { tab: say("statements") });
    rows.show(shown, board.calls.length ? say("noCallsShown") : silent);
    badge(board.calls.length ? String(errors || board.calls.length) : "", errors ? "error" : "");
  }

  function replay(calls: readonly Call[]): void {
    const again = replayable(calls);
    link.send({ kind: "replay", calls: again });
    announce(say("replayed", { n: again.length }));
  }

  function replayFile(value: unknown): void {
    const calls = list(record(value)?.["calls"] ?? value).flatMap((each) => callIn(each) ?? []);
    if (calls.length) replay(calls);
    else announce(say("noReplay"));
  }

  const redraw = later(refresh);
  let badge: (text: string, tone: string) => void = () => undefined;
  for (const topic of ["calls", "launched"] as const) board.on(topic, redraw);

  const bar = element("div", { class: "bar" },
    search(say("filter"), (text) => {
      filter.text = text;
      redraw();
    }),
    tick(say("onlyErrors"), false, (on) => {
      filter.onlyErrors = on;
      redraw();
    }),
    button(say("copyAll"), () => void copy(linesOf(shown), told)),
    button(say("exportJson"), () => saveJson(`${inspection.file_name || "kurspakke"}-log.json`, { version: 1, package: inspection.file_name, title: inspection.title, calls: shown })),
    button(say("replay"), () => replay(shown), say("replayTitle")),
    button(say("replayFile"), () => openJson(replayFile)),
    button(say("clear"), () => {
      board.calls = [];
      redraw();
    }),
    count,
  );
  rows.node.addEventListener("keydown", (event) => {
    const call = rows.selected();
    if (call && event.key === "c" && (event.ctrlKey || event.metaKey) && !getSelection()?.toString()) void copy(linesOf([call]), told);
  });
  redraw();
  return { id: "calls", node: element("div", { class: "tab calls" }, bar, rows.node, detail), shown: redraw, badge: (write) => void (badge = write) };
}

function look(call: Call): { cells: string[]; tone: string } {
  const error = call.error === "0" ? "" : call.error;
  const why = error || isError(call) ? `${error} ${call.diagnostic}`.trim() : "";
  return {
    cells: [timeOf(call), call.name, elementOf(call), valueOf(call).slice(0, 300), call.answer.slice(0, 300), why],
    tone: isError(call) ? "error" : /GetLastError|GetErrorString|GetDiagnostic/.test(call.name) ? "quiet" : "",
  };
}
