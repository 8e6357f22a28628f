/** Commits on their way to the server: in order by their numbers, and again until one has arrived. */

import type { Call, Values } from "./calls.ts";

export interface Saving {
  /** Sends these values, with the calls since the last ones; `from` is the number of the first, since a call may come again. */
  readonly save: (values: Values, finished: boolean) => void;
  /** Sends what is left, as the page goes. */
  readonly flush: () => void;
}

export interface Terms {
  readonly address: string;
  /** Whose session it is: learner, sco, mode, session. */
  readonly about: Readonly<Record<string, string>>;
  readonly calls: () => readonly Call[];
  /** Whether a request has arrived. */
  readonly post: (address: string, body: string) => Promise<boolean>;
  /** What is told of: whether the server has everything. */
  readonly told: (arrived: boolean) => void;
  readonly after: (milliseconds: number, act: () => void) => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 8000;

export function createSaving({ address, about, calls, post, told, after }: Terms): Saving {
  let latest: { readonly values: Values; readonly finished: boolean } = { values: {}, finished: false };
  let serial = 0;
  let sent = 0;
  let arrived = 0;
  let asked = false;
  let wait = FIRST_WAIT;
  let waiting = false;

  async function send(): Promise<void> {
    asked = false;
    const mine = (serial += 1);
    const first = sent;
    const now = calls().slice(first);
    sent = first + now.length;
    const body = JSON.stringify({ ...about, serial: mine, ...latest, from: first, calls: now.map(plain) });
    if (await post(address, body)) {
      arrived = Math.max(arrived, mine);
      wait = FIRST_WAIT;
    } else {
      // These calls go with the next request again.
      sent = Math.min(sent, first);
      again();
    }
    told(arrived === serial);
  }

  function again(): void {
    if (waiting) return;
    waiting = true;
    after(wait, () => {
      waiting = false;
      if (arrived < serial) void send();
    });
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  /** Once this call is noted too, so that it goes along. */
  function soon(): void {
    if (asked) return;
    asked = true;
    queueMicrotask(() => void send());
  }

  return {
    save: (values, finished) => {
      latest = { values, finished: finished || latest.finished };
      soon();
    },
    flush: () => {
      if (serial > 0 && sent < calls().length) soon();
    },
  };
}

/** A call as JSON and messages can hold it: content may give anything. */
export function plain(call: Call): Call {
  return { ...call, given: call.given.map((each) => (each === null || ["string", "number", "boolean"].includes(typeof each) ? each : text(each))) };
}

function text(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

// What browsers keep alive at once: 64 KiB.
const ALIVE = 60_000;

/** Posts JSON, also while the page goes away. False where it has not arrived. */
export async function postJson(address: string, body: string): Promise<boolean> {
  try {
    const keepalive = new Blob([body]).size <= ALIVE;
    const answer = await fetch(address, { method: "POST", body, keepalive, headers: { "Content-Type": "application/json" } });
    return answer.ok;
  } catch {
    return false;
  }
}
