/** The lowest line: where the course is, what the session is doing, and what was said in passing. */

import { element } from "../views/element.ts";
import type { Board } from "./board.ts";
import { later } from "./making.ts";
import type { Say } from "./words.ts";

export interface Statusline {
  readonly node: HTMLElement;
  readonly announce: (text: string) => void;
}

const SHOWN_FOR = 4000;

export function createStatusline(board: Board, say: Say): Statusline {
  const place = element("span", { class: "place" });
  const session = element("span");
  const changed = element("span", { class: "quiet" });
  const said = element("span", { role: "status", class: "said" });
  const lines = element("ol");
  const name = element("summary");
  const talk = element("details", { class: "menu up" }, name, element("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": say("consoleSays") }, lines));
  let fading: ReturnType<typeof setTimeout> | undefined;

  const draw = later(() => {
    place.textContent = shortened(board.place.url);
    place.title = board.place.title;
    const { hello } = board;
    session.textContent = [hello ? say("attempt", { n: hello.attempt }) : "", board.finished ? say("finished") : ""].filter(Boolean).join(" · ");
    changed.textContent = board.changed ? say("reloaded", { ms: Math.round(board.changed.ms) }) : "";
    talk.hidden = board.console.length === 0;
    const errors = board.console.filter(({ level }) => level === "error").length;
    name.textContent = say("console", { n: board.console.length });
    name.className = errors ? "error" : "";
    lines.replaceChildren(...board.console.slice(-100).map(({ level, text, source, line }) => element("li", { class: level }, text, ...(source ? [element("code", { class: "quiet" }, ` ${shortened(source)}${line ? `:${line}` : ""}`)] : []))));
  });
  for (const topic of ["hello", "place", "done", "changed", "console", "launched"] as const) board.on(topic, draw);
  draw();
  return {
    node: element("footer", { class: "statusline" }, place, session, changed, said, talk),
    announce: (text) => {
      said.textContent = text;
      clearTimeout(fading);
      fading = setTimeout(() => void (said.textContent = ""), SHOWN_FOR);
    },
  };
}

/** The path in the package, `index.html#side-2`: what a launch puts into the address is long, and holds credentials. */
function shortened(url: string): string {
  return url.replace(/^https?:\/\/[^/]+\/(content\/[^/]+\/)?/, "").replace(/\?[^#]*/, "");
}
