/** The data model: as it is now, what of it is stored, and how the LMS kept earlier sessions. */

import { element } from "../views/element.ts";
import { attempt as tried, type Context, type Panel } from "./context.ts";
import { learn } from "./keynames.ts";
import { choice, fill, later } from "./making.ts";
import type { Values } from "./messages.ts";
import type { Attempt } from "./server.ts";
import { stateview } from "./stateview.ts";
import { treeOf, unstored, type Branch } from "./tree.ts";

export function createData(context: Context): Panel {
  const { board, say, server, inspection } = context;
  const closed = new Set(["cmi.student_preference", "cmi.interactions"]);
  let attempts: readonly Attempt[] = [];
  const sessions = choice(say("session"), [], "", () => draw());
  const summary = element("p", { class: "count", role: "status" });
  const tree = element("div", { class: "tree" });
  const state = element("div");

  function chosen(): Attempt | undefined {
    return attempts[Number(sessions.list.value || "-1")];
  }

  function draw(): void {
    const old = chosen();
    const [values, committed]: [Values, Values] = old ? [old.committed, old.committed] : [board.values, board.committed];
    void learn(values).then((isNew) => isNew && draw());
    const branches = treeOf(values, committed, old ? new Set() : board.touched);
    const open = branches.reduce((sum, branch) => sum + unstored(branch), 0);
    if (old) summary.textContent = say("asStored", { status: old.status, score: old.score });
    else summary.textContent = branches.length === 0 ? "" : open ? say("notStoredCount", { n: open }) : say("allStored");
    summary.classList.toggle("open", open > 0);
    tree.replaceChildren(...(branches.length ? branches.map(branchview) : [element("p", { class: "empty" }, say("noData"))]));
    const text = values["cmi.suspend_data"] ?? "";
    state.replaceChildren(...(text ? [stateview(context, text)] : []));
  }

  function branchview(branch: Branch): HTMLElement {
    const { name, path, set, branches } = branch;
    if (branches.length === 0) return leaf(branch);
    const open = unstored(branch);
    const node = element("details", {},
      element("summary", {}, element("span", { class: "name" }, name), ...(open ? [element("span", { class: "dot" }, String(open))] : []),
        ...(set === undefined ? [] : [element("code", {}, set)])),
      ...branches.map(branchview));
    node.open = !closed.has(path);
    node.addEventListener("toggle", () => void (node.open ? closed.delete(path) : closed.add(path)));
    return node;
  }

  function leaf({ name, path, set, stored, isUnstored }: Branch): HTMLElement {
    const value = set ?? stored ?? "";
    return element("div", { class: `leaf${isUnstored ? " open" : ""}`, title: path },
      element("span", { class: "name" }, name),
      value === "" ? element("span", { class: "none" }, say("empty")) : element("code", {}, value),
      ...(isUnstored ? [element("span", { class: "mark" }, `${say("notStored")}${stored ? ` (${say("stored")}: ${stored.slice(0, 80)})` : ""}`)] : []));
  }

  async function list(): Promise<void> {
    attempts = await server.attempts();
    const names = new Map(inspection.learners.map(({ id, name }) => [id, name]));
    const when = (text: string) => new Date(text).toLocaleString(inspection.language, { dateStyle: "short", timeStyle: "medium" });
    const options = attempts.map(({ number, updated, learner }, at) => ({ value: String(at), label: say("sessionOf", { n: number, when: when(updated), learner: names.get(learner) ?? learner }) }));
    const old = sessions.list.value;
    fill(sessions.list, [{ value: "", label: say("thisSession") }, ...options.reverse()], old);
    if (!sessions.list.value) sessions.list.value = "";
  }

  fill(sessions.list, [{ value: "", label: say("thisSession") }], "");
  const node = element("div", { class: "tab data" }, element("div", { class: "bar" }, sessions.node, summary),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("data") }, state, tree));
  // In another tab nobody sees it, and the next look draws it anew.
  const redraw = later(() => node.offsetParent && draw());
  for (const topic of ["values", "launched", "calls"] as const) board.on(topic, redraw);
  return {
    id: "data",
    node,
    shown: () => {
      draw();
      void tried(context, list);
    },
  };
}
