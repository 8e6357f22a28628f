import { type Notebook, statusLine } from "./notebook.ts";

/** Scales whose answer stays with the learner: kept, downloaded and deleted together with the notes. */
export function addOpinions(notebook: Notebook): void {
  for (const box of document.querySelectorAll<HTMLElement>("fieldset[data-note]")) {
    const status = statusLine();
    const inputs = [...box.querySelectorAll("input")];
    const chosen = (): HTMLInputElement | undefined => inputs.find((input) => input.checked);
    box.after(status);
    const changed = notebook.add(
      box.dataset.note ?? "",
      {
        place: box,
        read: () => chosen()?.value ?? null,
        show(kept) {
          for (const input of inputs) input.checked = input.value === kept;
        },
        text: () => `${box.querySelector("legend")?.textContent?.trim()}\n\n${chosen()?.labels?.[0]?.textContent?.trim() ?? ""}\n`,
      },
      status,
    );
    box.addEventListener("change", () => changed(true));
  }
}
