/**
 * When to save: once after each thing the learner does, again and again while it fails, and what the learner is
 * told of it. Each change is told once.
 */

import type { Notice, Saved, Unsaved } from "./types.ts";

/** Milliseconds. Long enough for the browser to paint first: an LMS's commit may block the page. */
const PAUSE = 50;
/** What can wait for company: an LRS need not hear at once that a film is playing. */
const NO_HURRY = 5_000;
const RETRY_FIRST = 2_000;
const RETRY_LAST = 60_000;

export interface Saving {
  /** Something is to be saved in so many milliseconds, together with what comes until then. False: it must wait. */
  ask(pause?: number): boolean;
  /** Something is to be saved with what comes next, or after some seconds. */
  mention(): void;
  /** Saves what is not saved yet. */
  save(leaving: boolean): Promise<void>;
  /** The next try comes at once, and after it as if it were the first. */
  hurry(): void;
  /** The last save is being made elsewhere; and after all it was not the last. */
  stop(): void;
  start(): void;
  /** Nothing waits to be saved. */
  settled(): boolean;
}

/** `attempt` saves, and never rejects; `unsaved`: what was not saved when it was tried last. */
export function createSaving(
  attempt: (leaving: boolean) => Promise<Saved>,
  unsaved: () => Unsaved,
  tell: (notice: Notice) => void,
): Saving {
  let dirty = false;
  let saving = false;
  let stopped = false;
  let failing = "";
  let retry = RETRY_FIRST;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(false), delay);
  }

  async function save(leaving: boolean): Promise<void> {
    if (stopped || !dirty || (saving && !leaving)) return;
    clearTimeout(timer);
    dirty = false;
    saving = true;
    const outcome = await attempt(leaving);
    saving = false;
    if (outcome !== true) dirty = true;
    if (stopped) return;
    if (typeof outcome === "string") {
      const news = outcome + unsaved().answers;
      if (failing !== news) tell(outcome);
      failing = news;
      plan(retry);
      retry = Math.min(RETRY_LAST, retry * 2);
      return;
    }
    if (outcome === true && failing) {
      failing = "";
      retry = RETRY_FIRST;
      tell("saved");
    }
    if (dirty) plan(PAUSE);
  }

  return {
    ask(pause = PAUSE) {
      dirty = true;
      if (saving || stopped) return false;
      if (pause) plan(pause);
      else void save(false);
      return true;
    },
    mention() {
      if (!dirty) plan(NO_HURRY);
      dirty = true;
    },
    save,
    hurry: () => void (retry = RETRY_FIRST),
    stop() {
      stopped = true;
      dirty = false;
      clearTimeout(timer);
    },
    start: () => void (stopped = false),
    settled: () => !dirty,
  };
}
