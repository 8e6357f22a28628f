import type { PackageData } from "../types.ts";
import { button, element } from "./element.ts";
import type { Say } from "./words.ts";

export interface Notes {
  /** Buttons to download and delete; empty when the unit asks for no notes. */
  tools(): Node[];
}

type Kept = Record<string, string>;

const PAUSE = 500;

/** What the learner writes stays in this browser; without storage it lives until the window closes. */
export function notesView(data: PackageData, say: Say): Notes {
  const shelf = `kurspakke:${data.unit.activity}:notes`;
  const areas = [...document.querySelectorAll<HTMLTextAreaElement>("textarea[data-note]")];
  let memory: Kept = {};

  function read(): Kept {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(shelf) ?? "{}");
      return typeof stored === "object" && stored !== null ? { ...memory, ...(stored as Kept) } : memory;
    } catch {
      return memory;
    }
  }

  /** False when the browser will not keep it. */
  function write(notes: Kept): boolean {
    memory = notes;
    try {
      if (Object.keys(notes).length > 0) localStorage.setItem(shelf, JSON.stringify(notes));
      else localStorage.removeItem(shelf);
      return true;
    } catch {
      return false;
    }
  }

  for (const area of areas) watch(area);

  function watch(area: HTMLTextAreaElement): void {
    const id = area.dataset.note ?? "";
    const status = element("p", { class: "note-status", role: "status" });
    let timer = 0;
    area.after(status);
    area.value = read()[id] ?? "";

    function keep(): void {
      window.clearTimeout(timer);
      timer = 0;
      const { [id]: _, ...others } = read();
      const saved = write(area.value.trim() ? { ...others, [id]: area.value } : others);
      const text = saved ? (area.value.trim() ? say("notes_saved") : "") : say("notes_not_saved");
      // The same text again would only make a screen reader repeat itself.
      if (status.textContent !== text) status.textContent = text;
    }

    area.addEventListener("input", () => {
      window.clearTimeout(timer);
      timer = window.setTimeout(keep, PAUSE);
    });
    area.addEventListener("change", keep);
    window.addEventListener("pagehide", () => timer && keep());
  }

  function fill(notes: Kept): void {
    for (const area of areas) {
      area.value = notes[area.dataset.note ?? ""] ?? "";
      const status = area.nextElementSibling;
      if (status) status.textContent = "";
    }
  }

  /** Everything that is written, also what storage refused, as plain text. */
  function text(): string {
    const written = areas.filter((area) => area.value.trim());
    const parts = written.map((area) => `${prompt(area)}\n\n${area.value.trim()}\n`);
    return [`${data.course.title}\n${data.unit.title}\n`, ...parts].join("\n----------\n\n");
  }

  function prompt(area: HTMLElement): string {
    return document.getElementById(`${area.dataset.note}_prompt`)?.textContent?.trim() ?? "";
  }

  function download(): void {
    // The mark at the front lets older editors see that the text is UTF-8.
    const address = URL.createObjectURL(new Blob(["\uFEFF", text()], { type: "text/plain;charset=utf-8" }));
    element("a", { href: address, download: `${say("notes_file")}-${data.unit.id}.txt` }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  function tools(): Node[] {
    if (areas.length === 0) return [];
    const status = element("span", { role: "status" });
    let deleted: Kept = {};
    const written = (): boolean => areas.some((area) => area.value.trim() !== "");
    const undo = button(say("undo"), "", "secondary", () => {
      write(deleted);
      fill(deleted);
      status.textContent = say("notes_restored");
      undo.hidden = true;
      remove.focus();
    });
    undo.hidden = true;
    const fetch = button(say("download_notes"), "download", "tertiary", () => {
      status.textContent = written() ? "" : say("notes_none");
      if (written()) download();
    });
    const remove = button(say("delete_notes"), "trash", "tertiary", () => {
      if (!written()) {
        status.textContent = say("notes_none");
        return;
      }
      deleted = Object.fromEntries(areas.map((area) => [area.dataset.note ?? "", area.value]).filter(([, value]) => value));
      write({});
      fill({});
      status.textContent = say("notes_deleted");
      undo.hidden = false;
    });
    return [fetch, remove, element("p", { class: "tool-status" }, status, undo)];
  }

  return { tools };
}
