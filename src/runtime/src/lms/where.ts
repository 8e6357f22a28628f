/** Where the content is, and what it says to the browser's console. */

import type { Link } from "./link.ts";

const EVERY = 500;
const LEVELS = ["error", "warn"] as const;

/** Tells where the content is whenever that changes. */
export function watchPlace(content: () => Window | null, link: Link): () => void {
  let before = "";
  const look = (): void => {
    try {
      const page = content()?.document;
      const now = page ? `${page.location.href}\n${page.title}` : "";
      if (!page || now === before || page.location.href === "about:blank") return;
      before = now;
      link.tell("where", { url: page.location.href, title: page.title });
    } catch {
      // Content may have gone to another origin, where nobody can look.
    }
  };
  setInterval(look, EVERY);
  return look;
}

const watched = new WeakSet<object>();

/** Tells of what the page that is there now has to say, once for each. */
export function watchMessages(content: Window, link: Link): void {
  const scope = content as Window & typeof globalThis;
  listen(scope, link);
  if (watched.has(scope.console)) return;
  watched.add(scope.console);
  for (const level of LEVELS) {
    const own = scope.console[level].bind(scope.console);
    scope.console[level] = (...given: unknown[]) => {
      link.tell("message", { level, text: given.map(text).join(" "), source: "", line: 0 });
      own(...given);
    };
  }
}

const LISTENING = "kurspakke listens";

/** Once for each document. */
function listen(scope: Window & typeof globalThis, link: Link): void {
  const page = scope.document as Document & { [LISTENING]?: true };
  if (page[LISTENING]) return;
  page[LISTENING] = true;
  scope.addEventListener("error", (event: Event) => {
    if (event instanceof scope.ErrorEvent) link.tell("message", { level: "error", text: event.message, source: event.filename, line: event.lineno });
    else link.tell("message", { level: "error", text: missing(event.target), source: scope.location.href, line: 0 });
  }, true);
  scope.addEventListener("unhandledrejection", ({ reason }) => link.tell("message", { level: "error", text: text(reason), source: "", line: 0 }));
}

function missing(target: unknown): string {
  const { src, href } = target as { src?: string; href?: string };
  return `404 ${src || href || ""}`;
}

function text(value: unknown): string {
  try {
    return value instanceof Object && "message" in value ? String(value.message) : String(value);
  } catch {
    return typeof value;
  }
}
