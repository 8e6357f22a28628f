/** All that is known of one call: what it changed, and why it was refused. */

import { ERRORS, type Code } from "../lms/errors.ts";
import { element } from "../views/element.ts";
import { storedBy } from "./changes.ts";
import { elementOf, isError, linesOf, shown, timeOf } from "./callrows.ts";
import type { Context } from "./context.ts";
import { button, entry } from "./making.ts";
import type { Call } from "./messages.ts";
import { stateview } from "./stateview.ts";
import { copy, saveJson } from "./taking.ts";

export function calldetail(context: Context, call: Call): HTMLElement {
  const { say, inspection, announce, board } = context;
  const told = (worked: boolean) => announce(worked ? say("copied") : say("failed", { why: "clipboard" }));
  const of = elementOf(call);
  const isSet = /SetValue$/.test(call.name);
  const code = (text: string) => (text === "" ? element("span", { class: "none" }, say("empty")) : element("code", { class: "value" }, text));
  const entries = [
    ...entry(say("time"), `${timeOf(call)} s`),
    ...(of ? entry(say("element"), code(of)) : call.given.length && shown(call.given[0]) ? entry(say("value"), code(call.given.map(shown).join(", "))) : []),
    ...(isSet ? entry(say("before"), call.before === undefined ? element("span", { class: "none" }, say("unset")) : code(call.before)) : []),
    ...(isSet ? entry(say(isError(call) ? "value" : "after"), code(shown(call.given[1]))) : []),
    ...entry(say("answer"), code(call.answer)),
    ...(call.error && call.error !== "0" ? entry(say("error"), `${call.error} ${ERRORS[call.error as Code]?.[inspection.language] ?? ""}`) : []),
    ...(call.diagnostic ? entry(say("diagnostic"), call.diagnostic) : []),
  ];
  const stored = storedBy(board.calls, call);
  const signature = `${call.name}(${call.given.map((each) => JSON.stringify(each)).join(", ")})`;
  const text = /suspend_data$/.test(of) ? (isSet ? shown(call.given[1]) : call.answer) : "";
  return element("div", { class: isError(call) ? "failed" : "" },
    element("div", { class: "bar" },
      element("h2", {}, element("code", {}, signature.length > 200 ? `${signature.slice(0, 200)} …` : signature)),
      button(say("copy"), () => void copy(linesOf([call]), told)),
      button("JSON", () => saveJson("kurspakke-call.json", call), say("exportJson"))),
    element("dl", {}, ...entries),
    ...(stored.length ? [element("h3", { class: "sub" }, say("storedBy")), element("dl", {}, ...stored.flatMap(([name, worth]) => entry(name, code(worth))))] : []),
    ...(text ? [stateview(context, text)] : []));
}
