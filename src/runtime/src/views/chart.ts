import type { Row, Score } from "../scoring.ts";
import { element } from "./element.ts";

const SVG = "http://www.w3.org/2000/svg";
/** Of a staircase, in em: it grows with the reader's text. */
const HEIGHT = 9;

/** Steps that rise; each is filled as far as it is mastered, and a line shows the ambition. Its numbers stand in a table. */
export function staircase(rows: readonly Row[], tell: (score: Score) => string): SVGElement {
  const width = 100 / rows.length;
  const parts = rows.flatMap(({ now, ambition }, at) => {
    const [left, tall] = [at * width, (HEIGHT * (at + 1)) / rows.length];
    const top = 1.4 + HEIGHT - tall;
    const box = (share: number, kind: string): SVGElement => {
      const height = (tall * share) / 100;
      return shape("rect", { class: kind, x: `${left + 1}%`, y: `${top + tall - height}em`, width: `${width - 2}%`, height: `${height}em` });
    };
    const text = (words: string, y: number): SVGElement => {
      const made = shape("text", { x: `${left + width / 2}%`, y: `${y}em`, "text-anchor": "middle" });
      made.textContent = words;
      return made;
    };
    const parts = [box(100, "chart-all"), text(String(at + 1), HEIGHT + 2.6)];
    if (now) parts.push(box(now.percent, "chart-now"), text(tell(now), top - 0.35));
    if (ambition) {
      const y = `${top + tall - (tall * ambition.percent) / 100}em`;
      parts.push(...mark({ x1: `${left + 1}%`, x2: `${left + width - 1}%`, y1: y, y2: y }));
    }
    return parts;
  });
  return drawing(HEIGHT + 3, parts);
}

/** A bar for each row under its name; a line shows the ambition. */
export function profile(rows: readonly Row[], titles: ReadonlyMap<string, string>): HTMLElement {
  const bars = rows.flatMap(({ id, now, ambition }) => {
    const parts = [shape("rect", { class: "chart-all", width: "100%", height: "1em" })];
    if (now) parts.push(shape("rect", { class: "chart-now", width: `${now.percent}%`, height: "1em" }));
    const x = `${ambition?.percent}%`;
    if (ambition) parts.push(...mark({ x1: x, x2: x, y1: "-0.2em", y2: "1.2em" }));
    return [element("p", {}, titles.get(id) ?? id), drawing(1, parts)];
  });
  return element("div", { "aria-hidden": "true" }, ...bars);
}

/** A line with a rim, so that it is seen on every ground. */
function mark(ends: Readonly<Record<string, string>>): SVGElement[] {
  return ["chart-rim", "chart-ambition"].map((kind) => shape("line", { class: kind, ...ends }));
}

function drawing(height: number, parts: readonly SVGElement[]): SVGElement {
  const made = shape("svg", { class: "chart", width: "100%", height: `${height}em`, "aria-hidden": "true" });
  made.append(...parts);
  return made;
}

function shape(tag: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const made = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
