/** Names of elements: what stands for all items of a list, and which item is meant. */

/** An element's name as the table has it, with the indexes that were in it: `cmi.objectives.2.id` → `…n.id`, [2]. */
export function named(element: string): { readonly row: string; readonly indexes: readonly number[] } {
  const indexes: number[] = [];
  const row = element.replace(/\.(\d+)(?=\.)/g, (_, digits: string) => {
    indexes.push(Number(digits));
    return ".n";
  });
  return { row, indexes };
}

/** The names of the lists that an element stands in, from the outermost: `cmi.interactions`, `cmi.interactions.0.objectives`. */
export function listsAround(element: string): string[] {
  return Array.from(element.matchAll(/\.\d+(?=\.)/g), (found) => element.slice(0, found.index));
}

/** How many items each list holds. */
export class Lists {
  readonly #counts = new Map<string, number>();

  count(list: string): number {
    return this.#counts.get(list) ?? 0;
  }

  /** Takes the element's items into their lists. */
  enlist(element: string): void {
    const { indexes } = named(element);
    listsAround(element).forEach((list, at) => this.#counts.set(list, Math.max(this.count(list), indexes[at]! + 1)));
  }

  /** The first list in which the element's index can't be used; `more` is 0 where the next free one may, -1 where only those in use may. */
  beyond(element: string, more: 0 | -1): { readonly list: string; readonly index: number; readonly count: number } | undefined {
    const { indexes } = named(element);
    return listsAround(element)
      .map((list, at) => ({ list, index: indexes[at]!, count: this.count(list) }))
      .find(({ index, count }) => index > count + more);
  }
}
