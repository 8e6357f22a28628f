/** The content in its frame, or in a window of its own: opening it, leaving it, and where it is. */

import type { Screen } from "./screen.ts";
import type { Temperament } from "./temperament.ts";
import type { Texts } from "./texts.ts";

const LEAVING = 2000;

export interface Content {
  /** Opens an address; a session has to be ready for it. */
  readonly open: (url: string) => void;
  /** Leaves it as most LMSs do: the frame is given another page. Comes back when it is gone. */
  readonly leave: () => Promise<void>;
  /** Takes it out of the page, which gives it its last events at once; false where that can't be done. */
  readonly remove: () => boolean;
  /** Takes it away at once, without a word to it. */
  readonly kill: () => void;
  readonly window: () => Window | null;
}

export interface Terms {
  readonly page: Document;
  readonly screen: Screen;
  readonly texts: Texts;
  readonly opens: Temperament["opens"];
  readonly unload: Temperament["unload"];
  /** A window that content is about to come into, before its own scripts run where the browser allows that. */
  readonly entered: (content: Window) => void;
  readonly loaded: (content: Window) => void;
}

export function createContent(terms: Terms): Content {
  return terms.opens === "window" ? inWindow(terms) : inFrame(terms);
}

function inFrame({ page, screen, texts, unload, entered, loaded }: Terms): Content {
  let frame: HTMLIFrameElement | undefined;

  function fresh(): HTMLIFrameElement {
    const made = page.createElement("iframe");
    made.id = "content";
    made.title = texts.course;
    made.allow = `autoplay; fullscreen; clipboard-write; unload ${unload === "blocked" ? "'none'" : "'self'"}`;
    screen.place.replaceChildren(made);
    return made;
  }

  return {
    open: (url) => {
      frame = fresh();
      const inner = frame.contentWindow!;
      entered(inner);
      frame.addEventListener("load", () => frame?.contentWindow && loaded(frame.contentWindow));
      inner.location.replace(url);
    },
    leave: () =>
      new Promise((left) => {
        const leaving = frame;
        if (!leaving?.contentWindow) return left();
        frame = undefined;
        const gone = (): void => left();
        leaving.addEventListener("load", gone, { once: true });
        setTimeout(gone, LEAVING);
        leaving.contentWindow.location.replace("about:blank");
      }),
    remove: () => {
      frame?.remove();
      frame = undefined;
      return true;
    },
    kill: () => {
      if (frame?.contentWindow) silence(frame.contentWindow);
      frame?.remove();
      frame = undefined;
    },
    window: () => frame?.contentWindow ?? null,
  };
}

function inWindow({ page, screen, texts, entered, loaded }: Terms): Content {
  const home = page.defaultView!;
  let popup: Window | null = null;

  function open(url: string): void {
    screen.note(texts.opensInWindow, texts.openWindow, () => {
      popup = home.open(url, "kurspakke-content", "popup,width=1100,height=760");
      if (!popup) return screen.note(texts.blocked, texts.openWindow, () => open(url));
      entered(popup);
      popup.addEventListener("load", () => popup && loaded(popup));
    });
  }

  return {
    open,
    leave: async () => {
      popup?.close();
      popup = null;
      await new Promise((gone) => setTimeout(gone, 100));
    },
    remove: () => false,
    kill: () => {
      if (popup) silence(popup);
      popup?.close();
      popup = null;
    },
    window: () => (popup?.closed ? null : popup),
  };
}

/** A page that is killed gets no events and sends nothing. */
function silence(content: Window): void {
  try {
    const scope = content as Window & typeof globalThis;
    for (const event of ["beforeunload", "pagehide", "unload", "visibilitychange"]) {
      for (const target of [content, content.document]) target.addEventListener(event, (each) => each.stopImmediatePropagation(), { capture: true });
    }
    scope.fetch = () => new Promise(() => undefined);
    scope.XMLHttpRequest.prototype.send = () => undefined;
    scope.navigator.sendBeacon = () => true;
    content.document.querySelectorAll("iframe, frame").forEach((inner) => {
      const within = (inner as HTMLIFrameElement).contentWindow;
      if (within) silence(within);
    });
  } catch {
    // A page of another origin can't be reached, and knows no API either.
  }
}
