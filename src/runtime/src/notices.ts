/** What the learner is told of saving, and who passes it on to them. */

import type { Notice, Unsaved } from "./types.ts";

type Listener = (notice: Notice, unsaved: Unsaved) => void;

export interface Notices {
  tell(news: Notice): void;
  /** The listener hears at once about a notice that still holds. */
  listen(listener: Listener): void;
}

export function createNotices(unsaved: () => Unsaved): Notices {
  const listeners: Listener[] = [];
  let notice: Notice | null = null;

  return {
    tell(news) {
      notice = news === "saved" || news === "connected" ? null : news;
      for (const listener of listeners) listener(news, unsaved());
    },

    listen(listener) {
      listeners.push(listener);
      if (notice) listener(notice, unsaved());
    },
  };
}
