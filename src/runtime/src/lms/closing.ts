/** What an LMS makes of the status when a SCORM 1.2 session ends (RTE 3.4.4, cmi.core.lesson_status). */

import { say, type Values } from "./calls.ts";
import type { Temperament } from "./temperament.ts";
import type { Words } from "./types.ts";

export interface Closing {
  /** What it changes. */
  readonly values: Values;
  readonly why?: Words | undefined;
}

/** `told` holds the names of the elements that content has set in this session. */
export function closing12(values: Values, told: ReadonlySet<string>, temperament: Temperament): Closing {
  const status = values["cmi.core.lesson_status"] ?? "";
  const unset = !told.has("cmi.core.lesson_status") && status === "not attempted";
  const before = unset && temperament.unset_status === "completed" ? "completed" : status;
  const mark = Number.parseFloat(values["cmi.student_data.mastery_score"] ?? "");
  const score = Number.parseFloat(values["cmi.core.score.raw"] ?? "");
  const counts = values["cmi.core.lesson_mode"] !== "browse" && !Number.isNaN(mark) && !Number.isNaN(score);
  const judged = { overrides: true, "judges-unset": unset, "judges-completed": before === "completed", ignored: false }[temperament.mastery];
  const after = counts && judged ? (score >= mark ? "passed" : "failed") : before;
  if (after === status) return { values: {} };
  return { values: { "cmi.core.lesson_status": after }, why: reason(status, after, counts && judged ? `${score} / ${mark}` : "") };
}

function reason(from: string, to: string, score: string): Words {
  return score
    ? say(
        `LMS-et endrer status fra «${from}» til «${to}»: poengene holdes mot kravet i manifestet (${score})`,
        `The LMS changes the status from "${from}" to "${to}": the score is held against the manifest's mark (${score})`,
      )
    : say(
        `Ingen status ble satt: LMS-et skriver «${to}» når økten er over`,
        `No status was set: the LMS writes "${to}" as the session ends`,
      );
}
