import { place } from "./element.ts";
import type { Stop } from "./itinerary.ts";

/** A piece of the document's text, with the heading it stands under and the part that an address leads to. */
export interface Passage {
  /** Id of the part. */
  id: string;
  /** What the page is called. */
  title: string;
  /** Where the page stands; none for what is always open. */
  stop: Stop | undefined;
  heading: string;
  text: string;
}

const HEADING = "h1,h2,h3,h4,dt,summary";
const PART = "details [id],[data-component],[id^=kp_term_],[data-page],[data-module]";
/** Words of the interface, and what a search must not tell: answers, results, all of an assessment but its title. */
const SKIP =
  "video,audio,button,select,noscript,span.kind,.ds-tag,.ds-sr-only,.eyebrow,[class*=facts],.note-where," +
  "form .hint,[role=status],[data-answer],.option-note,[data-formula],.survey-result,.paper-list,.paper-only," +
  "[data-component=assessment]>:not(h3)";

/** The text of an element in the order it is read. */
export function passagesOf(root: string, title: string, stop?: Stop): readonly Passage[] {
  const found: Passage[] = [];
  const walker = document.createTreeWalker(place(root), 5, (node) => (node instanceof Element && node.matches(SKIP) ? 2 : 1));
  let now: Passage = { id: "", title, stop, heading: "", text: "" };
  let last: Element | null = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!(node instanceof Text)) continue;
    const head = node.parentElement!.closest(HEADING);
    const part = node.parentElement!.closest(PART);
    if (part && node.data.trim() && (head ? head !== last : part.id !== now.id)) {
      now = { ...now, id: part.id, heading: head ? "" : now.heading, text: "" };
      found.push(now);
    }
    now[head ? "heading" : "text"] += node.data;
    last = head ?? last;
  }
  return found.map((passage) => ({ ...passage, heading: tidy(passage.heading), text: tidy(passage.text) }));
}

/** One line, each letter one sign. */
export function tidy(text: string): string {
  return text.normalize("NFC").replace(/\s+/g, " ").trim();
}

/** As letters are compared: without capitals and accents, but æ, ø and å are letters of their own. As long as `text`. */
export function plain(text: string): string {
  return text.replace(/[^ -~\xc5\xc6\xd8\xe5\xe6\xf8]/g, (letter) => letter.normalize("NFD").charAt(0)).toLowerCase();
}
