import { element } from "./element.ts";

/**
 * What is folded on the screen stands open on paper, and notes stand there in full length, also where the style sheet
 * alone can't see to it.
 */
export function unfoldOnPaper(): void {
  let undo: (() => void)[] = [];
  window.addEventListener("beforeprint", () => {
    undo = [...document.querySelectorAll<HTMLDetailsElement>("details.paper:not([open])")].map((fold) => {
      fold.open = true;
      return () => (fold.open = false);
    });
    for (const area of document.querySelectorAll<HTMLTextAreaElement>("textarea[data-note]")) {
      if (!area.value) continue;
      const text = element("p", { class: "paper-only note-text" }, area.value);
      area.after(text);
      area.classList.add("has-paper");
      undo.push(() => {
        text.remove();
        area.classList.remove("has-paper");
      });
    }
  });
  window.addEventListener("afterprint", () => {
    for (const back of undo) back();
    undo = [];
  });
}
