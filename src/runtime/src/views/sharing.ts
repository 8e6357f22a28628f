import { createMemory } from "../memory.ts";
import { type Kept, seal, unseal } from "../notecode.ts";
import type { Opening, PackageData, Tracker } from "../types.ts";
import { element } from "./element.ts";
import { type Notebook, statusLine } from "./notebook.ts";
import type { Say } from "./words.ts";

export interface Sharing {
  readonly nodes: readonly Node[];
  /** What the LMS holds is known now, if there is one; called again when it turns up late. */
  begin(opening: Opening): void;
}

/**
 * The learner's choice to keep the notes in the LMS too. That it is made is seen by the LMS's copy being there, on
 * every device; where the copy is gone, the choice has been taken back.
 *
 * Each sheet has a turn: a change gives it the highest number so far and one more. Of two devices' sheets the one with
 * the higher turn stands; with the same turn, the one on this device.
 */
export function createSharing(data: PackageData, notebook: Notebook, tracker: Tracker, say: Say): Sharing {
  const { room = -1 } = data;
  const memory = createMemory(window, "localStorage");
  const shelf = `${data.unit.activity}:shared`;
  const box = element("input", { type: "checkbox", class: "ds-input", id: "kp_share", "aria-describedby": "kp_who" });
  const status = statusLine();
  const choice = element(
    "div",
    { class: "share", hidden: "" },
    box,
    element("label", { for: box.id }, say("share")),
    element("p", { id: "kp_who", class: "note-where" }, say("share_who")),
    status,
  );
  const hints = [...document.querySelectorAll("[data-kept]")].map((hint) => [hint, hint.textContent] as const);
  /** The sheets as this device last handed them on. */
  let last: Kept = {};
  let sent = "";
  let begun = false;

  /** Hands the tracker what the LMS is to hold. */
  function keep(): void {
    let text = "";
    let over = 0;
    if (box.checked) {
      const now = notebook.kept();
      for (const id of Object.keys({ ...last, ...now })) {
        const value = now[id] ?? null;
        if (JSON.stringify(value) === JSON.stringify(last[id]?.[1] ?? null)) continue;
        last[id] = [Math.max(0, ...Object.values(last).map(([turn]) => turn)) + 1, value];
      }
      text = seal(last);
      memory.set(shelf, text);
      over = text.length - room;
      if (over > 0) text = seal({});
    } else memory.remove(shelf);
    for (const [hint, usual] of hints) hint.textContent = box.checked ? say("share_kept") : usual;
    status.textContent = over > 0 ? say("share_too_long", { n: over }) : "";
    if (text !== sent) tracker.keep((sent = text));
  }

  /** Takes over from another device what was written later than what stands here. */
  function receive(kept: Kept): void {
    const mine = notebook.kept();
    const news: Record<string, unknown> = {};
    last = unseal(memory.get(shelf));
    for (const [id, [turn, theirs]] of Object.entries(kept)) {
      if (turn <= (last[id]?.[0] ?? 0)) continue;
      // A text that was written here before anything was kept together is not to be lost.
      const both = !last[id] && mine[id] && theirs && mine[id] !== theirs && document.querySelector(`textarea[data-note="${id}"]`);
      news[id] = both ? `${String(theirs)}\n\n${String(mine[id])}` : theirs;
      last[id] = [turn, theirs];
    }
    notebook.take(news);
  }

  box.addEventListener("change", () => {
    last = {};
    keep();
  });
  notebook.onChange(() => box.checked && keep());

  return {
    nodes: room < 0 ? [] : [choice],
    begin({ connected, mode, notes }) {
      if (!connected || room < 0 || begun) return;
      begun = true;
      choice.hidden = mode !== "normal";
      sent = notes;
      box.checked = notes !== "";
      if (box.checked) receive(unseal(notes));
      keep();
    },
  };
}
