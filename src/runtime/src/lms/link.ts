/** Messages between the LMS page and the inspector that frames it, by the origin that the launch names. */

export interface Link {
  readonly tell: (kind: string, more?: object) => void;
}

export type Handlers = Readonly<Record<string, (message: Readonly<Record<string, unknown>>) => void>>;

/** `handlers` by the kind of message. Without a frame around the page nothing is told, and nobody is listened to. */
export function createLink(page: Window, inspector: string, handlers: Handlers): Link {
  const parent = page.parent;
  if (parent === page) return { tell: () => undefined };
  const known = new Map(Object.entries(handlers));
  page.addEventListener("message", ({ origin, source, data }: MessageEvent<unknown>) => {
    if (origin !== inspector || source !== parent || !isOurs(data)) return;
    known.get(data.kind)?.(data);
  });
  return { tell: (kind, more = {}) => parent.postMessage({ kurspakke: 1, kind, ...more }, inspector) };
}

function isOurs(data: unknown): data is Readonly<Record<string, unknown>> & { readonly kind: string } {
  const message = data as Record<string, unknown> | null;
  return typeof message === "object" && message?.["kurspakke"] === 1 && typeof message["kind"] === "string";
}

/** The strings in a list that a message holds; none where it holds no list. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}
