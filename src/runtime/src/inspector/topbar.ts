/** The uppermost line: where one is, and the other variants of the same content. */

import { element } from "../views/element.ts";
import type { Context } from "./context.ts";
import { choice } from "./making.ts";
import { ASPECTS, aspectOf, FORMATS, nameOf, nearest, worthsOf, type Aspect } from "./variants.ts";

export function createTopbar(context: Context, ...ends: readonly HTMLElement[]): HTMLElement {
  const { inspection, say } = context;
  const query = inspection.language === "en" ? "?lang=en" : "";
  const home = element("a", { class: "brand", href: `/${query}`, title: say("all") }, "kurspakke");
  const title = element("h1", {}, inspection.title, element("span", { class: "kind" }, FORMATS[inspection.kind] ?? inspection.kind));
  const choices = ASPECTS.flatMap((aspect) => variant(context, aspect, query));
  return element("header", { class: "topbar" }, home, title, element("div", { class: "group" }, ...choices), element("div", { class: "group ends" }, ...ends));
}

function variant({ inspection, say }: Context, aspect: Aspect, query: string): HTMLElement[] {
  const here = inspection.siblings.find(({ id }) => id === inspection.package);
  const worths = worthsOf(inspection.siblings, aspect);
  if (!here || worths.length === 0) return [];
  const label = (worth: string) => {
    const sibling = inspection.siblings.find((each) => aspectOf(each, aspect) === worth);
    return (sibling && nameOf(sibling, aspect, inspection.language)) || say("everyone");
  };
  const options = worths.map((worth) => ({ value: worth, label: label(worth) }));
  const chosen = choice(say(aspect), options, aspectOf(here, aspect), (worth) => {
    const sibling = nearest(inspection, aspect, worth);
    if (sibling) location.assign(`/p/${sibling.id}${query}`);
  });
  return [chosen.node];
}
