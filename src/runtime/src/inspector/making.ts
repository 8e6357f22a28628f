/** Small controls of the panel, made of text alone. */

import { element } from "../views/element.ts";

export function button(label: string, press: () => void, title = ""): HTMLButtonElement {
  const made = element("button", { type: "button", ...(title ? { title } : {}) }, label);
  made.addEventListener("click", press);
  return made;
}

/** A button that stays pressed. */
export function toggle(label: string, pressed: boolean, turn: (on: boolean) => void): HTMLButtonElement {
  const made = button(label, () => {
    const on = made.getAttribute("aria-pressed") !== "true";
    made.setAttribute("aria-pressed", String(on));
    turn(on);
  });
  made.setAttribute("aria-pressed", String(pressed));
  return made;
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface Choice {
  readonly node: HTMLLabelElement;
  readonly list: HTMLSelectElement;
}

export function choice(label: string, options: readonly Option[], value: string, choose: (value: string) => void): Choice {
  const list = element("select");
  fill(list, options, value);
  list.addEventListener("change", () => choose(list.value));
  return { node: element("label", { class: "choice" }, element("span", {}, label), list), list };
}

export function fill(list: HTMLSelectElement, options: readonly Option[], value: string): void {
  list.replaceChildren(...options.map((option) => element("option", { value: option.value }, option.label)));
  list.value = value;
}

export function tick(label: string, ticked: boolean, turn: (on: boolean) => void): HTMLLabelElement {
  const box = element("input", { type: "checkbox" });
  box.checked = ticked;
  box.addEventListener("change", () => turn(box.checked));
  return element("label", { class: "tick" }, box, label);
}

export function search(label: string, typed: (text: string) => void): HTMLInputElement {
  const made = element("input", { type: "search", placeholder: label, "aria-label": label, spellcheck: "false", autocomplete: "off" });
  made.addEventListener("input", () => typed(made.value));
  return made;
}

/** Runs `act` once before the next picture is drawn, however often it is asked to. */
export function later(act: () => void): () => void {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      act();
    });
  };
}

/** A name and what it is worth, for `<dl>`. */
export function entry(name: string, ...worth: readonly (Node | string)[]): Node[] {
  return [element("dt", {}, name), element("dd", {}, ...worth)];
}

/** «12,3 kB», as the language writes it. */
export function bytes(count: number, language: string): string {
  const [divisor, unit] = count < 1000 ? [1, "B"] : count < 1e6 ? [1e3, "kB"] : [1e6, "MB"];
  return `${(count / divisor).toLocaleString(language, { maximumFractionDigits: divisor === 1 ? 0 : 1 })} ${unit}`;
}
