/**
 * How films and recordings are played, from the browser's own events, in the terms of the xAPI Video Profile 1.0: a
 * session of its own for each, from `initialized` to `terminated`.
 */

import { uuid } from "../hash.ts";
import type { Tracker, Watching } from "../types.ts";

/** So much of it is the whole. */
const WHOLE = 0.95;
/** Milliseconds without a new place: whoever drags the slider has let go. */
const SETTLED = 700;

export function watchMedia(tracker: Tracker): void {
  for (const media of document.querySelectorAll<HTMLMediaElement>("video, audio")) follow(media, tracker);
}

function follow(media: HTMLMediaElement, tracker: Tracker): void {
  const id = media.closest("[data-component]")?.id ?? "";
  const title = media.getAttribute("aria-label") ?? "";
  let session = "";
  let segments: [from: number, to: number][] = [];
  let whole = false;
  /** `played` has been said, and no `paused` after it. */
  let running = false;
  /** Where the segment that is being played began, and the place last known: when a film starts it has moved on already. */
  let from = 0;
  let now = 0;
  /** Where a move began, and where it has led to so far. */
  let left: number | null = null;
  let landed = 0;
  let timer = 0;

  /** False when nobody listens. */
  function tell(verb: Watching["verb"], result: Watching["result"]): boolean {
    if (!session && verb !== "initialized") {
      session = uuid();
      segments = [];
      whole = false;
      if (!tell("initialized", null)) session = "";
    }
    const length = Number.isFinite(media.duration) ? media.duration : now;
    const about = { "session-id": session, length: round(length), "completion-threshold": WHOLE };
    const watched = segments.reduce((sum, [start, end]) => sum + end - start, 0) * 1000;
    return session !== "" && tracker.watch({ verb, id, title, watched, result, about });
  }

  function sofar(): Record<string, string | number> {
    const parts = segments.map((segment) => segment.map(round).join("[.]")).join("[,]");
    return { time: round(now), progress: round(seen(segments) / media.duration), "played-segments": parts };
  }

  function play(): void {
    if (media.paused || media.seeking) return;
    if (!running) {
      settle();
      running = tell("played", { time: round(now) });
      from = now;
    }
    if (left === null) now = media.currentTime;
  }

  function close(): void {
    if (running && now > from) segments.push([from, now]);
    from = now;
  }

  function pause(): void {
    if (!running) return;
    if (left === null && !media.seeking) now = media.currentTime;
    close();
    running = false;
    tell("paused", sofar());
    if (whole || seen(segments) < WHOLE * media.duration) return;
    whole = true;
    tell("completed", sofar());
  }

  function move(): void {
    window.clearTimeout(timer);
    if (left !== null) return;
    left = now;
    close();
  }

  function land(): void {
    landed = media.currentTime;
    timer = window.setTimeout(settle, SETTLED);
  }

  /** However many places the slider passed: one move. */
  function settle(): void {
    window.clearTimeout(timer);
    if (left === null) return;
    if (round(left) !== round(landed)) tell("seeked", { "time-from": round(left), "time-to": round(landed) });
    left = null;
    from = now = landed;
  }

  function end(): void {
    settle();
    pause();
    if (session) tell("terminated", sofar());
    session = "";
  }

  media.addEventListener("playing", play);
  media.addEventListener("timeupdate", play);
  media.addEventListener("pause", pause);
  media.addEventListener("seeking", move);
  media.addEventListener("seeked", land);
  tracker.onEnd(end);
}

/** Seconds that have been seen at least once. */
function seen(segments: readonly (readonly [number, number])[]): number {
  let reached = 0;
  let sum = 0;
  for (const [from, to] of [...segments].sort(([a], [b]) => a - b)) {
    sum += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return sum;
}

/** To a thousandth. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
