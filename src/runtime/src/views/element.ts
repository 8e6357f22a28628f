/** Elements made without markup in strings: nothing a course or a learner writes can turn into markup. */

const SVG = "http://www.w3.org/2000/svg";

export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A drawing from the sprite of the document template. */
export function icon(name: string): SVGElement {
  const made = document.createElementNS(SVG, "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#kp_i_${name}`);
  made.append(use);
  return made;
}

/** `variant` as in the design system; "" is the filled one. */
export function button(
  label: string,
  drawing: string,
  variant: "" | "secondary" | "tertiary",
  press: () => void,
): HTMLButtonElement {
  const made = element("button", { type: "button", class: "ds-button" }, ...(drawing ? [icon(drawing)] : []), label);
  if (variant) made.dataset.variant = variant;
  made.addEventListener("click", press);
  return made;
}

/** A button with a drawing alone; what it does is read out. */
export function tool(drawing: string, label: string, press: () => void): HTMLButtonElement {
  const made = button("", drawing, "tertiary", press);
  made.setAttribute("aria-label", label);
  return made;
}

/** The element that the template promises; a template of a course's own may have left it out. */
export function place(id: string): HTMLElement {
  return document.getElementById(id) ?? element("div");
}

/** A link to a part of the document, or, where that is not open yet, a text in the link's place. */
export function lead(link: HTMLElement, id: string, locked: ReadonlySet<string>): void {
  const address = locked.has(id) ? null : `#${id}`;
  // Touched only when it changes: a long menu is looked through at every step.
  if (address === link.getAttribute("href")) return;
  if (address) link.setAttribute("href", address);
  else link.removeAttribute("href");
}
