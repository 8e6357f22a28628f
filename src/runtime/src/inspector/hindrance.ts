/** Errors in the source, over the page that they keep from being made anew; gone when they are mended. */

import { element } from "../views/element.ts";
import type { Context } from "./context.ts";
import { findingview } from "./findings.ts";
import { button } from "./making.ts";
import type { Finding } from "./server.ts";

export interface Hindrance {
  readonly node: HTMLElement;
  readonly show: (findings: readonly Finding[]) => void;
}

export function createHindrance(context: Pick<Context, "say" | "inspection" | "announce">): Hindrance {
  const { say } = context;
  const list = element("ul", { class: "findings" });
  const node = element("section", { class: "hindrance", role: "alert", "aria-label": say("hindered") },
    element("div", { class: "bar" }, element("h2", {}, say("hindered")), button(say("close"), () => void (node.hidden = true))), list);
  node.hidden = true;
  return {
    node,
    show: (findings) => {
      list.replaceChildren(...findings.map((each) => element("li", { class: each.severity }, findingview(context, each))));
      node.hidden = findings.length === 0;
    },
  };
}
