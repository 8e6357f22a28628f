/** The answers on their way to the LMS, each in a row of its own. */

import type { ScormApi } from "./scorm-api.ts";
import { correctResponse, feedback, identifier, timeOfDay, timespan } from "./scorm12-types.ts";
import type { Values } from "./scorm12-values.ts";
import type { AnswerEvent } from "../types.ts";

export interface Interactions {
  add(answer: AnswerEvent): void;
  /** One that may have come to the LMS before: only if it has no such row. */
  repeat(answer: AnswerEvent): void;
  /** Writes what waits; returns those that were not taken. */
  write(): AnswerEvent[];
}

export function createInteractions(api: () => ScormApi, values: Values): Interactions {
  let queue: AnswerEvent[] = [];
  let next: number | null = null;

  /** The LMS has so many. Many never say how many there are: then the learner's own count is all there is. */
  function count({ index }: AnswerEvent): number {
    if (next !== null) return next;
    const said = api().get("cmi.interactions._count");
    return (next = /^\d+$/.test(said) ? Number(said) : index);
  }

  /** False when it is not taken. */
  function interaction(answer: AnswerEvent): boolean {
    const { question, response, right } = answer;
    const pattern = correctResponse(question);
    const number = count(answer);
    const put = (name: string, value: string): boolean => values.put(`cmi.interactions.${number}.${name}`, value);
    if (!put("id", identifier(question.id))) return false;
    next = number + 1;
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
    add: (answer) => void queue.push(answer),

    repeat(answer) {
      if (answer.index >= count(answer)) queue.push(answer);
    },

    write() {
      const answers = queue;
      queue = [];
      return answers.filter((answer) => !interaction(answer));
    },
  };
}
