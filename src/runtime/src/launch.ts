/** How a session begins: with the other side at once, with the browser alone, or with an LMS that turns up late. */

import { webAdapter } from "./adapters/web.ts";
import { createLearner } from "./learner.ts";
import { openingOf } from "./opening.ts";
import type { Session } from "./session.ts";
import type { Adapter, Connection, Opening, PackageData } from "./types.ts";

const NOBODY: Connection = {
  connected: false,
  notice: "no-lms",
  mode: "normal",
  state: null,
  page: null,
  status: null,
};

/** Finds the other side and takes up the thread; as `Tracker.open`. */
export async function launch(session: Session, data: PackageData, given: Adapter, page: Window): Promise<Opening> {
  /** The LMS has turned up after all: what was done meanwhile is added to what it holds. */
  function connect(connection: Connection): void {
    const events = session.waiting ?? [];
    const before = session.learner.resumed() ? null : session.report().state;
    session.waiting = null;
    session.adapter = given;
    session.learner = createLearner(data);
    session.restore(connection, [connection.state]);
    const resumed = session.learner.resumed();
    // Of this sitting and no other: attempts at assessments are in it too.
    if (before) session.learner.merge(before);
    given.begin(session.report(), resumed, true);
    for (const event of events) {
      if (event.kind === "answer") session.take(event);
      if (event.kind !== "page") continue;
      session.learner.visit(event.page);
      session.record(event);
    }
    session.tell("connected");
    session.show();
    session.touch();
  }

  const connection = await given.connect(data).catch(() => NOBODY);
  const stored = [connection.state];
  if (connection.notice) session.tell(connection.notice);
  if (!connection.connected && data.format !== "web") {
    session.adapter = webAdapter(page);
    stored.push((await session.adapter.connect(data)).state);
    if (SCORM) session.waiting = [];
  }
  const start = session.restore(connection, stored);
  const { learner } = session;
  session.page = start ?? "";
  session.start();
  session.adapter.begin(session.report(), learner.resumed(), learner.news());
  session.touch();
  if (SCORM && session.waiting) {
    void given.late?.().then((found) => {
      if (found && session.open) connect(found);
      session.waiting = null;
    });
  }
  return { ...openingOf(session, connection.connected, start), muted: connection.muted ?? false };
}
