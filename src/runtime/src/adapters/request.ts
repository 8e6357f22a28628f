/** Asking over HTTP, and what the answer means. */

import type { Trouble } from "../types.ts";

const TIMEOUT = 20_000;
/** A store may ask for patience, but not for the learner's whole visit. */
const PATIENCE = 120;

/** An answer; or null when there is none, or not in time. */
export async function request(address: string, settings: RequestInit): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    return await fetch(address, { ...settings, signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

/** True, or why it was not taken. */
export function outcome(answer: Response | null): true | Trouble {
  if (!answer) return navigator.onLine === false ? "offline" : "failed";
  if (answer.ok) return true;
  if (answer.status === 401) return "expired";
  // 408 and 429 say "later".
  return answer.status < 500 && answer.status !== 408 && answer.status !== 429 ? "refused" : "failed";
}

/** For how many milliseconds nothing more is to be asked for (RFC 9110, 10.2.3: seconds, or a date). */
export function pause(answer: Response | null): number {
  const asked = answer?.headers.get("Retry-After") ?? "";
  const seconds = /^\d+$/.test(asked) ? +asked : (Date.parse(asked) - Date.now()) / 1000;
  return seconds > 0 ? Math.min(seconds, PATIENCE) * 1000 : 0;
}
