/** How much the package weighs, and what a launch fetches of it. */

import { element } from "../views/element.ts";
import { attempt, type Context, type Panel } from "./context.ts";
import { bytes, entry, later } from "./making.ts";
import type { Size } from "./server.ts";

const MOST_LISTED = 200;

export function createSize(context: Context): Panel {
  const { board, say, server, inspection } = context;
  const measure = (count: number) => bytes(count, inspection.language);
  const launch = element("dl");
  const whole = element("dl");
  const largest = element("div");
  const fetched = element("div");

  function draw(): void {
    const sum = board.fetched.reduce((so, each) => so + each.bytes, 0);
    const loaded = board.loaded === undefined ? say("notLoaded") : `${Math.round(board.loaded).toLocaleString(inspection.language)} ms`;
    launch.replaceChildren(...entry(say("requestsSince"), say("requestsAre", { n: board.fetched.length, bytes: measure(sum) })), ...entry(say("loadTime"), loaded));
    const lines = board.fetched.slice(-MOST_LISTED).map((each) => [each.path, String(each.status), measure(each.bytes), `${Math.round(each.ms)} ms`]);
    fetched.replaceChildren(...(lines.length ? [table(say("fetchedNow"), [say("file"), say("status"), say("bytes"), say("duration")], lines)] : []));
  }

  function drawSize(size: Size): void {
    whole.replaceChildren(...entry(say("files"), size.files.toLocaleString(inspection.language)), ...entry(say("unpacked"), measure(size.bytes)), ...(size.packed ? entry(say("packed"), measure(size.packed)) : []));
    const lines = size.largest.map((each) => [each.path, measure(each.bytes), size.bytes ? `${Math.round((100 * each.bytes) / size.bytes)} %` : ""]);
    largest.replaceChildren(table(say("largest"), [say("file"), say("bytes"), say("share")], lines));
  }

  const node = element("div", { class: "tab" }, element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("size") }, launch, whole, largest, fetched));
  const redraw = later(() => node.offsetParent && draw());
  for (const topic of ["fetched", "place", "launched"] as const) board.on(topic, redraw);
  return {
    id: "size",
    node,
    shown: () => {
      draw();
      void attempt(context, async () => drawSize(await server.size()));
    },
  };
}

function table(caption: string, heads: readonly string[], lines: readonly (readonly string[])[]): HTMLElement {
  const head = element("tr", {}, ...heads.map((each) => element("th", { scope: "col" }, each)));
  const rows = lines.map(([first, ...rest]) => element("tr", {}, element("th", { scope: "row" }, element("code", {}, first ?? "")), ...rest.map((each) => element("td", {}, each))));
  return element("table", {}, element("caption", {}, caption), element("thead", {}, head), element("tbody", {}, ...rows));
}
