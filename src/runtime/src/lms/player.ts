/** Plays one part of a package: a session with the LMS and the content before it, opened, left, killed and opened again. */

import type { Call, Values } from "./calls.ts";
import { positionOf, returnTo, swapStyles, type Position } from "./changing.ts";
import type { Content } from "./content.ts";
import { showInPlace } from "./inplace.ts";
import { temperamentOf, type Launch } from "./launch.ts";
import type { Link } from "./link.ts";
import { isForLrs, relaunched } from "./relaunching.ts";
import { plain } from "./saving.ts";
import type { Screen } from "./screen.ts";
import { seen } from "./seen.ts";
import { beginSession, type Session } from "./session.ts";
import { standardOf } from "./standards.ts";
import { keptBefore } from "./storing.ts";
import type { Texts } from "./texts.ts";
import { LATENESS, type Troubles } from "./trouble.ts";

export interface Player {
  readonly begin: () => void;
  /** Ends the session as the learner leaves the content. */
  readonly end: () => Promise<void>;
  /** Ends it and opens the content again, where the learner was if that is wanted. */
  readonly again: (stay: boolean) => Promise<void>;
  /** These files of the package have changed. */
  readonly change: (files: readonly string[]) => Promise<void>;
  /** The tab is gone, and nobody was told. */
  readonly kill: () => void;
  readonly replay: (calls: readonly unknown[]) => void;
  readonly flush: () => void;
}

export interface Terms {
  readonly home: Window;
  readonly launch: Launch;
  readonly content: Content;
  readonly screen: Screen;
  readonly texts: Texts;
  readonly troubles: Troubles;
  readonly link: Link;
}

export function createPlayer({ home, launch: first, content, screen, texts, troubles, link }: Terms): Player {
  let launch = first;
  let kept: Values = keptBefore(launch);
  let session: Session | undefined;
  let telling = false;

  /** Gives the window the API of a new session, if the package speaks with its LMS by one, and opens the content. */
  function begin(url = launch.sco?.url): void {
    if (url === undefined) return screen.note(texts.notHere);
    const standard = standardOf(launch);
    if (standard) {
      const mine = beginSession({ standard, launch, kept, troubles, called: (call) => noted(mine, plain(call)), arrived: (whole) => link.tell("saved", { whole }) });
      session = mine;
      provide(mine);
    }
    content.open(new URL(url, home.location.href).href);
  }

  function provide(mine: Session): void {
    const give = (): void => {
      if (mine === session) Object.assign(home, { [mine.apiName]: mine.api });
    };
    if (troubles.has("api-missing")) return;
    if (troubles.has("api-late")) setTimeout(give, LATENESS);
    else give();
  }

  function noted(mine: Session, call: Call): void {
    link.tell("call", { call });
    tellValues();
    if (!mine.finished() || call.answer !== "true") return;
    screen.mark(mine.status());
    link.tell("done", { finished: true });
  }

  /** Once for all the calls that content makes in a row. */
  function tellValues(): void {
    if (telling) return;
    telling = true;
    setTimeout(() => {
      telling = false;
      if (session) link.tell("values", { values: session.values(), committed: session.committed(), seen: seenNow(session) });
    }, 0);
  }

  /** What the LMS's reports would show now. */
  function seenNow(mine: Session): object | null {
    if (launch.kind !== "scorm12") return null;
    const { status, score, why } = seen(mine.committed(), mine.finished(), temperamentOf(launch));
    return { status, score: score ?? null, why: why.map((each) => each[launch.language]) };
  }

  async function end(): Promise<void> {
    await content.leave();
    if (session) close(session);
  }

  function close(mine: Session): void {
    kept = mine.carried();
    Reflect.deleteProperty(home, mine.apiName);
    session = undefined;
  }

  async function again(stay: boolean): Promise<void> {
    const inner = content.window();
    const position = stay && inner ? positionOf(inner) : undefined;
    await end();
    const fresh = await relaunched(launch);
    launch = fresh ?? launch;
    begin(fresh ? withPlace(fresh, position) : position?.url);
    if (position) returnTo(content.window, position);
  }

  /** The same for whoever writes the content and waits to see it; an LRS hears of a session's end before the next begins. */
  async function anew(): Promise<void> {
    const inner = content.window();
    const position = inner ? positionOf(inner) : undefined;
    if (isForLrs(launch) || !content.remove()) return again(true);
    if (session) close(session);
    begin(position?.url);
    if (position) returnTo(content.window, position);
  }

  async function change(files: readonly string[]): Promise<void> {
    const began = performance.now();
    const inner = content.window();
    if (!inner) return;
    const base = new URL(`/content/${launch.package}/`, home.location.href).pathname;
    const how = (await swapStyles(inner, base, files)) ? "style" : (await showInPlace(inner, files)) ? "text" : "reload";
    if (how === "reload") await anew();
    link.tell("changed", { how, ms: performance.now() - began });
  }

  function kill(): void {
    session?.kill();
    content.kill();
    if (session) close(session);
    screen.note(texts.killed, texts.openAgain, () => void again(false));
    link.tell("done", { finished: false });
  }

  function replay(calls: readonly unknown[]): void {
    const api = new Map(Object.entries(session?.api ?? {}));
    for (const each of calls) {
      const { name, given } = each as { name?: unknown; given?: unknown };
      api.get(String(name))?.(...(Array.isArray(given) ? (given as unknown[]) : []));
    }
  }

  return { begin: () => begin(), end, again, change, kill, replay, flush: () => session?.flush() };
}

/** A fresh launch's address, at the place of the page where the learner was. */
function withPlace({ sco }: Launch, position: Position | undefined): string | undefined {
  if (!sco || !position) return sco?.url;
  return sco.url.replace(/#.*$/, "") + (new URL(position.url).hash || (/#.*$/.exec(sco.url)?.[0] ?? ""));
}
