/** What a session begins with: what was kept, and what the LMS itself tells (SCORM 1.2 RTE 3.4.4, SCORM 2004 RTE 4.2). */

import type { Values } from "./calls.ts";
import { temperamentOf, type Launch, type Mode } from "./launch.ts";
import type { Temperament } from "./temperament.ts";
import { sum12, sum2004 } from "./timespans.ts";

const DONE = ["passed", "completed", "failed"];

export function opening12(launch: Launch, kept: Values): Values {
  const lms = temperamentOf(launch);
  const { sco, learner } = launch;
  const done = DONE.includes(kept["cmi.core.lesson_status"] ?? "");
  const mode = launch.mode === "normal" && done && lms.after_done === "review" ? "review" : launch.mode;
  return {
    ...kept,
    "cmi.core.student_id": learner.id,
    "cmi.core.student_name": nameOf(learner.name, lms.name),
    "cmi.core.lesson_mode": mode,
    "cmi.core.credit": creditIn(mode),
    "cmi.core.entry": mode === "review" ? "" : (kept["cmi.core.entry"] ?? "ab-initio"),
    "cmi.launch_data": sco?.data ?? "",
    "cmi.student_data.mastery_score": sco?.mastery ?? "",
    "cmi.student_data.max_time_allowed": sco?.max_time ?? "",
    "cmi.student_data.time_limit_action": sco?.time_limit_action ?? "",
  };
}

export function opening2004(launch: Launch, kept: Values): Values {
  const { sco, learner, mode } = launch;
  const told = { "cmi.launch_data": sco?.data, "cmi.max_time_allowed": sco?.max_time, "cmi.time_limit_action": sco?.time_limit_action, "cmi.scaled_passing_score": sco?.mastery };
  return {
    ...kept,
    ...Object.fromEntries(Object.entries(told).flatMap(([name, value]) => (value ? [[name, value]] : []))),
    "cmi.learner_id": learner.id,
    "cmi.learner_name": nameOf(learner.name, "family-first"),
    "cmi.mode": mode,
    "cmi.credit": creditIn(mode),
    "cmi.entry": mode === "review" ? "" : (kept["cmi.entry"] ?? "ab-initio"),
  };
}

function creditIn(mode: Mode): string {
  return mode === "normal" ? "credit" : "no-credit";
}

/** What the next session begins with, after one that has committed these values. */
export function carried12(values: Values, finished: boolean): Values {
  const { "cmi.core.exit": exit, "cmi.core.session_time": time, ...rest } = values;
  return { ...rest, "cmi.core.entry": resumed(exit, finished), "cmi.core.total_time": sum12(values["cmi.core.total_time"], time) };
}

/** The same. The values of what has ended otherwise than by «suspend» are kept too, as the server keeps them. */
export function carried2004(values: Values, finished: boolean): Values {
  const { "cmi.exit": exit, "cmi.session_time": time, ...rest } = values;
  return { ...rest, "cmi.entry": resumed(exit, finished), "cmi.total_time": sum2004(values["cmi.total_time"], time) };
}

function resumed(exit: string | undefined, finished: boolean): string {
  return exit === "suspend" || !finished ? "resume" : "";
}

/** «Kari Nordmann» as «Nordmann, Kari», where the LMS has names so. */
export function nameOf(name: string, form: Temperament["name"]): string {
  const words = name.trim().split(/\s+/);
  if (form === "given-first" || name.includes(",") || words.length < 2) return name;
  return `${words[words.length - 1]}, ${words.slice(0, -1).join(" ")}`;
}
