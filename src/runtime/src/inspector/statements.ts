/** What the package tells the LRS, request by request, and what is wrong with the statements. */

import { element } from "../views/element.ts";
import type { Exchange } from "./board.ts";
import { keep } from "./board.ts";
import { attempt, type Context, type Panel } from "./context.ts";
import { button, entry, later, search, tick } from "./making.ts";
import { list, record, text } from "./messages.ts";
import { createRows } from "./rows.ts";
import { copy, saveJson } from "./taking.ts";

const COLUMNS = ["time", "method", "resource", "status", "duration", "said", "problems"] as const;

export function createStatements(context: Context): Panel {
  const { board, say, inspection, server, announce } = context;
  const filter = { text: "", onlyErrors: false };
  let shown: readonly Exchange[] = [];
  let asked = false;
  let badge: (text: string, tone: string) => void = () => undefined;
  const columns = COLUMNS.map((name) => ({ name, label: say(name) }));
  const detail = element("div", { class: "detail", role: "region", "aria-label": say("said"), tabindex: "0" });
  detail.hidden = true;
  const rows = createRows<Exchange>(say("requests"), columns, look, (exchange) => {
    detail.hidden = !exchange;
    detail.replaceChildren(...(exchange ? [exchangeview(context, exchange)] : []));
  });
  const count = element("p", { class: "count" });

  function refresh(): void {
    const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
    shown = board.exchanges.filter((exchange) => (!filter.onlyErrors || isWrong(exchange)) && words.every((word) => JSON.stringify(exchange).toLowerCase().includes(word)));
    const [all, errors] = [board.exchanges.length, board.exchanges.filter(isWrong).length];
    count.textContent = all ? say("requestCount", { shown: shown.length, all, errors }) : "";
    rows.show(shown, all ? say("noCallsShown") : say("noRequests"));
    badge(all ? String(errors || all) : "", errors ? "error" : "");
  }

  /** What the LRS held before this page listened; what is seen comes behind it. */
  async function earlier(): Promise<void> {
    if (asked) return;
    asked = true;
    const known = new Set(board.exchanges.map(({ statement }) => idOf(statement)).filter(Boolean));
    const held = (await server.statements()).filter(({ statement }) => !known.has(idOf(statement)));
    board.exchanges = [...held, ...board.exchanges];
    board.tell("exchanges");
  }

  const redraw = later(refresh);
  board.on("exchanges", redraw);
  redraw();
  const bar = element("div", { class: "bar" },
    search(say("filter"), (typed) => {
      filter.text = typed;
      redraw();
    }),
    tick(say("onlyErrors"), false, (on) => {
      filter.onlyErrors = on;
      redraw();
    }),
    button(say("copyAll"), () => void copy(JSON.stringify(shown.map(({ statement }) => statement).filter(Boolean), null, 2), (worked) => announce(worked ? say("copied") : say("failed", { why: "clipboard" })))),
    button(say("exportJson"), () => saveJson(`${inspection.file_name || "kurspakke"}-lrs.json`, { version: 1, package: inspection.file_name, requests: shown })),
    button(say("clear"), () => {
      board.exchanges = [];
      redraw();
    }),
    count);
  const isAsked = inspection.kind === "xapi" || inspection.kind === "cmi5";
  return { id: "statements", node: element("div", { class: "tab statements" }, bar, rows.node, detail), shown: () => void (isAsked && attempt(context, earlier)), badge: (write) => void (badge = write) };
}

/** Takes down a request that the server tells of. */
export function noteExchange(context: Pick<Context, "board">, exchange: Exchange): void {
  keep(context.board.exchanges, exchange);
  context.board.tell("exchanges");
}

/** That there is no document yet is an answer like any other (xAPI, Communication 2.3). */
const isWrong = ({ method, status, problems }: Exchange): boolean => !(status === 404 && method === "GET") && (status >= 400 || problems.length > 0);
const idOf = (statement: unknown): string => text(record(statement)?.["id"]);

function look(exchange: Exchange): { cells: string[]; tone: string } {
  const { at, method, resource, status, ms, problems } = exchange;
  const [first] = problems;
  const time = /T(\d\d:\d\d:\d\d(\.\d{1,3})?)/.exec(at)?.[1] ?? at;
  return {
    cells: [time, method, resource, status ? String(status) : "", status ? String(Math.round(ms)) : "", summary(exchange.statement), first ? `${first.where} ${first.text}` : ""],
    tone: isWrong(exchange) ? "error" : method === "GET" ? "quiet" : "",
  };
}

/** «answered: Spørsmål 1», of several statements the first and how many more. */
export function summary(statement: unknown): string {
  const all = Array.isArray(statement) ? list(statement) : [statement];
  const first = record(all[0]);
  if (!first) return "";
  const [verb, object] = [record(first["verb"]), record(first["object"])];
  const name = text(verb?.["id"]).split("/").pop() ?? "";
  const title = Object.values(record(record(object?.["definition"])?.["name"]) ?? {}).map(text)[0] || text(object?.["id"]);
  return `${name}: ${title}${all.length > 1 ? ` (+${all.length - 1})` : ""}`;
}

function exchangeview({ say, announce }: Context, exchange: Exchange): HTMLElement {
  const { method, resource, query, status, ms, problems, statement } = exchange;
  const json = statement === undefined || statement === null ? "" : JSON.stringify(statement, null, 2);
  const broken = problems.map(({ where, text: why, rule }) => element("li", {}, element("code", {}, where), ` ${why}`, ...(rule ? [element("span", { class: "quiet" }, ` ${rule}`)] : [])));
  return element("div", { class: isWrong(exchange) ? "failed" : "" },
    element("div", { class: "bar" }, element("h2", {}, element("code", {}, `${method} ${resource}`.trim())),
      ...(json ? [button(say("copy"), () => void copy(json, (worked) => announce(worked ? say("copied") : say("failed", { why: "clipboard" }))))] : [])),
    element("dl", {},
      ...(query ? entry("?", element("code", { class: "value" }, query)) : []),
      ...(status ? entry(say("status"), `${status}, ${Math.round(ms)} ms`) : []),
      ...(broken.length ? entry(say("problems"), element("ul", {}, ...broken)) : json ? entry(say("problems"), say("noProblems")) : [])),
    ...(json ? [element("pre", { tabindex: "0", "aria-label": say("said") }, json)] : []));
}
