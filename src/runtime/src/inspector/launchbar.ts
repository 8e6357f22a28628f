/** Who learns, in which LMS and mode; launching again, and forgetting. */

import { element } from "../views/element.ts";
import { attempt, type Context } from "./context.ts";
import type { Learner } from "./inspection.ts";
import type { Launching } from "./launching.ts";
import { lmsWord } from "./lmsword.ts";
import { button, choice, fill } from "./making.ts";

const MODES = ["normal", "review", "browse"] as const;
const NEW = "+";

export function createLaunchbar(context: Context, launching: Launching): HTMLElement {
  const { inspection, say, server, launch } = context;
  const learners: Learner[] = [...inspection.learners];
  let learner = learners.find(({ id }) => id === launching.word("learner")) ?? learners[0];
  const options = () => [...learners.map(({ id, name }) => ({ value: id, label: name })), { value: NEW, label: say("addLearner") }];

  const who = choice(say("learner"), options(), learner?.id ?? "", (id) => {
    if (id === NEW) {
      who.list.value = learner?.id ?? "";
      ask.showModal();
      return;
    }
    learner = learners.find((each) => each.id === id);
    launch({ learner: id });
  });

  const name = element("input", { type: "text", required: "", maxlength: "255", autocomplete: "off" });
  const form = element("form", { method: "dialog" }, element("label", {}, say("learnerName"), name),
    element("div", { class: "bar" }, element("button", { type: "submit", value: "add", class: "main" }, say("add")), button(say("cancel"), () => ask.close())));
  const ask = element("dialog", { "aria-label": say("addLearner") }, form);
  form.addEventListener("submit", () => {
    void attempt(context, async () => {
      learner = await server.enrol(name.value);
      learners.push(learner);
      fill(who.list, options(), learner.id);
      name.value = "";
      launch({ learner: learner.id });
    });
  });

  const profiles = [{ value: "", label: say("strict") }, ...inspection.profiles.map(({ id, title }) => ({ value: id, label: title }))];
  const lms = choice(say("profile"), profiles, inspection.profile, (profile) => launch({ profile }));
  const modes = MODES.map((each) => ({ value: each, label: say(each) }));
  const mode = choice(say("mode"), modes, launching.word("mode") || MODES[0], (word) => launch({ mode: word }));
  const again = button(say("relaunch"), () => launch({}), say("relaunchTitle"));
  const reset = button(say("reset"), () => {
    if (!learner || !confirm(say("resetSure", { name: learner.name }))) return;
    void attempt(context, async () => {
      await server.reset(learner!.id);
      launch({});
    });
  }, say("resetTitle"));
  const isLaunched = inspection.kind !== "web";
  return element("div", { class: "group", role: "group", "aria-label": say("session") }, who.node,
    ...(inspection.kind.startsWith("scorm") ? [lms.node] : []), ...(isLaunched ? [mode.node] : []), again, reset,
    ...(inspection.kind === "cmi5" ? lmsWord(context, () => learner) : []), ask);
}
