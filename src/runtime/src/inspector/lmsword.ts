/** What an LMS says of a cmi5 course by itself, at the word of its administrator: waived (cmi5 9.3.7), abandoned (9.3.6). */

import { element } from "../views/element.ts";
import { attempt, type Context } from "./context.ts";
import type { Learner } from "./inspection.ts";
import { button, choice } from "./making.ts";

/** In the words of cmi5 9.5.5.2. */
const REASONS = ["Tested Out", "Equivalent AU", "Equivalent Outside Activity", "Administrative"] as const;

/** The buttons, and what one of them asks first; `learner` is who the words are about. */
export function lmsWord(context: Context, learner: () => Learner | undefined): readonly HTMLElement[] {
  const { say, server, board, announce } = context;
  let reason: string = REASONS[0];
  const reasons = choice(say("waiveWhy"), REASONS.map((each) => ({ value: each, label: say(each) })), reason, (word) => void (reason = word));
  const whom = element("p", {});
  const form = element("form", { method: "dialog" }, whom, reasons.node,
    element("div", { class: "bar" }, element("button", { type: "submit", class: "main" }, say("waive")), button(say("cancel"), () => ask.close())));
  const ask = element("dialog", { "aria-label": say("waiveAsk") }, form);
  form.addEventListener("submit", () => saying((who, unit) => server.waive(who, unit, reason)));

  const waive = button(say("waiveAsk"), () => {
    whom.textContent = say("waiveWhom", { name: learner()?.name ?? "", unit: board.hello?.sco ?? "" });
    ask.showModal();
  }, say("waiveTitle"));
  const abandon = button(say("abandon"), () => saying((who) => server.abandon(who)), say("abandonTitle"));

  function saying(act: (learner: string, unit: string) => Promise<readonly string[]>): void {
    void attempt(context, async () => {
      const verbs = await act(learner()?.id ?? "", board.hello?.sco ?? "");
      announce(verbs.length ? say("lmsSaid", { verbs: verbs.join(", ") }) : say("lmsSaidNothing"));
    });
  }

  return [waive, abandon, ask];
}
