/** What every part of the panel has at hand, and what it is to the panel. */

import type { Board } from "./board.ts";
import type { Inspection } from "./inspection.ts";
import type { Link } from "./link.ts";
import type { Server } from "./server.ts";
import type { Key, Say } from "./words.ts";

export interface Context {
  readonly inspection: Inspection;
  readonly say: Say;
  readonly board: Board;
  readonly server: Server;
  readonly link: Link;
  /** Says something in passing, read out too. */
  readonly announce: (text: string) => void;
  /** Words for the address of the LMS page at its next launch; "" takes a word out. */
  readonly remember: (words: Readonly<Record<string, string>>) => void;
  /** The same, and the launch now. */
  readonly launch: (words: Readonly<Record<string, string>>) => void;
}

/** A tab; `badge` is told what to write beside its name, and how it looks. */
export interface Panel {
  readonly id: Key;
  readonly node: HTMLElement;
  /** Called whenever the tab comes into sight. */
  readonly shown?: () => void;
  /** Calls back with what stands beside the tab's name. */
  readonly badge?: (write: (text: string, tone: string) => void) => void;
}

/** Runs `act` and says what went wrong with it. */
export async function attempt(context: Pick<Context, "say" | "announce">, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    // fetch throws TypeError where no answer came.
    const why = error instanceof TypeError ? context.say("unreachable") : context.say("failed", { why: error instanceof Error ? error.message : String(error) });
    context.announce(why);
  }
}
