/** The data model of SCORM 2004, 4th edition, as one table (RTE 4.2): each element with who may do what to it, and its type. */

import type { Access } from "../datamodel.ts";
import { pattern, response } from "./responses.ts";
import { identifier, INTERVAL, LANGUAGE_TAG, localized, real, text, TIMESTAMP, vocabulary, type Ranged } from "./types.ts";

export interface ElementRow {
  readonly access: Access;
  /** How a value must look; for some by the type that the interaction has. */
  readonly type?: Ranged | ((interaction: string) => Ranged);
  /** What a new learner's session begins with; without it, reading before it is set is an error (403). */
  readonly start?: string;
  /** What has to be set in the same item before (408). */
  readonly needs?: readonly string[];
  /** Which no other item of the list may have, and which stays as it was set (351). */
  readonly unique?: true;
}

const COMPLETION = vocabulary("completed", "incomplete", "not attempted", "unknown");
const SUCCESS = vocabulary("passed", "failed", "unknown");
const RESULT: Ranged = {
  fits: (value) => ["correct", "incorrect", "unanticipated", "neutral"].includes(value) || real().fits(value),
  form: { nb: "correct, incorrect, unanticipated, neutral eller et tall (wrong hører til SCORM 1.2)", en: "correct, incorrect, unanticipated, neutral or a number (wrong belongs to SCORM 1.2)" },
};
const TYPES = vocabulary("true-false", "choice", "fill-in", "long-fill-in", "likert", "matching", "performance", "sequencing", "numeric", "other");
const ID = ["id"] as const;
const KIND = ["id", "type"] as const;

const rows = {
  "cmi._version": { access: "keyword", start: "1.0" },
  "cmi.comments_from_learner._children": { access: "keyword", start: "comment,location,timestamp" },
  "cmi.comments_from_learner._count": { access: "keyword" },
  "cmi.comments_from_learner.n.comment": { access: "rw", type: localized(4000) },
  "cmi.comments_from_learner.n.location": { access: "rw", type: text(250) },
  "cmi.comments_from_learner.n.timestamp": { access: "rw", type: TIMESTAMP },
  "cmi.comments_from_lms._children": { access: "keyword", start: "comment,location,timestamp" },
  "cmi.comments_from_lms._count": { access: "keyword" },
  "cmi.comments_from_lms.n.comment": { access: "r" },
  "cmi.comments_from_lms.n.location": { access: "r" },
  "cmi.comments_from_lms.n.timestamp": { access: "r" },
  "cmi.completion_status": { access: "rw", type: COMPLETION, start: "unknown" },
  "cmi.completion_threshold": { access: "r" },
  "cmi.credit": { access: "r", start: "credit" },
  "cmi.entry": { access: "r", start: "ab-initio" },
  "cmi.exit": { access: "w", type: vocabulary("time-out", "suspend", "logout", "normal", "") },
  "cmi.interactions._children": {
    access: "keyword",
    start: "id,type,objectives,timestamp,correct_responses,weighting,learner_response,result,latency,description",
  },
  "cmi.interactions._count": { access: "keyword" },
  "cmi.interactions.n.id": { access: "rw", type: identifier(4000) },
  "cmi.interactions.n.type": { access: "rw", type: TYPES, needs: ID },
  "cmi.interactions.n.objectives._count": { access: "keyword" },
  "cmi.interactions.n.objectives.n.id": { access: "rw", type: identifier(4000), unique: true },
  "cmi.interactions.n.timestamp": { access: "rw", type: TIMESTAMP, needs: ID },
  "cmi.interactions.n.correct_responses._count": { access: "keyword" },
  "cmi.interactions.n.correct_responses.n.pattern": { access: "rw", type: pattern },
  "cmi.interactions.n.weighting": { access: "rw", type: real(), needs: ID },
  "cmi.interactions.n.learner_response": { access: "rw", type: response, needs: KIND },
  "cmi.interactions.n.result": { access: "rw", type: RESULT, needs: ID },
  "cmi.interactions.n.latency": { access: "rw", type: INTERVAL, needs: ID },
  "cmi.interactions.n.description": { access: "rw", type: localized(250), needs: ID },
  "cmi.launch_data": { access: "r" },
  "cmi.learner_id": { access: "r", start: "kari" },
  "cmi.learner_name": { access: "r", start: "Ødegård, Kari" },
  "cmi.learner_preference._children": { access: "keyword", start: "audio_level,language,delivery_speed,audio_captioning" },
  "cmi.learner_preference.audio_level": { access: "rw", type: real(0), start: "1" },
  "cmi.learner_preference.language": { access: "rw", type: LANGUAGE_TAG, start: "" },
  "cmi.learner_preference.delivery_speed": { access: "rw", type: real(0), start: "1" },
  "cmi.learner_preference.audio_captioning": { access: "rw", type: vocabulary("-1", "0", "1"), start: "0" },
  "cmi.location": { access: "rw", type: text(1000) },
  "cmi.max_time_allowed": { access: "r" },
  "cmi.mode": { access: "r", start: "normal" },
  "cmi.objectives._children": { access: "keyword", start: "id,score,success_status,completion_status,progress_measure,description" },
  "cmi.objectives._count": { access: "keyword" },
  "cmi.objectives.n.id": { access: "rw", type: identifier(4000), unique: true },
  "cmi.objectives.n.score._children": { access: "keyword", start: "scaled,raw,min,max" },
  "cmi.objectives.n.score.scaled": { access: "rw", type: real(-1, 1), needs: ID },
  "cmi.objectives.n.score.raw": { access: "rw", type: real(), needs: ID },
  "cmi.objectives.n.score.min": { access: "rw", type: real(), needs: ID },
  "cmi.objectives.n.score.max": { access: "rw", type: real(), needs: ID },
  "cmi.objectives.n.success_status": { access: "rw", type: SUCCESS, start: "unknown", needs: ID },
  "cmi.objectives.n.completion_status": { access: "rw", type: COMPLETION, start: "unknown", needs: ID },
  "cmi.objectives.n.progress_measure": { access: "rw", type: real(0, 1), needs: ID },
  "cmi.objectives.n.description": { access: "rw", type: localized(250), needs: ID },
  "cmi.progress_measure": { access: "rw", type: real(0, 1) },
  "cmi.scaled_passing_score": { access: "r" },
  "cmi.score._children": { access: "keyword", start: "scaled,raw,min,max" },
  "cmi.score.scaled": { access: "rw", type: real(-1, 1) },
  "cmi.score.raw": { access: "rw", type: real() },
  "cmi.score.min": { access: "rw", type: real() },
  "cmi.score.max": { access: "rw", type: real() },
  "cmi.session_time": { access: "w", type: INTERVAL },
  "cmi.success_status": { access: "rw", type: SUCCESS, start: "unknown" },
  "cmi.suspend_data": { access: "rw", type: text(64_000) },
  "cmi.time_limit_action": { access: "r", start: "continue,no message" },
  "cmi.total_time": { access: "r", start: "PT0S" },
} satisfies Record<string, ElementRow>;

export const ELEMENTS: ReadonlyMap<string, ElementRow> = new Map<string, ElementRow>(Object.entries(rows));

/** Sequencing is not there: the LMS page goes by its table of contents. So much of ADL's own elements is answered all the same. */
export const NAVIGATION = /^adl\.(nav\.request(_valid\..+)?|data\b.*)$/;
