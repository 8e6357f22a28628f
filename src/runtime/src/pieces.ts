import type { PackageData, Tracker } from "./types.ts";
import type { Notebook } from "./views/notebook.ts";
import type { Say } from "./views/words.ts";

/** What a piece works with: the course, and what is known of the learner. */
export interface Scene {
  readonly data: PackageData;
  readonly notebook: Notebook;
  readonly tracker: Tracker;
  readonly say: Say;
}

/** Does its part of the course when that begins. */
export type Piece = (scene: Scene) => void;
