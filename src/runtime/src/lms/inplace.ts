/**
 * A page of our own whose text has changed, shown without opening it again: the components that differ are put in the
 * place of the old ones. Only where that is all that differs, and only components that no script takes hold of; so what
 * stands there is what the page would show if it were opened anew.
 */

/** What scripts of a package take hold of, or the browser runs by itself. */
const HELD = "a[href^='http'],form,fieldset,input,textarea,select,button,audio,video,iframe,object,embed,script,style,link";
/** What styles alone look at. */
const LOOKS = new Set(["data-color", "data-kind", "data-size", "data-variant"]);
const COMPONENT = "[data-page] > [data-component]";

/** The text of each page that was opened, as it came. */
const texts = new WeakMap<Document, string>();

/** Keeps the text of the page that has just been opened; the browser still has it. */
export async function keepText(content: Window): Promise<void> {
  try {
    const page = content.document;
    if (!page.getElementById("kurspakke-data")) return;
    const text = await textOf(content, "force-cache");
    if (text) texts.set(page, text);
  } catch {
    // A page of another origin, or one that is gone again: it will be opened anew when it changes.
  }
}

/** Shows what has changed in these files of the package. False where that takes opening the page again. */
export async function showInPlace(content: Window, files: readonly string[]): Promise<boolean> {
  if (files.length === 0 || !files.every((name) => name.endsWith(".html"))) return false;
  try {
    const page = content.document;
    const before = texts.get(page);
    const text = before && (await textOf(content, "no-cache"));
    // Equal: it had changed before its text was kept, so what is shown may be older still.
    if (!text || text === before || content.document !== page || isSearching(page)) return false;
    if (!replaced(page, before, text)) return false;
    texts.set(page, text);
    return true;
  } catch {
    return false;
  }
}

async function textOf({ location }: Window, cache: RequestCache): Promise<string> {
  const answer = await fetch(location.href.replace(/#.*$/, ""), { cache });
  return answer.ok ? answer.text() : "";
}

/** Whether hits are shown of what was there. */
function isSearching(page: Document): boolean {
  return page.querySelector<HTMLInputElement>("#kp_search")?.value !== "";
}

/** Makes `page`, which came as `before`, what `after` would be; false where components are not all that differs. */
export function replaced(page: Document, before: string, after: string): boolean {
  const [old, fresh] = [before, after].map((text) => new DOMParser().parseFromString(text, "text/html")) as [Document, Document];
  const plain = takePlain(old);
  const wanted = takeSections(page, fresh, plain);
  takePlain(fresh);
  if (!wanted || old.documentElement.outerHTML !== fresh.documentElement.outerHTML) return false;
  for (const [section, parts] of wanted) arrange(section, parts);
  return true;
}

/** What each page is to hold: what it holds already where that is right, and new components. Undefined where something is not there. */
function takeSections(page: Document, fresh: Document, plain: ReadonlyMap<string, string>): Map<Element, Element[]> | undefined {
  const wanted = new Map<Element, Element[]>();
  for (const { id } of fresh.querySelectorAll("[data-page]")) {
    const section = page.getElementById(id);
    if (!section) return undefined;
    const nameless = Array.from(section.children).filter((child) => !child.id);
    const parts = Array.from(fresh.getElementById(id)!.children, (part) => {
      const there = part.id ? page.getElementById(part.id) : nameless.shift();
      return isPlain(part) && part.outerHTML !== plain.get(part.id) ? page.importNode(part, true) : there;
    });
    if (!parts.every((part) => part && (part.parentNode === section || !part.isConnected))) return undefined;
    wanted.set(section, parts as Element[]);
  }
  return wanted;
}

/** Takes the plain components out of a page that is not shown: what each was, by its id. */
function takePlain(page: Document): ReadonlyMap<string, string> {
  const parts = Array.from(page.querySelectorAll(COMPONENT)).filter(isPlain);
  for (const part of parts) {
    if (!part.nextSibling?.textContent?.trim()) part.nextSibling?.remove();
    part.remove();
  }
  return new Map(parts.map((part) => [part.id, part.outerHTML]));
}

function isPlain(part: Element): boolean {
  return part.matches(COMPONENT) && !part.querySelector(HELD) && Array.from(part.querySelectorAll("*")).every(isInert);
}

function isInert({ attributes }: Element): boolean {
  return Array.from(attributes).every(({ name }) => !name.startsWith("on") && (!name.startsWith("data-") || LOOKS.has(name)));
}

/** What stays is not taken out, and moved only where the order is another: films play on, and folds stay open. */
function arrange(section: Element, parts: readonly Element[]): void {
  for (const child of Array.from(section.children)) if (!parts.includes(child)) child.remove();
  let at = section.firstElementChild;
  for (const part of parts) {
    if (part === at) at = part.nextElementSibling;
    else section.insertBefore(part, at);
  }
}
