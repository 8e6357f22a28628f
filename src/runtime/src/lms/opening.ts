/** What a SCORM 1.2 session begins with: what was kept, and what the LMS itself tells (RTE 3.4.4). */

import type { Values } from "./calls.ts";
import { temperamentOf, type Launch } from "./launch.ts";
import type { Temperament } from "./temperament.ts";

// Of one session only.
const PASSING = ["cmi.core.exit", "cmi.core.session_time", "cmi.core.entry", "cmi.core.lesson_mode", "cmi.core.credit"];
const DONE = ["passed", "completed", "failed"];

export function opening12(launch: Launch, kept: Values): Values {
  const lms = temperamentOf(launch);
  const { sco, learner } = launch;
  const done = DONE.includes(kept["cmi.core.lesson_status"] ?? "");
  const mode = launch.mode === "normal" && done && lms.after_done === "review" ? "review" : launch.mode;
  return {
    ...Object.fromEntries(Object.entries(kept).filter(([name]) => !PASSING.includes(name))),
    "cmi.core.student_id": learner.id,
    "cmi.core.student_name": nameOf(learner.name, lms.name),
    "cmi.core.lesson_mode": mode,
    "cmi.core.credit": mode === "normal" ? "credit" : "no-credit",
    "cmi.core.entry": entry(kept, mode),
    "cmi.core.total_time": sum(kept["cmi.core.total_time"], kept["cmi.core.session_time"]),
    "cmi.launch_data": sco.data,
    "cmi.student_data.mastery_score": sco.mastery,
    "cmi.student_data.max_time_allowed": sco.max_time,
    "cmi.student_data.time_limit_action": sco.time_limit_action,
  };
}

function entry(kept: Values, mode: string): string {
  if (Object.keys(kept).length === 0) return "ab-initio";
  return kept["cmi.core.exit"] === "suspend" && mode !== "review" ? "resume" : "";
}

/** «Kari Nordmann» as «Nordmann, Kari», where the LMS has names so. */
export function nameOf(name: string, form: Temperament["name"]): string {
  const words = name.trim().split(/\s+/);
  if (form === "given-first" || name.includes(",") || words.length < 2) return name;
  return `${words[words.length - 1]}, ${words.slice(0, -1).join(" ")}`;
}

/** Two timespans together, as HHHH:MM:SS.SS. */
export function sum(one = "", other = ""): string {
  const total = hundredths(one) + hundredths(other);
  const two = (number: number): string => String(Math.floor(number)).padStart(2, "0");
  return `${String(Math.floor(total / 360_000)).padStart(4, "0")}:${two((total / 6000) % 60)}:${two((total / 100) % 60)}.${two(total % 100)}`;
}

function hundredths(span: string): number {
  const [, hours, minutes, seconds] = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/.exec(span) ?? [];
  return Math.round((Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 100);
}
