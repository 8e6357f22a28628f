/** The talk with the LMS page in the frame: by its origin and its window, and in the shapes of messages.ts alone. */

import { messageIn, type Call, type Message } from "./messages.ts";

export type Order =
  | { readonly kind: "trouble"; readonly on: readonly string[] }
  | { readonly kind: "open"; readonly sco: string }
  | { readonly kind: "axe" }
  | { readonly kind: "show"; readonly target: readonly string[] }
  | { readonly kind: "replay"; readonly calls: readonly Pick<Call, "name" | "given">[] }
  | { readonly kind: "change"; readonly files: readonly string[] };

export interface Link {
  readonly send: (order: Order) => void;
}

export function createLink(page: Window, frame: HTMLIFrameElement, origin: string, heard: (message: Message) => void): Link {
  page.addEventListener("message", (event: MessageEvent<unknown>) => {
    if (event.origin !== origin || event.source === null || event.source !== frame.contentWindow) return;
    const message = messageIn(event.data);
    if (message) heard(message);
  });
  return { send: (order) => frame.contentWindow?.postMessage({ kurspakke: 1, ...order }, origin) };
}
