/** One session of content with the LMS: the API that content finds, and what the LMS does behind it. */

import type { Call, Keep, Lms, Values } from "./calls.ts";
import { keeping } from "./keeping.ts";
import { temperamentOf, type Launch } from "./launch.ts";
import type { Standard } from "./standards.ts";
import { keepCarried, savingOf } from "./storing.ts";
import type { Troubles } from "./trouble.ts";

export interface Session {
  /** Under this name content looks for the API. */
  readonly apiName: string;
  readonly api: Lms["api"];
  /** Everything that has been set, committed or not. */
  readonly values: () => Values;
  readonly committed: () => Values;
  /** What the next session begins with. */
  readonly carried: () => Values;
  readonly status: () => string;
  readonly finished: () => boolean;
  /** Sends what the server does not have yet, as the page goes. */
  readonly flush: () => void;
  /** From now on the API is dumb. */
  readonly kill: () => void;
}

export interface Terms {
  readonly standard: Standard;
  readonly launch: Launch;
  readonly kept: Values;
  readonly troubles: Troubles;
  /** A call was made. */
  readonly called: (call: Call) => void;
  /** Whether the server has all that was committed. */
  readonly arrived: (whole: boolean) => void;
}

const MINUTE = 60_000;

export function beginSession({ standard, launch, kept, troubles, called, arrived }: Terms): Session {
  const temperament = temperamentOf(launch);
  let committed: Values | undefined;
  let finished = false;
  let dead = false;
  let [before, latest] = [performance.now(), performance.now()];
  const saving = savingOf({ launch, calls: () => lms.calls, arrived });
  const carried = (): Values => (committed ? standard.carried(committed, finished) : kept);
  const keep: Keep = keeping({
    temperament,
    has: troubles.has,
    kept,
    send: (values, last) => {
      committed = values;
      finished ||= last;
      saving.save(values, last);
      keepCarried(launch, carried());
    },
    expired: () => temperament.session_minutes > 0 && latest - before > temperament.session_minutes * MINUTE,
  });
  const lms = standard.open(launch, kept, keep);

  const watched = ([name, act]: [string, Lms["api"][string]]) =>
    [name, (...given: unknown[]): string => {
      if (dead) return "";
      [before, latest] = [latest, performance.now()];
      const number = lms.calls.length;
      const answer = act(...given);
      const call = lms.calls[number];
      if (!call) return answer;
      if (call.name === standard.end && call.answer === "true") finished = true;
      called(call);
      return answer;
    }] as const;

  return {
    apiName: standard.apiName,
    api: Object.fromEntries(Object.entries(lms.api).map(watched)),
    values: lms.values,
    committed: () => committed ?? kept,
    carried,
    status: () => standard.status(committed ?? kept),
    finished: () => finished,
    flush: saving.flush,
    kill: () => {
      dead = true;
    },
  };
}
