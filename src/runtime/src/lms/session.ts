/** One session of content with the LMS: the API that content finds, and what the LMS does behind it. */

import type { Call, Keep, Lms, Values } from "./calls.ts";
import { keeping } from "./keeping.ts";
import { temperamentOf, type Launch } from "./launch.ts";
import { opening12 } from "./opening.ts";
import { createSaving, postJson, type Saving } from "./saving.ts";
import { strictLms } from "./scorm12.ts";
import type { Troubles } from "./trouble.ts";

export interface Session {
  /** The name under which content looks for the API. */
  readonly apiName: string;
  readonly api: Lms["api"];
  readonly lms: Lms;
  /** What is left of it once it is over. */
  readonly kept: () => Values;
  readonly finished: () => boolean;
  readonly flush: () => void;
  /** From now on the API is dumb. */
  readonly kill: () => void;
}

export interface Terms {
  readonly launch: Launch;
  readonly kept: Values;
  readonly troubles: Troubles;
  /** A call was made. */
  readonly called: (call: Call) => void;
  /** Whether the server has all that was committed. */
  readonly arrived: (whole: boolean) => void;
}

const MINUTE = 60_000;

export function beginSession({ launch, kept, troubles, called, arrived }: Terms): Session {
  const temperament = temperamentOf(launch);
  let committed: Values = kept;
  let finished = false;
  let dead = false;
  let latest = performance.now();
  let began = latest;
  const saving: Saving = createSaving({
    address: `/lms/${launch.package}/attempt`,
    learner: launch.learner.id,
    sco: launch.sco.id,
    session: crypto.randomUUID(),
    calls: () => lms.calls,
    post: postJson,
    told: arrived,
    after: (milliseconds, act) => setTimeout(act, milliseconds),
  });
  const keep: Keep = keeping({
    temperament,
    has: troubles.has,
    kept,
    send: (values, last) => {
      committed = values;
      saving.save(values, last);
    },
    expired: () => temperament.session_minutes > 0 && latest - began > temperament.session_minutes * MINUTE,
  });
  const lms = strictLms(opening12(launch, kept), launch.language, { temperament, keep });

  const watched = ([name, act]: [string, (...given: unknown[]) => string]) =>
    [name, (...given: unknown[]): string => {
      if (dead) return "";
      [began, latest] = [latest, performance.now()];
      const before = lms.calls.length;
      const answer = act(...given);
      const call = lms.calls[before];
      if (!call) return answer;
      if (call.name === "LMSFinish" && call.answer === "true") finished = true;
      called(call);
      return answer;
    }] as const;

  return {
    apiName: "API",
    api: Object.fromEntries(Object.entries(lms.api).map(watched)),
    lms,
    kept: () => committed,
    finished: () => finished,
    flush: saving.flush,
    kill: () => {
      dead = true;
    },
  };
}
