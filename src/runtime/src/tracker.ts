/**
 * What the learner has done, as the views tell it. The only place that decides status; adapters translate what
 * it says.
 */

import { launch } from "./launch.ts";
import { createSession } from "./session.ts";
import type { Adapter, PackageData, Tracker } from "./types.ts";

/** Milliseconds. What is not judged yet is saved when the hand rests. */
const REST = 1_000;

export function createTracker(data: PackageData, adapter: Adapter, page: Window = window): Tracker {
  const session = createSession(data, adapter, page);
  const { seen, saving, record, take, touch } = session;

  return {
    open: () => launch(session, data, adapter, page),

    visit(id: string): void {
      const { learner } = session;
      const place = learner.page(id);
      if (!place) return;
      session.page = id;
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
      const place = session.learner.question(id);
      if (!place) return false;
      const right = take({ kind: "answer", at: new Date(), ...place, response, milliseconds, right: null, index: 0 });
      // Beside an assessment a question is practice.
      session.fresh ||= right !== null && !(ASSESSMENT && place.module.assessments);
      touch(0);
      return right;
    },

    assessments: ASSESSMENT
      ? {
          paper: (id) => session.learner.sittings!.paper(id),
          begin(id) {
            session.learner.sittings!.begin(id);
            touch();
          },
          keep(id, question, response) {
            session.learner.sittings!.keep(id, question, response);
            touch(REST);
          },
          handIn(id, spent) {
            for (const question of session.learner.sittings!.handIn(id)) {
              const { module } = session.learner.question(question.id)!;
              const response = session.learner.answers.get(question.id)!;
              const milliseconds = spent.get(question.id) || 0;
              take({ kind: "answer", at: new Date(), module, question, response, milliseconds, right: null, index: 0 });
            }
            session.fresh = true;
            touch(0);
          },
        }
      : null,

    progress: () => session.learner.progress(),

    keep(notes): void {
      session.learner.keep(notes);
      touch();
    },

    watch(watching): boolean {
      const module = data.modules.find(({ id }) => watching.id.startsWith(`${id}.`));
      if (!module || !record({ kind: "media", at: new Date(), module, watching })) return false;
      saving.mention();
      return true;
    },

    onEnd: (listener) => void session.endings.push(listener),
    onNotice: session.listen,
    onNews: (reader) => void session.readers.push(reader),

    leave(): void {
      const gone = (): void => {
        if (session.back) page.location.assign(session.back);
      };
      void session.finish(false).then(gone, gone);
    },
  };
}
