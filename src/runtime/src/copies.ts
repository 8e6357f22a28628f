/**
 * What this browser knows of the learner beside what the other side keeps: this tab, other windows that are at
 * work, and sessions that ended before all was saved.
 */

import type { Backlog } from "./backlog.ts";
import { fnv1a } from "./hash.ts";
import type { Copy } from "./kept.ts";
import { createMemory } from "./memory.ts";
import { judged } from "./score.ts";
import type { Session } from "./session.ts";
import type { Connection, PackageData, Unsaved } from "./types.ts";

export interface Copies {
  /** Takes in what other windows have kept, whether or not this one has heard of it yet. */
  catchUp(): void;
  /** Keeps the state until it is saved. */
  keep(state: string): Unsaved;
  /** Takes up the thread; returns the id of the page to open. `stored`: states on the other side. */
  restore(connection: Connection, stored: readonly (string | null)[]): string | null;
}

export function createCopies(session: Session, backlog: Backlog, page: Window, data: PackageData): Copies {
  const tab = createMemory(page, "sessionStorage");
  // cmi5 and xAPI launches differ in their query string, so one tab never mixes two of them up.
  const name = `${data.unit.activity}#${fnv1a(page.location.search)}`;

  /** Another window of this learner is at work. */
  function hear(other: Copy): void {
    const joined = session.learner.join(other, backlog.saved());
    if (joined === null) return;
    backlog.saved(other.saved);
    const size = backlog.size();
    repeat(other);
    session.show();
    // What this window saved without it may have taken its place; and the other hears that there is this one.
    if (joined || backlog.size() > size) session.touch();
  }

  /** Reports what another window or an earlier session may not have reported. */
  function repeat({ answers }: Copy): void {
    for (const answer of answers) {
      const [id, response, milliseconds, at, index] = answer;
      const place = session.learner.question(id);
      if (!place || !Array.isArray(response) || !backlog.add(answer)) continue;
      const right = judged(place.question, response);
      session.adapter.repeat?.({ kind: "answer", at: new Date(at), ...place, response, right, milliseconds, index });
    }
  }

  /**
   * Fewer answers have come to the other side than were reported: some were in a commit that was called saved and
   * lost. Which, nobody knows, so all are reported once more. None at all tells nothing: many never count.
   */
  function recount(): void {
    const { learner, adapter } = session;
    let index = (learner.resumed() && !backlog.size() && adapter.rows?.()) || 0;
    if (!index || !learner.recount(index)) return;
    for (const [id, response] of learner.answers) {
      if (ASSESSMENT && learner.sittings!.asks(id)) continue;
      const place = learner.question(id)!;
      const right = judged(place.question, response);
      adapter.record({ kind: "answer", at: new Date(), ...place, response, right, milliseconds: 0, index: index++ });
    }
  }

  return {
    catchUp() {
      if (SCORM) backlog.found().forEach(hear);
    },

    keep(state) {
      tab.set(name, state);
      return backlog.keep(state);
    },

    restore(connection, stored) {
      session.mode = connection.mode;
      session.back = connection.back;
      const { learner } = session;
      const own = tab.get(name);
      const copies: Copy[] = own ? [{ state: own, saved: true, answers: [] }] : [];
      if (!WEB) copies.push(...backlog.open(connection.kept ?? null, stored.some(Boolean), hear));
      const start = learner.restore(stored, copies, connection);
      if (SCORM) {
        copies.filter(learner.knows).forEach(repeat);
        if (session.mode === "normal") recount();
      }
      return start ?? (learner.page(connection.page ?? "") ? connection.page : null);
    },
  };
}
