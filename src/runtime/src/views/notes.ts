import type { PackageData } from "../types.ts";
import { button, element } from "./element.ts";
import { MARK, saveFile } from "./file.ts";
import { type Notebook, statusLine } from "./notebook.ts";
import type { Sharing } from "./sharing.ts";
import type { Say } from "./words.ts";

/** The fields for what the learner thinks. */
export function addNotes(notebook: Notebook): void {
  for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-note]")) {
    const status = statusLine();
    area.after(status);
    const changed = notebook.add(
      area.dataset.note ?? "",
      {
        place: area,
        read: () => (area.value.trim() ? area.value : null),
        show: (kept) => void (area.value = typeof kept === "string" ? kept : ""),
        text: () => `${document.getElementById(`${area.dataset.note}_prompt`)?.textContent?.trim()}\n\n${area.value.trim()}\n`,
      },
      status,
    );
    area.addEventListener("input", () => changed(false));
    area.addEventListener("change", () => changed(true));
  }
}

/** What can be done with all that the learner has written and answered; nothing when there is nothing to fill in. */
export function noteTools(notebook: Notebook, sharing: Sharing, data: PackageData, say: Say): Node[] {
  if (!notebook.useful()) return [];
  const status = element("span", { role: "status" });
  let restore = (): void => undefined;
  const undo = button(say("undo"), "", "secondary", () => {
    restore();
    status.textContent = say("notes_restored");
    undo.hidden = true;
    remove.focus();
  });
  undo.hidden = true;
  const fetch = button(say("download_answers"), "download", "tertiary", () => {
    const text = notebook.text();
    status.textContent = text ? "" : say("answers_none");
    if (text) saveFile(`${say("answers_file")}-${data.unit.id}.txt`, "text/plain", MARK + text);
  });
  const remove = button(say("delete_notes"), "trash", "tertiary", () => {
    if (!notebook.written()) {
      status.textContent = say("notes_none");
      return;
    }
    restore = notebook.erase();
    status.textContent = say("notes_deleted");
    undo.hidden = false;
  });
  const news = element("p", { class: "tool-status" }, status, undo);
  return notebook.empty() ? [fetch, news] : [fetch, remove, news, ...sharing.nodes];
}
