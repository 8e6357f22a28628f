/** The course and the panel side by side or one above the other, with a divider to be moved by hand or arrow keys. */

import { element } from "../views/element.ts";

export interface Split {
  readonly node: HTMLElement;
  readonly dock: (below: boolean) => void;
}

const [LEAST, MOST, STEP] = [15, 85, 2];

/** `share` is the course's share of the room in percent. */
export function createSplit(course: HTMLElement, panel: HTMLElement, label: string, share: number, moved: (share: number) => void): Split {
  const bar = element("div", { role: "separator", class: "divider", tabindex: "0", "aria-label": label, "aria-valuemin": String(LEAST), "aria-valuemax": String(MOST) });
  // A landmark is what lies in it, the divider too.
  const node = element("div", { class: "split" }, course, panel);
  panel.prepend(bar);
  const isBelow = (): boolean => getComputedStyle(node).flexDirection === "column";

  function set(wanted: number): void {
    const now = Math.min(MOST, Math.max(LEAST, Math.round(wanted)));
    node.style.setProperty("--share", `${now}%`);
    bar.setAttribute("aria-valuenow", String(now));
    moved(now);
  }

  const now = (): number => Number(bar.getAttribute("aria-valuenow"));
  bar.addEventListener("keydown", (event) => {
    const steps: Readonly<Record<string, number>> = { ArrowLeft: -STEP, ArrowUp: -STEP, ArrowRight: STEP, ArrowDown: STEP, Home: -100, End: 100 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    set(now() + step);
  });
  bar.addEventListener("pointerdown", (event) => {
    bar.setPointerCapture(event.pointerId);
    // The frame would swallow the pointer.
    node.classList.add("moving");
    const move = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top, width, height } = node.getBoundingClientRect();
      set(isBelow() ? ((clientY - top) / height) * 100 : ((clientX - left) / width) * 100);
    };
    bar.addEventListener("pointermove", move);
    bar.addEventListener("lostpointercapture", () => {
      bar.removeEventListener("pointermove", move);
      node.classList.remove("moving");
    }, { once: true });
  });
  const turn = (): void => bar.setAttribute("aria-orientation", isBelow() ? "horizontal" : "vertical");
  new ResizeObserver(turn).observe(node);
  set(share);
  return {
    node,
    dock: (below) => {
      node.classList.toggle("below", below);
      turn();
    },
  };
}
