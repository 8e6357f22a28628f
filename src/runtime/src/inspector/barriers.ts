/** What axe finds in the page that is shown, each place to be shown in it. */

import { element } from "../views/element.ts";
import type { Context, Panel } from "./context.ts";
import { button } from "./making.ts";
import type { Violation } from "./messages.ts";
import type { Key } from "./words.ts";

const PATIENCE = 20_000;
const IMPACTS: readonly string[] = ["critical", "serious", "moderate", "minor"];

export function createBarriers(context: Context): Panel {
  const { board, say, link } = context;
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let badge: (text: string, tone: string) => void = () => undefined;
  const status = element("p", { class: "count", role: "status" });
  const list = element("ol", { class: "findings" });

  function check(): void {
    status.textContent = say("checking");
    list.replaceChildren();
    clearTimeout(waiting);
    waiting = setTimeout(() => void (status.textContent = say("checkFailed", { why: say("checkSilent") })), PATIENCE);
    link.send({ kind: "axe" });
  }

  function draw(): void {
    clearTimeout(waiting);
    const found = board.violations ?? [];
    const count = found.reduce((sum, { nodes }) => sum + nodes.length, 0);
    if (board.violationError) status.textContent = say("checkFailed", { why: board.violationError });
    else if (!board.violations) status.textContent = "";
    else status.textContent = count ? say("checkFound", { n: count, rules: found.length }) : say("checkFine");
    badge(count ? String(count) : "", "error");
    const order = ({ impact }: Violation) => (IMPACTS.indexOf(impact) + 5) % 5;
    list.replaceChildren(...found.slice().sort((one, other) => order(one) - order(other)).map((each) => element("li", { class: order(each) < 2 ? "error" : "warning" }, violationview(context, each))));
  }

  // What was found in a page says nothing of the next launch.
  for (const topic of ["barriers", "launched"] as const) board.on(topic, draw);
  const node = element("div", { class: "tab" },
    element("div", { class: "bar" }, button(say("check"), check), button(say("unshow"), () => link.send({ kind: "show", target: [] })), status),
    element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": say("barriers") }, element("p", { class: "lead" }, say("checkLead")), list));
  return { id: "barriers", node, badge: (write) => void (badge = write) };
}

function violationview({ say, link }: Context, { id, impact, help, helpUrl, nodes }: Violation): HTMLElement {
  const places = nodes.map(({ target, html, summary }) => {
    const where = target.join(" › ");
    const shows = button(say("show"), () => link.send({ kind: "show", target }));
    shows.setAttribute("aria-label", say("showAt", { where }));
    return element("li", {}, shows, element("code", {}, where), element("code", { class: "value quiet" }, html), element("p", { class: "hint" }, summary));
  });
  // The address comes from the package: only the web's own kind is a link.
  const about = /^https:\/\//.test(helpUrl) ? [" ", element("a", { href: helpUrl, target: "_blank", rel: "noreferrer noopener" }, say("moreAbout"))] : [];
  return element("article", {},
    element("p", { class: "rule" }, element("strong", {}, IMPACTS.includes(impact) ? say(impact as Key) : impact), ` ${id}`, ...about),
    element("p", { class: "said" }, help),
    element("ul", { class: "places" }, ...places));
}
