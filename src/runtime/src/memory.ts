/** The browser's own storage. Blocked, full or missing storage behaves like empty storage. */

export interface Memory {
  /** Something that is kept can be read again. */
  readonly works: boolean;
  get(key: string): string | null;
  /** False when it was not kept. */
  set(key: string, text: string): boolean;
  remove(key: string): void;
  keys(): string[];
}

export const PREFIX = "kurspakke:";

/** `area`: "localStorage" lives on in the browser, "sessionStorage" as long as the tab. */
export function createMemory(page: Window, area: "localStorage" | "sessionStorage"): Memory {
  // Reading the property itself throws where storage is blocked, so every step goes through here.
  const attempt = <T>(step: (storage: Storage) => T, otherwise: T): T => {
    try {
      return step(page[area]);
    } catch {
      return otherwise;
    }
  };
  const memory = {
    get: (key: string) => attempt((storage) => storage.getItem(PREFIX + key), null),
    set: (key: string, text: string) =>
      attempt((storage) => {
        storage.setItem(PREFIX + key, text);
        return true;
      }, false),
    remove: (key: string) => attempt((storage) => storage.removeItem(PREFIX + key), undefined),
    keys: () =>
      attempt(
        (storage) =>
          Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "")
            .filter((key) => key.startsWith(PREFIX))
            .map((key) => key.slice(PREFIX.length)),
        [],
      ),
  };
  const works = memory.set("?", "1");
  memory.remove("?");
  return { works, ...memory };
}
