import { createMemory } from "../memory.ts";
import type { PackageData } from "../types.ts";
import { element } from "./element.ts";
import type { Say } from "./words.ts";

/** One thing that the learner fills in for their own sake. */
export interface Sheet {
  /** Where it stands: decides the order in the download. */
  readonly place: Element;
  /** What is filled in now, as JSON; null when nothing is. */
  read(): unknown;
  /** Shows what was kept; null: nothing. Whatever stands in storage may come. */
  show(kept: unknown): void;
  /** What is filled in, as plain text with a heading. */
  text(): string;
}

type Kept = Record<string, unknown>;

export interface Notebook {
  /** Shows what is kept of a sheet. The answer is to be called after each change: `now`, or when the hand rests. */
  add(id: string, sheet: Sheet, status: Element): (now: boolean) => void;
  /** Something that the download holds too, and that is kept elsewhere; null while there is nothing to say. */
  mention(place: Element, text: () => string | null): void;
  /** No part of the unit keeps anything. */
  empty(): boolean;
  /** Something is filled in. */
  written(): boolean;
  /** The download holds something, sooner or later. */
  useful(): boolean;
  /** Everything that is filled in, also what storage refused, and what is mentioned, as plain text; or "". */
  text(): string;
  /** Forgets everything; the answer brings it back. */
  erase(): () => void;
  /** Everything that is kept, by sheet. */
  kept(): Kept;
  /** Takes over what was written elsewhere, sheet by sheet; null empties a sheet. */
  take(news: Kept): void;
  /** Called after each change that has been kept. */
  onChange(listener: () => void): void;
}


const PAUSE = 500;

/** What the learner writes, chooses and answers stays in this browser; without storage it lives until the window closes. */
export function createNotebook(data: PackageData, say: Say): Notebook {
  const storage = createMemory(window, "localStorage");
  const shelf = `${data.unit.activity}:notes`;
  const sheets = new Map<string, { readonly sheet: Sheet; readonly status: Element }>();
  const mentions: { readonly place: Element; readonly text: () => string | null }[] = [];
  let memory: Kept = {};
  let changed = (): void => undefined;

  function stored(): Kept {
    try {
      const kept: unknown = JSON.parse(storage.get(shelf) ?? "{}");
      return typeof kept === "object" && kept !== null ? { ...memory, ...(kept as Kept) } : memory;
    } catch {
      return memory;
    }
  }

  /** False when the browser will not keep it. */
  function store(kept: Kept): boolean {
    memory = kept;
    if (Object.keys(kept).length > 0) return storage.set(shelf, JSON.stringify(kept));
    storage.remove(shelf);
    return storage.works;
  }

  function fill(kept: Kept): void {
    for (const [id, { sheet, status }] of sheets) {
      sheet.show(kept[id] ?? null);
      status.textContent = "";
    }
  }

  function filled(): Kept {
    const pairs = [...sheets].map(([id, { sheet }]) => [id, sheet.read()] as const);
    return Object.fromEntries(pairs.filter(([, value]) => value !== null));
  }

  return {
    add(id, sheet, status) {
      let timer = 0;
      sheets.set(id, { sheet, status });
      sheet.show(stored()[id] ?? null);

      function keep(): void {
        window.clearTimeout(timer);
        timer = 0;
        const { [id]: _, ...others } = stored();
        const value = sheet.read();
        const kept = store(value === null ? others : { ...others, [id]: value });
        const text = kept ? (value === null ? "" : say("notes_saved")) : say("notes_not_saved");
        // The same text again would only make a screen reader repeat itself.
        if (status.textContent !== text) status.textContent = text;
        changed();
      }

      window.addEventListener("pagehide", () => timer && keep());
      return (now) => {
        window.clearTimeout(timer);
        if (now) keep();
        else timer = window.setTimeout(keep, PAUSE);
      };
    },

    mention: (place, text) => void mentions.push({ place, text }),
    empty: () => sheets.size === 0,
    useful: () => sheets.size + mentions.length > 0,
    written: () => Object.keys(filled()).length > 0,

    text() {
      const filled = [...sheets.values()].map(({ sheet }) => sheet).filter((sheet) => sheet.read() !== null);
      const written = [...filled, ...mentions].sort((a, b) =>
        a.place.compareDocumentPosition(b.place) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
      );
      const texts = written.map((each) => each.text()).filter((text) => text !== null);
      return texts.length ? [`${data.course.title}\n${data.unit.title}\n`, ...texts].join("\n----------\n\n") : "";
    },

    erase() {
      const kept = filled();
      const put = (all: Kept): void => {
        store(all);
        fill(all);
        changed();
      };
      put({});
      return () => put(kept);
    },

    kept: stored,

    take(news) {
      const all = { ...stored(), ...news };
      for (const id of Object.keys(all)) if (all[id] === null) delete all[id];
      store(all);
      for (const id of Object.keys(news)) sheets.get(id)?.sheet.show(all[id] ?? null);
    },

    onChange(listener) {
      changed = listener;
    },
  };
}

/** The line that says whether something is kept. */
export function statusLine(): HTMLElement {
  return element("p", { class: "note-status", role: "status" });
}
