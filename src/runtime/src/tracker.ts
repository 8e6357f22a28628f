/**
 * What the learner has done, and when it is reported. The only place that decides status; adapters translate
 * what it says.
 *
 * A save happens once after each thing the learner does, a moment later so that what belongs together goes
 * together; at once when the page is hidden; and for the last time when it goes away. A save that fails is
 * tried again until it succeeds.
 */

import { webAdapter } from "./adapters/web.ts";
import { createClock } from "./clock.ts";
import { fnv1a } from "./hash.ts";
import { createLearner } from "./learner.ts";
import { createMemory } from "./memory.ts";
import type {
  Adapter,
  Connection,
  LearnerEvent,
  Mode,
  Notice,
  Opening,
  PackageData,
  Report,
  Saved,
  Tracker,
  Trouble,
  Unsaved,
} from "./types.ts";

/** Long enough for the browser to paint first: an LMS's commit may block the page. */
const PAUSE = 50;
/** What is not judged yet is saved when the hand rests. */
const REST = 1_000;
const RETRY_FIRST = 2_000;
const RETRY_LAST = 60_000;
const NOBODY: Connection = {
  connected: false,
  notice: "no-lms",
  mode: "normal",
  state: null,
  page: null,
  status: null,
};

export function createTracker(data: PackageData, adapter: Adapter, page: Window = window): Tracker {
  const clock = createClock(page.document);
  const learner = createLearner(data);
  const tab = createMemory(page, "sessionStorage");
  // cmi5 and xAPI launches differ in their query string, so one tab never mixes two of them up.
  const copy = `${data.unit.activity}#${fnv1a(page.location.search)}`;
  let mode: Mode = "normal";
  let location = "";
  let back: string | null | undefined = null;
  let seen = new Set<string>();
  let fresh = false;
  let open = false;
  let dirty = false;
  let saving = false;
  let failing: Trouble | null = null;
  let retry = RETRY_FIRST;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let notice: Notice | null = null;
  const unsaved: Unsaved = { answers: 0, kept: false };
  const listeners: ((notice: Notice, unsaved: Unsaved) => void)[] = [];

  function tell(news: Notice): void {
    notice = news === "saved" || news === "connected" ? null : news;
    for (const listener of listeners) listener(news, unsaved);
  }

  function report(): Report {
    const state = learner.encode(clock.active());
    if (mode === "normal") tab.set(copy, state);
    return {
      ...learner.standing(),
      page: location,
      state,
      active: clock.active(),
      elapsed: clock.elapsed(),
      total: learner.total(clock.active()),
    };
  }

  function record(event: LearnerEvent): void {
    if (open && mode === "normal") adapter.record(event);
  }

  /** Something worth saving has happened. */
  function touch(pause = PAUSE): void {
    if (mode !== "normal") return;
    for (const kind of learner.reach()) {
      record({ kind, at: new Date(), score: learner.standing().score, total: learner.total(clock.active()) });
    }
    dirty = true;
    if (open) plan(pause);
    else tell("ended");
  }

  function plan(delay: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => void save(false), delay);
  }

  async function save(leaving: boolean): Promise<void> {
    if (!open || !dirty || (saving && !leaving)) return;
    clearTimeout(timer);
    dirty = false;
    saving = true;
    const outcome = await adapter.save(report(), leaving).catch((): Saved => "failed");
    saving = false;
    if (typeof outcome === "object") learner.merge(outcome.state);
    if (outcome !== true) dirty = true;
    if (!open) return;
    if (typeof outcome === "string") {
      if (failing !== outcome) tell(outcome);
      failing = outcome;
      plan(retry);
      retry = Math.min(RETRY_LAST, retry * 2);
      return;
    }
    if (outcome === true && failing) {
      failing = null;
      retry = RETRY_FIRST;
      tell("saved");
    }
    if (dirty) plan(PAUSE);
  }

  function finish(leaving: boolean): Promise<unknown> {
    if (!open) return Promise.resolve();
    if (fresh && mode === "normal" && learner.failed()) {
      record({
        kind: "failed",
        at: new Date(),
        score: learner.standing().score,
        total: learner.total(clock.active()),
      });
    }
    const last = report();
    open = false;
    fresh = false;
    clearTimeout(timer);
    return adapter.finish(last, leaving);
  }

  /**
   * The page is back from the back/forward cache: everything stands as it was, except that the session has
   * ended.
   */
  function comeBack(): void {
    if (open) return;
    if (!adapter.reopen()) return tell("ended");
    learner.rest(clock.active());
    clock.restart();
    seen = new Set();
    open = true;
    adapter.begin(report(), true);
    touch();
  }

  function listen(): void {
    page.addEventListener("pagehide", () => void finish(true));
    page.addEventListener("pageshow", (event) => {
      if (event.persisted) comeBack();
    });
    page.document.addEventListener("visibilitychange", () => {
      if (page.document.visibilityState === "hidden") void save(true);
    });
    // An LMS may have answered "saved" while there was no network: say it all again.
    page.addEventListener("online", () => {
      if (open) touch();
    });
  }

  return {
    async open(): Promise<Opening> {
      const connection = await adapter.connect(data).catch(() => NOBODY);
      const stored = [connection.state];
      if (connection.notice) tell(connection.notice);
      if (!connection.connected && data.format !== "web") {
        adapter = webAdapter(page);
        stored.push((await adapter.connect(data)).state);
      }
      mode = connection.mode;
      back = connection.back;
      const start = learner.restore(stored, tab.get(copy), connection) ?? known(connection);
      location = start ?? "";
      open = true;
      listen();
      clock.restart();
      adapter.begin(report(), learner.resumed());
      if (mode === "normal") touch();
      return {
        connected: connection.connected,
        resumed: learner.resumed() || start !== null,
        page: start,
        visited: learner.visited,
        answers: learner.answers,
        mode,
        notes: learner.notes(),
      };
    },

    visit(id: string): void {
      const place = learner.page(id);
      if (!place) return;
      location = id;
      learner.visit(place.page);
      if (!seen.has(id)) record({ kind: "page", at: new Date(), ...place });
      seen.add(id);
      touch();
    },

    answer(id: string, response: readonly string[], milliseconds: number): boolean | null {
      const place = learner.question(id);
      if (!place) return false;
      const { right, index } = learner.answer(place.question, response);
      // Beside an assessment a question is practice.
      fresh ||= right !== null && !(ASSESSMENT && place.module.assessments);
      record({ kind: "answer", at: new Date(), ...place, response, right, milliseconds, index });
      touch();
      return right;
    },

    assessments: ASSESSMENT
      ? {
          paper: (id) => learner.sittings!.paper(id),
          begin(id) {
            learner.sittings!.begin(id);
            touch();
          },
          keep(id, question, response) {
            learner.sittings!.keep(id, question, response);
            touch(REST);
          },
          handIn(id, spent) {
            for (const question of learner.sittings!.handIn(id)) {
              const { module } = learner.question(question.id)!;
              const response = learner.answers.get(question.id)!;
              const milliseconds = spent.get(question.id) || 0;
              const judged = learner.answer(question, response);
              record({ kind: "answer", at: new Date(), module, question, response, milliseconds, ...judged });
            }
            fresh = true;
            touch();
          },
        }
      : null,

    progress: () => learner.progress(),

    keep(notes): void {
      learner.keep(notes);
      touch();
    },

    onNotice(listener): void {
      listeners.push(listener);
      if (notice) listener(notice, unsaved);
    },

    leave(): void {
      const address = back;
      const gone = (): void => {
        if (address) page.location.assign(address);
      };
      void finish(false).then(gone, gone);
    },
  };

  /** The bookmark, when it names a page of this package. */
  function known(connection: Connection): string | null {
    return learner.page(connection.page ?? "") ? connection.page : null;
  }
}
