/** A tracker at work in a fake window, and what it told its learner. */

import { afterEach } from "node:test";

import { createTracker } from "../../../src/runtime/src/tracker.ts";
import type { Adapter, Notice, Opening, PackageData, Tracker } from "../../../src/runtime/src/types.ts";
import { pause } from "./page.ts";
import type { FakePage } from "./page.ts";

export interface Session {
  readonly tracker: Tracker;
  readonly opening: Opening;
  readonly notices: Notice[];
  readonly page: FakePage;
}

const pages = new Set<FakePage>();

// A tracker that is left alone goes on trying for ever.
afterEach(() => {
  for (const page of pages) page.dispatchEvent(new Event("pagehide"));
  pages.clear();
});

export async function begin(
  page: FakePage,
  data: PackageData,
  adapter: (page: Window) => Adapter,
): Promise<Session> {
  pages.add(page);
  const tracker = createTracker(data, adapter(page.window), page.window);
  const notices: Notice[] = [];
  tracker.onNotice((notice) => notices.push(notice));
  const opening = await tracker.open();
  return { tracker, opening, notices, page };
}

/** Longer than the tracker waits for more before it saves. */
export function settled(): Promise<void> {
  return pause(80);
}
