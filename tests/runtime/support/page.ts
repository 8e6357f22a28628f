/** A browser window, as far as the tracker looks at one. */

export class FakeStorage {
  readonly items = new Map<string, string>();
  get length(): number {
    return this.items.size;
  }
  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null;
  }
  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.items.set(key, String(value));
  }
  removeItem(key: string): void {
    this.items.delete(key);
  }
}

class FakeDocument extends EventTarget {
  visibilityState = "visible";
}

export class FakePage extends EventTarget {
  readonly document = new FakeDocument();
  readonly location: { search: string; gone: string | null; assign(address: string): void };
  parent: unknown = this;
  opener: unknown = null;
  API: unknown = undefined;
  localStorage = new FakeStorage();
  sessionStorage = new FakeStorage();

  constructor(search = "") {
    super();
    const location = {
      search,
      gone: null as string | null,
      assign: (address: string) => void (location.gone = address),
    };
    this.location = location;
  }

  /** The page loaded anew in the same tab, or opened again later in the same browser. */
  again(change: { search?: string; sameTab?: boolean } = {}): FakePage {
    const next = new FakePage(change.search ?? this.location.search);
    next.localStorage = this.localStorage;
    if (change.sameTab) next.sessionStorage = this.sessionStorage;
    next.parent = this.parent === this ? next : this.parent;
    next.opener = this.opener;
    next.API = this.API;
    return next;
  }

  hide(): void {
    this.document.visibilityState = "hidden";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  show(): void {
    this.document.visibilityState = "visible";
    this.document.dispatchEvent(new Event("visibilitychange"));
  }

  go(): void {
    this.hide();
    this.dispatchEvent(new Event("pagehide"));
  }

  back(): void {
    this.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
    this.show();
  }

  get window(): Window {
    return this as unknown as Window;
  }
}

/** A window of another origin: nothing but its relatives can be seen. */
export function foreign(parent: unknown): object {
  return new Proxy(
    { parent },
    {
      get(target, name) {
        if (name === "parent") return target.parent;
        throw new DOMException("Blocked a frame from accessing a cross-origin frame.", "SecurityError");
      },
    },
  );
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until something holds; says what did not. */
export async function until(what: string, holds: () => boolean, limit = 3000): Promise<void> {
  const end = performance.now() + limit;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not within ${limit} ms: ${what}`);
    await pause(5);
  }
}
