/** What an LMS says of the learner and the attempt when a SCORM 1.2 session begins. */

import { masteryOf } from "./reporting.ts";
import type { Reporting } from "./reporting.ts";
import type { ScormApi } from "./scorm-api.ts";
import { createKept } from "../kept.ts";
import type { Connection, PackageData } from "../types.ts";

const STATUSES = ["not attempted", "incomplete", "completed", "passed", "failed"] as const;

export function readLaunch(api: ScormApi, page: Window, data: PackageData, how: Reporting): Connection {
  const mastery = how.mastery === "lms" ? masteryOf(api.get("cmi.student_data.mastery_score").trim()) : null;
  const lessonMode = api.get("cmi.core.lesson_mode").trim().toLowerCase();
  const mode = lessonMode === "browse" || lessonMode === "review" ? lessonMode : "normal";
  const lesson = api.get("cmi.core.lesson_status").trim().toLowerCase();
  const status = STATUSES.find((known) => known === lesson) ?? (lesson === "browsed" ? "incomplete" : null);
  const state = api.get("cmi.suspend_data");
  const learner = api.get("cmi.core.student_id");
  return {
    connected: true,
    notice: null,
    mode,
    state,
    page: api.get("cmi.core.lesson_location"),
    status,
    mastery,
    kept: learner && mode === "normal" ? createKept(page, data.unit.activity, learner) : null,
  };
}
