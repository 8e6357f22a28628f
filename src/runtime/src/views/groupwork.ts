import { button, element } from "./element.ts";
import { printOnly } from "./printing.ts";
import type { Say } from "./words.ts";

/** The participants' sheet and the facilitator's guide are printed each by itself. */
export function addGroupWork(say: Say): void {
  for (const work of document.querySelectorAll<HTMLElement>("[data-component='group-work']")) {
    const print = (sheet: string, label: string): Node[] => {
      const part = work.querySelector<HTMLElement>(`[data-sheet='${sheet}']`);
      return part ? [button(label, "print", "secondary", () => printOnly(part))] : [];
    };
    const buttons = [
      ...print("participants", say("print_participants")),
      ...print("facilitator", say("print_facilitator")),
    ];
    work.append(element("div", { class: "actions" }, ...buttons));
  }
}
