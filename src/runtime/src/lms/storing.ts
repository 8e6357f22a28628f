/** Where commits end up: with the server, or in the browser where a preview is served as mere files. */

import type { Call, Values } from "./calls.ts";
import type { Launch } from "./launch.ts";
import { createSaving, postJson, type Saving } from "./saving.ts";

export interface Terms {
  readonly launch: Launch;
  readonly calls: () => readonly Call[];
  readonly arrived: (whole: boolean) => void;
}

export function savingOf({ launch, calls, arrived }: Terms): Saving {
  if (launch.store === "browser") return inBrowser(launch, arrived);
  return createSaving({
    address: new URL("attempt", location.href).href,
    about: { learner: launch.learner.id, sco: launch.sco?.id ?? "", mode: launch.mode, session: crypto.randomUUID() },
    calls,
    post: postJson,
    told: arrived,
    after: (milliseconds, act) => setTimeout(act, milliseconds),
  });
}

/** What an earlier session has left in the browser; what the launch brings where that is kept elsewhere. */
export function keptBefore(launch: Launch): Values {
  if (launch.store !== "browser") return launch.kept;
  try {
    return JSON.parse(localStorage.getItem(keyOf(launch)) ?? "{}") as Values;
  } catch {
    return {};
  }
}

/** Keeps in the browser what the next session begins with. */
export function keepCarried(launch: Launch, carried: Values): void {
  if (launch.store !== "browser") return;
  try {
    localStorage.setItem(keyOf(launch), JSON.stringify(carried));
  } catch {
    // A browser that stores nothing: the learner's way lasts as long as the page.
  }
}

function inBrowser(launch: Launch, arrived: (whole: boolean) => void): Saving {
  return { save: () => arrived(launch.store === "browser"), flush: () => undefined };
}

function keyOf(launch: Launch): string {
  return `kurspakke-preview:${location.pathname}:${launch.sco?.id ?? ""}`;
}
