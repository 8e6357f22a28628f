/**
 * A session with the other side: what is reported, and when.
 *
 * A save happens once after each thing the learner does: at once after an answer; a moment later after turning
 * a page, so that what belongs together goes together; at once when the page is hidden; and for the last time
 * when it goes away. A save that fails is tried again until it succeeds, and until then the browser keeps it.
 */

import { createBacklog } from "./backlog.ts";
import { createClock } from "./clock.ts";
import { createCopies } from "./copies.ts";
import type { Copies } from "./copies.ts";
import { createLearner } from "./learner.ts";
import type { Learner } from "./learner.ts";
import { milestone } from "./milestone.ts";
import { watchFor } from "./moments.ts";
import { createNotices } from "./notices.ts";
import type { Notices } from "./notices.ts";
import { openingOf } from "./opening.ts";
import { createSaving } from "./saving.ts";
import type { Saving } from "./saving.ts";
import type {
  Adapter,
  AnswerEvent,
  LearnerEvent,
  Mode,
  Opening,
  PackageData,
  Report,
  Saved,
  Unsaved,
} from "./types.ts";

export interface Session extends Notices {
  /** Both are others when an LMS turns up late. */
  learner: Learner;
  adapter: Adapter;
  mode: Mode;
  /** It has begun, and has not ended. */
  open: boolean;
  /** Where the learner is to be sent on leaving by own choice. */
  back: string | null | undefined;
  /** Id of the page in sight. */
  page: string;
  /** Ids of the pages whose visit has been reported. */
  readonly seen: Set<string>;
  /** What has happened while nobody was there to report to, and somebody may yet turn up. */
  waiting: LearnerEvent[] | null;
  /** Something that may decide a result has been judged. */
  fresh: boolean;
  /** Called as the session is about to end. */
  readonly endings: (() => void)[];
  /** Called by `show`. */
  readonly readers: ((opening: Opening) => void)[];
  readonly saving: Saving;
  readonly restore: Copies["restore"];
  /** The clock runs, and the page is watched. */
  start(): void;
  report(): Report;
  /** False when nobody is to hear of it, or nobody yet. */
  record(event: LearnerEvent): boolean;
  /** An answer of this session: judged, numbered and recorded. */
  take(event: AnswerEvent): boolean | null;
  /** Something worth saving has happened. */
  touch(pause?: number): void;
  /** More is known than before. */
  show(): void;
  finish(leaving: boolean): Promise<unknown>;
}

export function createSession(data: PackageData, adapter: Adapter, page: Window): Session {
  const clock = createClock(page.document);
  const backlog = createBacklog();
  const notices = createNotices(() => unsaved);
  const saving = createSaving(save, () => unsaved, notices.tell);
  let unsaved: Unsaved = { answers: 0, kept: false };

  /** The state as it is now, which this browser keeps until it is saved. */
  function keep(): string {
    const state = session.learner.encode(clock.active());
    if (session.mode === "normal") unsaved = copies.keep(state);
    return state;
  }

  function report(): Report {
    copies.catchUp();
    return {
      ...session.learner.standing(),
      page: session.page,
      state: keep(),
      active: clock.active(),
      elapsed: clock.elapsed(),
      total: session.learner.total(clock.active()),
    };
  }

  function record(event: LearnerEvent): boolean {
    const heard = session.open && session.mode === "normal";
    if (SCORM) session.waiting?.push(event);
    if (heard) session.adapter.record(event);
    return heard;
  }

  function touch(pause?: number): void {
    if (session.mode !== "normal") return;
    for (const kind of session.learner.reach()) record(milestone(kind, session.learner, clock.active()));
    if (!saving.ask(pause)) keep();
    if (!session.open) notices.tell("ended");
  }

  async function save(leaving: boolean): Promise<Saved> {
    const gone = backlog.size();
    const outcome = await session.adapter.save(report(), leaving).catch((): Saved => "failed");
    if (typeof outcome === "object") {
      session.learner.merge(outcome.state);
      session.show();
    }
    if (outcome === true) backlog.settle(gone, saving.settled());
    return outcome;
  }

  function finish(leaving: boolean): Promise<unknown> {
    if (!session.open) return Promise.resolve();
    for (const ending of session.endings) ending();
    const { learner } = session;
    if (session.fresh && learner.failed()) record(milestone("failed", learner, clock.active()));
    const last = report();
    session.open = session.fresh = false;
    saving.stop();
    return session.adapter.finish(last, leaving).then((done) => {
      if (done === true) backlog.settle(backlog.size(), saving.settled());
    });
  }

  /** Everything stands as it was, except that the session has ended. */
  function comeBack(): void {
    if (session.open) return;
    if (!session.adapter.reopen()) return notices.tell("ended");
    session.learner.rest(clock.active());
    clock.restart();
    session.seen.clear();
    session.open = true;
    saving.start();
    session.adapter.begin(report(), true, true);
    touch();
  }

  /** An LMS may have answered "saved" while there was no network: say it all again, and at once. */
  function again(): void {
    saving.hurry();
    if (session.open) touch();
  }

  const session: Session = {
    ...notices,
    learner: createLearner(data),
    adapter,
    mode: "normal",
    open: false,
    back: null,
    page: "",
    seen: new Set(),
    waiting: null,
    fresh: false,
    endings: [],
    readers: [],
    saving,
    report,
    record,
    touch,
    finish,
    restore: (connection, stored) => copies.restore(connection, stored),

    start() {
      session.open = true;
      watchFor(page, () => void saving.save(true), () => void finish(true), comeBack, again);
      clock.restart();
    },

    take(event) {
      const { question, response, milliseconds, at } = event;
      const { right, index } = session.learner.answer(question, response);
      if (session.mode === "normal") backlog.add([question.id, response, milliseconds, at.getTime(), index]);
      record({ ...event, right, index });
      return right;
    },

    show() {
      for (const reader of session.readers) reader(openingOf(session, true, null));
    },
  };
  const copies = createCopies(session, backlog, page, data);
  return session;
}
