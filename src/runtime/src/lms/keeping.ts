/** What becomes of values that content commits, by the trouble that is on and the LMS that is played. */

import { say, type Keep, type Kept, type Values } from "./calls.ts";
import type { Temperament } from "./temperament.ts";
import { hold, SLOWNESS, type Trouble } from "./trouble.ts";

export interface Keeping {
  readonly temperament: Temperament;
  readonly has: (trouble: Trouble) => boolean;
  /** What the server has already. */
  readonly kept: Values;
  readonly send: (values: Values, finished: boolean) => void;
  /** Whether the session has run out by itself. */
  readonly expired: () => boolean;
}

/** Makes what an API calls to have values kept. */
export function keeping({ temperament, has, kept, send, expired }: Keeping): Keep {
  let believed: Values = kept;
  let arrived: Values = kept;

  function sendable(values: Values): Values {
    if (temperament.sends === "all") return values;
    return { ...arrived, ...Object.fromEntries(Object.entries(values).filter(([name, value]) => believed[name] !== value)) };
  }

  return (values, finished): Kept => {
    if (has("slow")) hold(SLOWNESS);
    const sent = sendable(values);
    believed = values;
    if (has("session-expired") || expired()) return lost("false", SAYS.expired);
    if (has("commit-refused")) return lost("false", SAYS.refused);
    if (has("offline")) return lost(temperament.unreached, temperament.unreached === "true" ? SAYS.unreachedButTrue : SAYS.unreached);
    if (has("commit-lost")) return lost("true", SAYS.lost);
    arrived = sent;
    send(sent, finished);
    return { stored: true, answer: "true" };
  };
}

function lost(answer: Kept["answer"], why: NonNullable<Kept["why"]>): Kept {
  return { stored: false, answer, why };
}

const SAYS = {
  expired: say("Økten i LMS-et er utløpt: ingenting blir lagret før deltakeren har logget inn igjen", "The session in the LMS has expired: nothing is saved until the learner logs in again"),
  refused: say("Prøvet feil: LMS-et avviser lagringen", "Trouble on demand: the LMS refuses to save"),
  unreached: say("LMS-et kan ikke nås: ingenting er lagret", "The LMS can't be reached: nothing is saved"),
  unreachedButTrue: say("LMS-et kan ikke nås, og svarer likevel true: ingenting er lagret", "The LMS can't be reached and answers true all the same: nothing is saved"),
  lost: say("Prøvet feil: LMS-et svarer true og mister det som ble lagret", "Trouble on demand: the LMS answers true and loses what was saved"),
};
