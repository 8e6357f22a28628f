/** xAPI statements, for Tin Can launches and cmi5 alike. */

import type { Json, JsonObject } from "./launch.ts";
import type { Statement } from "./lrs.ts";
import { uuid } from "../hash.ts";
import type { LearnerEvent, ModuleData, PackageData, PartData, QuestionData, UnitData } from "../types.ts";

const ADL = "http://adlnet.gov/expapi/";
/** The xAPI Video Profile, 1.0. */
export const VIDEO = "https://w3id.org/xapi/video";

/** Verbs: English, bokmål, nynorsk; of the ADL vocabulary where no other is named. */
const VERBS = {
  initialized: ["initialized", "startet", "starta"],
  resumed: ["resumed", "gjenopptok", "tok opp att"],
  experienced: ["experienced", "åpnet", "opna"],
  answered: ["answered", "svarte på", "svara på"],
  completed: ["completed", "fullførte", "fullførte"],
  passed: ["passed", "besto", "bestod"],
  failed: ["failed", "besto ikke", "bestod ikkje"],
  suspended: ["suspended", "tok pause fra", "tok pause frå"],
  terminated: ["terminated", "avsluttet", "avslutta"],
  progressed: ["progressed", "kom videre i", "kom vidare i"],
  played: ["played", "spilte av", "spelte av", `${VIDEO}/`],
  paused: ["paused", "satte på pause", "sette på pause", `${VIDEO}/`],
  seeked: ["seeked", "spolte i", "spolte i", `${VIDEO}/`],
} as const;

export type VerbName = keyof typeof VERBS;

export interface Parts {
  readonly object: JsonObject;
  readonly context: JsonObject;
  readonly result?: JsonObject;
  readonly at?: Date;
  /** Makes the id the same whenever this very thing is reported again. */
  readonly seed?: string;
}

export function statement(actor: JsonObject, verb: VerbName, lang: string, parts: Parts): Statement {
  const [en, nb, nn, home = ADL] = VERBS[verb];
  // `en` always: one LMS reads the status out of it.
  const display: JsonObject = { en, ...(/^en\b/.test(lang) ? {} : /^nn\b/.test(lang) ? { nn } : { nb }) };
  return {
    id: uuid(parts.seed && `${parts.seed} ${verb}`),
    actor,
    verb: { id: `${home}verbs/${verb}`, display },
    object: parts.object,
    ...(parts.result ? { result: parts.result } : {}),
    context: parts.context,
    timestamp: (parts.at ?? new Date()).toISOString(),
  };
}

export function activity(id: string, definition?: JsonObject): JsonObject {
  return { objectType: "Activity", id, ...(definition ? { definition } : {}) };
}

/** `kind`: the last part of an ADL activity type. */
export function unitActivity(unit: UnitData, lang: string, kind: "course" | "module"): JsonObject {
  return activity(unit.activity, { type: `${ADL}activities/${kind}`, name: { [lang]: unit.title } });
}

/**
 * Object, result and parent of a page view or an answer; page and question ids begin with that of their
 * module.
 */
export function detail(
  event: Extract<LearnerEvent, { kind: "page" | "answer" }>,
  lang: string,
): Pick<Parts, "object" | "result"> {
  const { module } = event;
  const thing = event.kind === "page" ? event.page : event.question;
  const id = `${module.activity}/${thing.id.slice(module.id.length + 1)}`;
  const name = { [lang]: thing.title };
  if (event.kind === "page")
    return { object: activity(id, { type: "http://activitystrea.ms/schema/1.0/page", name }) };
  const { question, response, right } = event;
  const pattern = correctResponses(question);
  return {
    object: activity(id, {
      type: `${ADL}activities/cmi.interaction`,
      name,
      description: name,
      interactionType: question.type,
      ...(pattern ? { correctResponsesPattern: pattern } : {}),
      ...components(question, lang),
    }),
    result: {
      response: written(question, response),
      ...(right === null ? {} : { success: right }),
      ...(event.milliseconds ? { duration: duration(event.milliseconds) } : {}),
    },
  };
}

/** A response as xAPI writes it (1.0.3, 2.4.4.1): `a[,]c`, `true`, a text, a number, `a[.]1[,]b[.]2`. */
function written({ type }: QuestionData, response: readonly string[]): string {
  // What a learner types must not look like two answers.
  if (type === "fill-in") return (response[0] ?? "").replace(/\[(?=[,.:]\])/g, "[ ");
  if (type === "numeric") return response[0] ?? "";
  if (type === "matching") response = response.map((pair) => pair.replace(".", "[.]"));
  return (type === "sequencing" ? response : [...response].sort()).join("[,]");
}

/** Every response that is right; none for an opinion. */
function correctResponses(question: QuestionData): string[] | null {
  const { type, correct, exact } = question;
  if (type === "likert") return null;
  if (type === "fill-in") return exact ? correct.map((text) => `{case_matters=true}${text}`) : [...correct];
  return [type === "numeric" ? correct.slice(0, 2).join("[:]") : written(question, correct)];
}

/** The parts that a response names, in the lists that xAPI has for the kind of question. */
function components({ type, choices, targets }: QuestionData, lang: string): JsonObject {
  const list = (parts: readonly PartData[]): Json => parts.map((part) => component(part, lang));
  if (targets) return { source: list(choices), target: list(targets) };
  return choices.length ? { [type === "likert" ? "scale" : "choices"]: list(choices) } : {};
}

/** ISO 8601, to a hundredth of a second. */
export function duration(milliseconds: number): string {
  return `PT${(Math.max(0, milliseconds) / 1000).toFixed(2)}S`;
}

export function score(percent: number | null): JsonObject {
  return percent === null ? {} : { score: { scaled: percent / 100, raw: percent, min: 0, max: 100 } };
}

/**
 * Context of what happens inside a module: the module above it, and above that what was launched, by the id
 * the LMS gave it.
 */
export function within(
  context: JsonObject,
  module: ModuleData,
  data: PackageData,
  launched: string,
): JsonObject {
  const activities = (context["contextActivities"] ?? {}) as JsonObject;
  const alone = module.activity === data.unit.activity;
  const grouping = [...list(activities["grouping"]), ...(alone ? [] : [activity(launched)])];
  return {
    ...context,
    contextActivities: {
      ...activities,
      parent: [...list(activities["parent"]), activity(alone ? launched : module.activity)],
      ...(grouping.length ? { grouping } : {}),
    },
  };
}

/** contextActivities may hold one activity where a list is meant. */
export function list(value: Json | undefined): Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

function component({ id, text }: PartData, lang: string): JsonObject {
  return { id, ...(text ? { description: { [lang]: text } } : {}) };
}
