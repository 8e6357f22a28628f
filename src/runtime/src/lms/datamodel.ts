/**
 * The data model of SCORM 1.2 as one table (RTE 3.4.4): each element with who may do what to it, and its type.
 *
 * `n` in a name stands for an index. A strict LMS knows exactly these names.
 */

import {
  DECIMAL, IDENTIFIER, SCORE, TIME, TIMESPAN, feedback, integer, string, vocabulary, type DataType,
} from "./types.ts";

/** What content may do: read, write, or both. A keyword (`_children`, `_count`, `_version`) is the LMS's own word. */
export type Access = "r" | "w" | "rw" | "keyword";

/** The most characters that an LMS takes of each; the standard has 4096, 255, 255 and 4096. */
export interface Limits {
  readonly suspend_data: number;
  readonly lesson_location: number;
  readonly student_response: number;
  readonly comments: number;
}

export interface ElementRow {
  readonly access: Access;
  /** How a value must look; for some by the type that the interaction has, and by how much the LMS takes. */
  readonly type?: DataType | ((interaction: string, limits: Limits) => DataType);
  /** What a new learner's session begins with. */
  readonly start?: string;
}

const upTo = (name: keyof Limits) => (_: string, limits: Limits): DataType => string(limits[name]);
const response = (interaction: string, limits: Limits): DataType => feedback(interaction, limits.student_response);
const STATUS = ["passed", "completed", "failed", "incomplete", "browsed"];

const rows = {
  "cmi._version": { access: "keyword", start: "3.4" },
  "cmi.core._children": {
    access: "keyword",
    start: "student_id,student_name,lesson_location,credit,lesson_status,entry,score,total_time,lesson_mode,exit,session_time",
  },
  "cmi.core.student_id": { access: "r", start: "kari" },
  "cmi.core.student_name": { access: "r", start: "Ødegård, Kari" },
  "cmi.core.lesson_location": { access: "rw", type: upTo("lesson_location"), start: "" },
  "cmi.core.credit": { access: "r", start: "credit" },
  "cmi.core.lesson_status": { access: "rw", type: vocabulary(...STATUS), start: "not attempted" },
  "cmi.core.entry": { access: "r", start: "ab-initio" },
  "cmi.core.score._children": { access: "keyword", start: "raw,min,max" },
  "cmi.core.score.raw": { access: "rw", type: SCORE, start: "" },
  "cmi.core.score.min": { access: "rw", type: SCORE, start: "" },
  "cmi.core.score.max": { access: "rw", type: SCORE, start: "" },
  "cmi.core.total_time": { access: "r", start: "0000:00:00.00" },
  "cmi.core.lesson_mode": { access: "r", start: "normal" },
  "cmi.core.exit": { access: "w", type: vocabulary("time-out", "suspend", "logout", "") },
  "cmi.core.session_time": { access: "w", type: TIMESPAN },
  "cmi.suspend_data": { access: "rw", type: upTo("suspend_data"), start: "" },
  "cmi.launch_data": { access: "r", start: "" },
  "cmi.comments": { access: "rw", type: upTo("comments"), start: "" },
  "cmi.comments_from_lms": { access: "r", start: "" },
  "cmi.objectives._children": { access: "keyword", start: "id,score,status" },
  "cmi.objectives._count": { access: "keyword" },
  "cmi.objectives.n.id": { access: "rw", type: IDENTIFIER },
  "cmi.objectives.n.score._children": { access: "keyword", start: "raw,min,max" },
  "cmi.objectives.n.score.raw": { access: "rw", type: SCORE },
  "cmi.objectives.n.score.min": { access: "rw", type: SCORE },
  "cmi.objectives.n.score.max": { access: "rw", type: SCORE },
  "cmi.objectives.n.status": { access: "rw", type: vocabulary(...STATUS, "not attempted") },
  "cmi.student_data._children": { access: "keyword", start: "mastery_score,max_time_allowed,time_limit_action" },
  "cmi.student_data.mastery_score": { access: "r", start: "" },
  "cmi.student_data.max_time_allowed": { access: "r", start: "" },
  "cmi.student_data.time_limit_action": { access: "r", start: "" },
  "cmi.student_preference._children": { access: "keyword", start: "audio,language,speed,text" },
  "cmi.student_preference.audio": { access: "rw", type: integer(-1, 100), start: "0" },
  "cmi.student_preference.language": { access: "rw", type: string(255), start: "" },
  "cmi.student_preference.speed": { access: "rw", type: integer(-100, 100), start: "0" },
  "cmi.student_preference.text": { access: "rw", type: integer(-1, 1), start: "0" },
  "cmi.interactions._children": {
    access: "keyword",
    start: "id,objectives,time,type,correct_responses,weighting,student_response,result,latency",
  },
  "cmi.interactions._count": { access: "keyword" },
  "cmi.interactions.n.id": { access: "w", type: IDENTIFIER },
  "cmi.interactions.n.objectives._count": { access: "keyword" },
  "cmi.interactions.n.objectives.n.id": { access: "w", type: IDENTIFIER },
  "cmi.interactions.n.time": { access: "w", type: TIME },
  "cmi.interactions.n.type": {
    access: "w",
    type: vocabulary("true-false", "choice", "fill-in", "matching", "performance", "sequencing", "likert", "numeric"),
  },
  "cmi.interactions.n.correct_responses._count": { access: "keyword" },
  "cmi.interactions.n.correct_responses.n.pattern": { access: "w", type: response },
  "cmi.interactions.n.weighting": { access: "w", type: DECIMAL },
  "cmi.interactions.n.student_response": { access: "w", type: response },
  "cmi.interactions.n.result": {
    access: "w",
    type: {
      fits: (value: string) => ["correct", "wrong", "unanticipated", "neutral"].includes(value) || DECIMAL.fits(value),
      form: {
        nb: "correct, wrong, unanticipated, neutral eller et tall (incorrect hører til SCORM 2004)",
        en: "correct, wrong, unanticipated, neutral or a number (incorrect belongs to SCORM 2004)",
      },
    },
  },
  "cmi.interactions.n.latency": { access: "w", type: TIMESPAN },
} satisfies Record<string, ElementRow>;

export const ELEMENTS: ReadonlyMap<string, ElementRow> = new Map<string, ElementRow>(Object.entries(rows));
