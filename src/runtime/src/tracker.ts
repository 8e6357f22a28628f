/**
 * What the learner has done, and when it is reported. The only place that decides status; adapters translate
 * what it says.
 *
 * A save happens once after each thing the learner does: at once after an answer; a moment later after turning
 * a page, so that what belongs together goes together; at once when the page is hidden; and for the last time
 * when it goes away. A save that fails is tried again until it succeeds, and until then the browser keeps it.
 */

import { webAdapter } from "./adapters/web.ts";
import { createBacklog } from "./backlog.ts";
import { createClock } from "./clock.ts";
import { fnv1a } from "./hash.ts";
import type { Copy } from "./kept.ts";
import { createLearner } from "./learner.ts";
import { createMemory } from "./memory.ts";
import { createSaving } from "./saving.ts";
import { judged } from "./score.ts";
import type {
  Adapter,
  AnswerEvent,
  Connection,
  LearnerEvent,
  Mode,
  Notice,
  Opening,
  PackageData,
  Report,
  Saved,
  Tracker,
  Unsaved,
} from "./types.ts";

/** Milliseconds. What is not judged yet is saved when the hand rests. */
const REST = 1_000;
const NOBODY: Connection = {
  connected: false,
  notice: "no-lms",
  mode: "normal",
  state: null,
  page: null,
  status: null,
};

export function createTracker(data: PackageData, given: Adapter, page: Window = window): Tracker {
  const clock = createClock(page.document);
  const tab = createMemory(page, "sessionStorage");
  // cmi5 and xAPI launches differ in their query string, so one tab never mixes two of them up.
  const copy = `${data.unit.activity}#${fnv1a(page.location.search)}`;
  let adapter = given;
  let learner = createLearner(data);
  const backlog = createBacklog();
  const saving = createSaving(save, () => unsaved, tell);
  let mode: Mode = "normal";
  let location = "";
  let back: string | null | undefined = null;
  let seen = new Set<string>();
  /** What has happened while nobody was there to report to, and somebody may yet turn up. */
  let waiting: LearnerEvent[] | null = null;
  let fresh = false;
  let open = false;
  let notice: Notice | null = null;
  let unsaved: Unsaved = { answers: 0, kept: false };
  const endings: (() => void)[] = [];
  const listeners: ((notice: Notice, unsaved: Unsaved) => void)[] = [];
  const readers: ((opening: Opening) => void)[] = [];

  function tell(news: Notice): void {
    notice = news === "saved" || news === "connected" ? null : news;
    for (const listener of listeners) listener(news, unsaved);
  }

  /** The state as it is now, which this browser keeps until it is saved. */
  function keep(): string {
    const state = learner.encode(clock.active());
    if (mode !== "normal") return state;
    tab.set(copy, state);
    unsaved = backlog.keep(state);
    return state;
  }

  function report(): Report {
    return {
      ...learner.standing(),
      page: location,
      state: keep(),
      active: clock.active(),
      elapsed: clock.elapsed(),
      total: learner.total(clock.active()),
    };
  }

  function record(event: LearnerEvent): void {
    if (SCORM) waiting?.push(event);
    if (open && mode === "normal") adapter.record(event);
  }

  /** Something worth saving has happened. */
  function touch(pause?: number): void {
    if (mode !== "normal") return;
    for (const kind of learner.reach()) record(reached(kind));
    if (!saving.ask(pause)) keep();
    if (!open) tell("ended");
  }

  function reached<Kind extends "completed" | "passed" | "failed">(kind: Kind): LearnerEvent & { kind: Kind } {
    const event = { at: new Date(), score: learner.standing().score, total: learner.total(clock.active()) };
    return { kind, ...event } as LearnerEvent & { kind: Kind };
  }

  async function save(leaving: boolean): Promise<Saved> {
    const gone = backlog.size();
    const outcome = await adapter.save(report(), leaving).catch((): Saved => "failed");
    if (typeof outcome === "object") {
      learner.merge(outcome.state);
      show();
    }
    if (outcome === true) backlog.settle(gone, saving.settled());
    return outcome;
  }

  function finish(leaving: boolean): Promise<unknown> {
    if (!open) return Promise.resolve();
    for (const ending of endings) ending();
    if (fresh && mode === "normal" && learner.failed()) record(reached("failed"));
    const last = report();
    open = false;
    fresh = false;
    saving.stop();
    return adapter.finish(last, leaving).then((done) => {
      if (done === true) backlog.settle(backlog.size(), saving.settled());
    });
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
    saving.start();
    adapter.begin(report(), true, true);
    touch();
  }

  function listen(): void {
    page.addEventListener("pagehide", () => void finish(true));
    page.addEventListener("pageshow", (event) => {
      if (event.persisted) comeBack();
    });
    page.document.addEventListener("visibilitychange", () => {
      if (page.document.visibilityState === "hidden") void saving.save(true);
    });
    // An LMS may have answered "saved" while there was no network: say it all again, and at once.
    page.addEventListener("online", () => {
      saving.hurry();
      if (open) touch();
    });
  }

  /** Takes up the thread; returns the id of the page to open. */
  function restore(connection: Connection, stored: readonly (string | null)[]): string | null {
    mode = connection.mode;
    back = connection.back;
    const own = tab.get(copy);
    const copies: Copy[] = own ? [{ state: own, saved: true, answers: [] }] : [];
    if (!WEB) copies.push(...backlog.open(connection.kept ?? null, stored.some(Boolean), hear));
    const start = learner.restore(stored, copies, connection);
    if (SCORM) copies.filter(learner.knows).forEach(repeat);
    return start ?? (learner.page(connection.page ?? "") ? connection.page : null);
  }

  /** Another window of this learner is at work. */
  function hear(other: Copy): void {
    const joined = learner.join(other, backlog.saved());
    if (joined === null) return;
    backlog.saved(other.saved);
    repeat(other);
    show();
    // So that the other window hears that there is this one.
    if (joined) touch();
  }

  /** Reports what another window or an earlier session may not have reported. */
  function repeat({ answers }: Copy): void {
    for (const answer of answers) {
      const [id, response, milliseconds, at, index] = answer;
      const place = learner.question(id);
      if (!place || !Array.isArray(response) || !backlog.add(answer)) continue;
      const right = judged(place.question, response);
      adapter.repeat?.({ kind: "answer", at: new Date(at), ...place, response, right, milliseconds, index });
    }
  }

  /** An answer of this session: judged, numbered and recorded. */
  function take(event: AnswerEvent): boolean | null {
    const { question, response, milliseconds, at } = event;
    const { right, index } = learner.answer(question, response);
    if (mode === "normal") backlog.add([question.id, response, milliseconds, at.getTime(), index]);
    record({ ...event, right, index });
    return right;
  }

  function opening(connected: boolean, start: string | null): Opening {
    return {
      connected,
      resumed: learner.resumed() || start !== null,
      page: start,
      visited: learner.visited,
      answers: learner.answers,
      mode,
      notes: learner.notes(),
    };
  }

  function show(): void {
    for (const reader of readers) reader(opening(true, null));
  }

  /** The LMS has turned up after all: what was done meanwhile is added to what it holds. */
  function connect(connection: Connection): void {
    const events = waiting ?? [];
    const before = learner.resumed() ? null : learner.encode(clock.active());
    waiting = null;
    adapter = given;
    learner = createLearner(data);
    restore(connection, [connection.state]);
    const resumed = learner.resumed();
    // Of this sitting and no other: attempts at assessments are in it too.
    if (before) learner.merge(before);
    adapter.begin(report(), resumed, true);
    for (const event of events) {
      if (event.kind === "answer") take(event);
      if (event.kind !== "page") continue;
      learner.visit(event.page);
      record(event);
    }
    tell("connected");
    show();
    touch();
  }

  return {
    async open(): Promise<Opening> {
      const connection = await adapter.connect(data).catch(() => NOBODY);
      const stored = [connection.state];
      if (connection.notice) tell(connection.notice);
      if (!connection.connected && data.format !== "web") {
        adapter = webAdapter(page);
        stored.push((await adapter.connect(data)).state);
        if (SCORM) waiting = [];
      }
      const start = restore(connection, stored);
      location = start ?? "";
      open = true;
      listen();
      clock.restart();
      adapter.begin(report(), learner.resumed(), learner.news());
      if (mode === "normal") touch();
      if (SCORM && waiting) {
        void given.late?.().then((found) => {
          if (found && open) connect(found);
          waiting = null;
        });
      }
      return { ...opening(connection.connected, start), muted: connection.muted ?? false };
    },

    visit(id: string): void {
      const place = learner.page(id);
      if (!place) return;
      location = id;
      const { visited, pages, done } = learner.progress().find((module) => module.id === place.module.id)!;
      const share = (count: number): number => Math.floor((100 * count) / pages);
      const percent = share(visited + 1);
      const grown = !done && !learner.visited.has(id) && percent > share(visited);
      learner.visit(place.page);
      if (!seen.has(id)) record({ kind: "page", at: new Date(), ...place });
      if (grown) record({ kind: "progress", at: new Date(), module: place.module, percent });
      seen.add(id);
      touch();
    },

    answer(id: string, response: readonly string[], milliseconds: number): boolean | null {
      const place = learner.question(id);
      if (!place) return false;
      const right = take({ kind: "answer", at: new Date(), ...place, response, milliseconds, right: null, index: 0 });
      // Beside an assessment a question is practice.
      fresh ||= right !== null && !(ASSESSMENT && place.module.assessments);
      touch(0);
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
              take({ kind: "answer", at: new Date(), module, question, response, milliseconds, right: null, index: 0 });
            }
            fresh = true;
            touch(0);
          },
        }
      : null,

    progress: () => learner.progress(),

    keep(notes): void {
      learner.keep(notes);
      touch();
    },

    watch(watching): boolean {
      const module = data.modules.find(({ id }) => watching.id.startsWith(`${id}.`));
      if (!module || !open || mode !== "normal") return false;
      record({ kind: "media", at: new Date(), module, watching });
      saving.mention();
      return true;
    },

    onEnd(listener): void {
      endings.push(listener);
    },

    onNotice(listener): void {
      listeners.push(listener);
      if (notice) listener(notice, unsaved);
    },

    onNews: (reader) => void readers.push(reader),

    leave(): void {
      const address = back;
      const gone = (): void => {
        if (address) page.location.assign(address);
      };
      void finish(false).then(gone, gone);
    },
  };
}
