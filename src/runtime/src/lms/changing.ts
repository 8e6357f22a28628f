/** Files that have changed while the content is open: styles are swapped in place, for others the content opens again. */

export interface Position {
  readonly url: string;
  readonly x: number;
  readonly y: number;
}

const PATIENCE = 3000;

/** Swaps changed style sheets for new ones. False where that won't do. */
export async function swapStyles(content: Window, base: string, files: readonly string[]): Promise<boolean> {
  if (files.length === 0 || !files.every((name) => name.endsWith(".css"))) return false;
  const links = pages(content).flatMap((page) => Array.from(page.querySelectorAll<HTMLLinkElement>('link[rel~="stylesheet"]')));
  const pairs = files.map((file) => links.filter((link) => new URL(link.href).pathname === base + encoded(file)));
  if (pairs.some((found) => found.length === 0)) return false;
  await Promise.all(pairs.flat().map(swap));
  return true;
}

const encoded = (file: string): string => file.split("/").map(encodeURIComponent).join("/");

function swap(old: HTMLLinkElement): Promise<void> {
  return new Promise((swapped) => {
    const fresh = old.cloneNode() as HTMLLinkElement;
    const address = new URL(old.href);
    address.searchParams.set("changed", String(Date.now()));
    fresh.href = address.href;
    const done = (): void => {
      old.remove();
      swapped();
    };
    fresh.addEventListener("load", done, { once: true });
    fresh.addEventListener("error", done, { once: true });
    old.after(fresh);
  });
}

/** The documents of the content, in frames too, that can be reached. */
export function pages(content: Window): Document[] {
  try {
    const page = content.document;
    const inner = Array.from(page.querySelectorAll<HTMLIFrameElement>("iframe, frame"), ({ contentWindow }) => contentWindow);
    return [page, ...inner.flatMap((frame) => (frame ? pages(frame) : []))];
  } catch {
    return [];
  }
}

/** Where the learner stands; undefined where that can't be seen. */
export function positionOf(content: Window): Position | undefined {
  try {
    const { href } = content.location;
    return href === "about:blank" ? undefined : { url: href, x: content.scrollX, y: content.scrollY };
  } catch {
    return undefined;
  }
}

/** Scrolls there, as soon as the page is long enough, unless the learner scrolls. */
export function returnTo(content: () => Window | null, { x, y }: Position, now: () => number = () => performance.now()): void {
  const until = now() + PATIENCE;
  const step = (): void => {
    const there = content();
    if (!there || now() > until) return;
    try {
      const ready = there.document.readyState === "complete";
      if (there.document.documentElement && there.document.documentElement.scrollHeight >= y + there.innerHeight) there.scrollTo(x, y);
      if (ready && Math.abs(there.scrollY - y) < 2) return;
    } catch {
      return;
    }
    requestAnimationFrame(step);
  };
  if (x || y) step();
}
