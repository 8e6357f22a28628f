/** The course in its frame: as wide as a phone or a screen, as large as at 200 %, alone or beside another package. */

import { element } from "../views/element.ts";

/** Widths in CSS pixels; 0 is all there is. */
export const WIDTHS = { full: 0, phone: 320, tablet: 768, desktop: 1280 } as const;
export type Width = keyof typeof WIDTHS;
/** A4 less margins of 15 mm, at 96 pixels to the inch. */
const PAPER = 680;

export interface Stage {
  readonly node: HTMLElement;
  readonly frame: HTMLIFrameElement;
  readonly open: (address: string) => void;
  readonly beside: (address: string, title: string) => void;
  readonly size: (change: Partial<Size>) => void;
}

export interface Size {
  readonly width: Width;
  /** Twice as large, in half of the room: what a browser's zoom of 200 % does. */
  readonly zoom: boolean;
  readonly paper: boolean;
}

export function createStage(title: string, sandbox: string): Stage {
  const frame = framed(title, sandbox);
  const other = framed("", sandbox);
  const measure = element("p", { class: "measure", "aria-hidden": "true" });
  const [first, second] = [element("div", { class: "shot" }, frame), element("div", { class: "shot" }, other)];
  second.hidden = true;
  const shots = element("div", { class: "shots" }, first, second);
  const node = element("div", { class: "stage" }, shots, measure);
  let size: Size = { width: "full", zoom: false, paper: false };

  function fit(): void {
    const wanted = size.paper && size.width === "full" ? PAPER : WIDTHS[size.width];
    const fits = [first, second].filter((shot) => !shot.hidden).map((shot) => place(shot, shot === first ? frame : other, wanted, size.zoom));
    const { width, height, scale } = fits[0]!;
    measure.textContent = `${width} × ${height}${scale === 1 ? "" : `  ${Math.round(scale * 100)} %`}`;
    node.classList.toggle("narrow", wanted > 0);
  }

  new ResizeObserver(fit).observe(shots);
  return {
    node,
    frame,
    open: (address) => void (frame.src = address),
    beside: (address, name) => {
      second.hidden = address === "";
      other.title = name;
      if (address) other.src = address;
      else other.removeAttribute("src");
      shots.classList.toggle("two", address !== "");
      fit();
    },
    size: (change) => {
      size = { ...size, ...change };
      fit();
    },
  };
}

function framed(title: string, sandbox: string): HTMLIFrameElement {
  const frame = element("iframe", { title, sandbox, allow: "fullscreen; autoplay; clipboard-write" });
  return frame;
}

/** What does not fit is drawn smaller, not cut; the page's own width stays what was asked for. */
function place(shot: HTMLElement, frame: HTMLIFrameElement, wanted: number, zoom: boolean): { width: number; height: number; scale: number } {
  const room = { width: shot.clientWidth, height: shot.clientHeight };
  const outer = wanted || room.width;
  const shrink = outer > room.width && room.width > 0 ? room.width / outer : 1;
  const scale = shrink * (zoom ? 2 : 1);
  const [width, height] = [Math.round((outer * shrink) / scale), Math.round(room.height / scale)];
  frame.style.width = `${width}px`;
  frame.style.height = `${height}px`;
  frame.style.transform = scale === 1 ? "" : `scale(${scale})`;
  frame.style.left = `${Math.max(0, Math.round((room.width - width * scale) / 2))}px`;
  return { width, height, scale };
}
