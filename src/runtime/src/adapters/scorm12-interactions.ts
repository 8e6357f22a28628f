/**
 * The answers of this session, each in a row of the LMS's. Windows side by side begin at the same row: each puts
 * its own answers and those it hears of in the order they were given, so that all write the same.
 */

import type { ScormApi } from "./scorm-api.ts";
import { correctResponse, feedback, identifier, timeOfDay, timespan } from "./scorm12-types.ts";
import type { Values } from "./scorm12-values.ts";
import type { AnswerEvent } from "../types.ts";

export interface Interactions {
  add(answer: AnswerEvent): void;
  /** One that may have come to the LMS before: only if it has no such row. */
  repeat(answer: AnswerEvent): void;
  /** The LMS says that it has so many; 0 when it does not say. */
  rows(): number;
  /** Writes what waits; returns those that were not taken. */
  write(): AnswerEvent[];
}

export function createInteractions(api: () => ScormApi, values: Values): Interactions {
  const rows: AnswerEvent[] = [];
  /** So many of them are written. */
  let done = 0;
  let first: number | null = null;

  /** The LMS had so many. Many never say how many there are: then the learner's own count is all there is. */
  function count({ index }: AnswerEvent): number {
    if (first !== null) return first;
    const said = api().get("cmi.interactions._count");
    return (first = /^\d+$/.test(said) ? Number(said) : index);
  }

  function add(answer: AnswerEvent): void {
    const after = rows.findIndex((other) => order(other, answer) > 0);
    const row = after < 0 ? rows.length : after;
    rows.splice(row, 0, answer);
    done = Math.min(done, row);
  }

  /** False when it is not taken. */
  function interaction(answer: AnswerEvent): boolean {
    const { question, response, right } = answer;
    const pattern = correctResponse(question);
    const number = count(answer) + rows.length;
    const put = (name: string, value: string): boolean => values.put(`cmi.interactions.${number}.${name}`, value);
    if (!put("id", identifier(question.id))) return false;
    rows.push(answer);
    put("type", question.type);
    put("time", timeOfDay(answer.at));
    if (pattern !== undefined) put("correct_responses.0.pattern", pattern);
    put("weighting", right === null ? "0" : "1");
    put("student_response", feedback(question, response));
    put("result", right === null ? "neutral" : right ? "correct" : "wrong");
    if (answer.milliseconds) put("latency", timespan(answer.milliseconds));
    return true;
  }

  return {
    add,

    repeat(answer) {
      if (answer.index >= count(answer)) add(answer);
    },

    rows: () => Number(api().get("cmi.interactions._count")) || 0,

    write() {
      const refused = rows.splice(done).filter((answer) => !interaction(answer));
      done = rows.length;
      return refused;
    },
  };
}

/** Later is greater; of the same moment, in the order of one window, and the same in all windows. */
function order(one: AnswerEvent, two: AnswerEvent): number {
  return +one.at - +two.at || one.index - two.index || (one.question.id > two.question.id ? 1 : -1);
}
