/** The LMS page: an LMS for one learner and one package, with the inspector looking on. */

import { whileArriving } from "./arriving.ts";
import { barriers, show } from "./barriers.ts";
import { createContent } from "./content.ts";
import { readLaunch, temperamentOf } from "./launch.ts";
import { createLink, strings } from "./link.ts";
import { createPlayer } from "./player.ts";
import { readAfterwards, watchReading } from "./reading.ts";
import { addressOf, createScreen } from "./screen.ts";
import { TEXTS } from "./texts.ts";
import { createTroubles } from "./trouble.ts";
import { watchMessages, watchPlace } from "./where.ts";

/** Opens what the page is handed. Throws where it is handed nothing. */
export function openPage(): void {
  const launch = readLaunch(document);
  const texts = TEXTS[launch.language];
  const troubles = createTroubles(launch.trouble);
  let doing: Promise<void> = Promise.resolve();

  const link = createLink(window, launch.inspector, {
    trouble: ({ on }) => trouble(strings(on)),
    open: ({ sco }) => openSco(String(sco)),
    replay: ({ calls }) => player.replay(Array.isArray(calls) ? (calls as unknown[]) : []),
    change: ({ files }) => inTurn(() => player.change(strings(files))),
    axe: () => void look(),
    show: ({ target }) => content.window() && show(content.window()!, strings(target)),
  });
  const screen = createScreen(document, launch, texts, openSco);
  const content = createContent({
    page: document,
    screen,
    texts,
    opens: launch.sco?.own_window ? "window" : temperamentOf(launch).opens,
    unload: temperamentOf(launch).unload,
    entered: (inner) =>
      whileArriving(inner, () => {
        watchMessages(inner, link);
        watchReading(inner);
      }),
    loaded: (inner) => {
      tellPlace();
      void readAfterwards(inner);
    },
  });
  const tellPlace = watchPlace(content.window, link);
  const player = createPlayer({ home: window, launch, content, screen, texts, troubles, link });

  /** One after the other: content has to be gone before it can come again. */
  function inTurn(act: () => Promise<void>): void {
    doing = doing.then(act);
  }

  function openSco(sco: string): void {
    inTurn(async () => {
      await player.end();
      location.assign(addressOf(sco, location.href));
    });
  }

  /** What is wrong with the API is wrong from the start of a session; the rest begins and ends at once. */
  function trouble(words: readonly string[]): void {
    const { begun, ended } = troubles.set(words);
    if (begun.includes("tab-killed")) player.kill();
    else if ([...begun, ...ended].some((each) => each.startsWith("api-"))) inTurn(() => player.again(false));
  }

  async function look(): Promise<void> {
    try {
      const inner = content.window();
      if (!inner) throw new Error(texts.notOpen);
      link.tell("axe", { violations: await barriers(inner, new URL("axe.js", location.href).href), error: "" });
    } catch (error) {
      link.tell("axe", { violations: [], error: String((error as Error).message) });
    }
  }

  addEventListener("pagehide", () => player.flush());
  link.tell("hello", { launch });
  if (troubles.has("tab-killed")) player.kill();
  else player.begin();
}
