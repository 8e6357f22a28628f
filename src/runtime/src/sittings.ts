/** The learner's attempts at the assessments of a package. Answers stand with all other answers, by question. */

import { drawn, optionsOf } from "./draw.ts";
import type { Lot } from "./draw.ts";
import { isRight } from "./score.ts";
import type { Exam } from "./score.ts";
import { readSitting, writeSitting } from "./sittingtext.ts";
import type { SittingState } from "./sittingtext.ts";
import type { LearnerState } from "./state.ts";
import type { AssessmentData, ModuleData, Paper, QuestionData, Sitting } from "./types.ts";

export interface Sittings {
  /** What counts in the score of a module; null where it has no assessments. */
  exam(module: ModuleData): Exam | null;
  /** Takes over what a state knows better. Returns the ids of the questions whose answers in it are out of date. */
  add(state: LearnerState): ReadonlySet<string>;
  /** Drops the answers that belong to no attempt any more. */
  tidy(): void;
  paper(id: string): Paper | null;
  begin(id: string): void;
  keep(id: string, question: string, response: readonly string[]): void;
  /** An attempt with the question is under way. */
  asks(question: string): boolean;
  /** Closes the attempt; its questions that were answered, in order. */
  handIn(id: string): readonly QuestionData[];
  /** Those begun, as the state keeps them. */
  written(): string[];
}

const NONE: SittingState = { attempt: 0, open: false, best: null };

/** `origin`: tells learners apart. `mastery`: the lowest passing share that the LMS demands, or null. */
export function createSittings(
  modules: readonly ModuleData[],
  answers: Map<string, readonly string[]>,
  origin: () => string,
  mastery: () => number | null,
): Sittings {
  const known = new Map(
    modules.flatMap((module) =>
      (module.assessments ?? []).map((assessment) => [assessment.id, { module, assessment }] as const),
    ),
  );
  const states = new Map<string, SittingState>();
  /** Drawn once in a session: that another state turns up changes nothing for whoever sits over the questions. */
  const papers = new Map<string, { readonly attempt: number; readonly questions: readonly QuestionData[] }>();

  const stateOf = (id: string): SittingState => states.get(id) ?? NONE;
  const lotOf = (assessment: AssessmentData): Lot => ({
    assessment,
    origin: origin(),
    attempt: stateOf(assessment.id).attempt,
  });

  function questionsOf(assessment: AssessmentData): readonly QuestionData[] {
    const lot = lotOf(assessment);
    const paper = papers.get(assessment.id);
    if (paper?.attempt === lot.attempt) return paper.questions;
    const questions = lot.attempt ? drawn(lot, answers) : [];
    papers.set(assessment.id, { attempt: lot.attempt, questions });
    return questions;
  }

  function sitting(assessment: AssessmentData): Sitting {
    const state = stateOf(assessment.id);
    const left = assessment.attempts === null ? Infinity : Math.max(0, assessment.attempts - state.attempt);
    return { assessment, ...state, left };
  }

  function result(assessment: AssessmentData): { right: number; score: number } {
    const questions = questionsOf(assessment);
    const right = questions.filter((question) => isRight(question, answers.get(question.id) ?? [])).length;
    return { right, score: Math.round((100 * right) / (questions.length || 1)) };
  }

  function forget({ bank }: AssessmentData): void {
    for (const { id } of bank) answers.delete(id);
  }

  return {
    exam({ assessments }) {
      if (!assessments) return null;
      const sittings = assessments.map(sitting);
      const whole = sittings.every(({ best }) => best !== null);
      const sum = (part: (each: Sitting) => number): number => sittings.reduce((total, each) => total + part(each), 0);
      return {
        sittings,
        whole,
        weight: sum(({ assessment }) => assessment.draw),
        points: whole ? sum(({ assessment, best }) => assessment.draw * (best ?? 0)) : null,
      };
    },

    add(state) {
      const others = new Map((state.assessments ?? []).flatMap((text) => [readSitting(text) ?? ["", NONE]]));
      const outdated: string[] = [];
      for (const [id, { assessment }] of known) {
        const other = others.get(assessment.key) ?? NONE;
        const mine = stateOf(id);
        const later = stage(other) - stage(mine);
        if (later > 0) forget(assessment);
        if (later < 0 || !other.attempt) outdated.push(...assessment.bank.map((question) => question.id));
        const best = Math.max(other.best ?? -1, mine.best ?? -1);
        states.set(id, { ...(later > 0 ? other : mine), best: best < 0 ? null : best });
      }
      return new Set(outdated);
    },

    tidy() {
      for (const { assessment } of known.values()) {
        const questions = questionsOf(assessment);
        for (const question of assessment.bank) if (!questions.includes(question)) answers.delete(question.id);
      }
    },

    paper(id) {
      const found = known.get(id);
      if (!found) return null;
      const { module, assessment } = found;
      return {
        ...sitting(assessment),
        ...result(assessment),
        questions: questionsOf(assessment),
        answers,
        options: (question) => optionsOf(lotOf(assessment), question),
        limit: mastery() ?? assessment.pass ?? module.mastery,
      };
    },

    begin(id) {
      const assessment = known.get(id)?.assessment;
      if (!assessment || stateOf(id).open || !sitting(assessment).left) return;
      forget(assessment);
      states.set(id, { ...stateOf(id), attempt: stateOf(id).attempt + 1, open: true });
    },

    keep(id, question, response) {
      const assessment = known.get(id)?.assessment;
      if (!assessment || !stateOf(id).open || !questionsOf(assessment).some((each) => each.id === question)) return;
      if (response.length) answers.set(question, [...response]);
      else answers.delete(question);
    },

    asks: (question) =>
      SCORM &&
      [...known.values()].some(
        ({ assessment }) => stateOf(assessment.id).open && assessment.bank.some(({ id }) => id === question),
      ),

    handIn(id) {
      const assessment = known.get(id)?.assessment;
      const state = stateOf(id);
      if (!assessment || !state.open) return [];
      const best = Math.max(state.best ?? 0, result(assessment).score);
      states.set(id, { ...state, open: false, best });
      return questionsOf(assessment).filter((question) => answers.has(question.id));
    },

    written: () =>
      [...known]
        .filter(([id]) => stateOf(id).attempt)
        .map(([id, { assessment }]) => writeSitting(assessment.key, stateOf(id))),
  };
}

/** A later attempt is later, and an attempt that is handed in is later than the same under way. */
function stage({ attempt, open }: SittingState): number {
  return 2 * attempt - (open ? 1 : 0);
}

/** All that assessments of a module may ask. */
export function banksOf({ assessments }: ModuleData): readonly QuestionData[] {
  return (assessments ?? []).flatMap(({ bank }) => bank);
}
