/** The address of the LMS page, and the words in it: who learns, in which LMS, how it looks. */

import { begin, type Board } from "./board.ts";
import { lmsPageOf, type Inspection } from "./inspection.ts";
import type { Stage } from "./stage.ts";

type Filling = Readonly<Record<string, string>>;

export interface Launching {
  readonly remember: (words: Filling) => void;
  readonly launch: (words: Filling) => void;
  /** The word as it stands, "" where there is none. */
  readonly word: (name: string) => string;
  /** The LMS page of another package, with the same words. */
  readonly other: (id: string) => string;
}

export function createLaunching(inspection: Inspection, board: Board, stage: Stage): Launching {
  const address = new URL(inspection.lms);

  function remember(words: Filling): void {
    for (const [name, value] of Object.entries(words)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
  }

  return {
    remember,
    launch: (words) => {
      remember(words);
      begin(board);
      stage.open(address.href);
    },
    word: (name) => address.searchParams.get(name) ?? "",
    other: (id) => lmsPageOf({ ...inspection, lms: address.href }, id),
  };
}
