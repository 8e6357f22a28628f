/** The LMS page: an LMS for one learner and one package, with the inspector looking on. */

import { positionOf, returnTo, swapStyles } from "./changing.ts";
import type { Values } from "./calls.ts";
import { createContent } from "./content.ts";
import { readLaunch, temperamentOf } from "./launch.ts";
import { createLink, strings } from "./link.ts";
import { plain } from "./saving.ts";
import { seen } from "./seen.ts";
import { addressOf, createScreen } from "./screen.ts";
import { beginSession, type Session } from "./session.ts";
import { TEXTS } from "./texts.ts";
import { createTroubles, LATENESS } from "./trouble.ts";
import { watchMessages, watchPlace } from "./where.ts";

const launch = readLaunch(document);
const texts = TEXTS[launch.language];
const troubles = createTroubles(launch.trouble);
const scorm = launch.kind === "scorm12";
let kept: Values = launch.kept;
let session: Session | undefined;

const link = createLink(window, launch.inspector, {
  trouble: ({ on }) => trouble(strings(on)),
  open: ({ sco }) => void openSco(String(sco)),
  replay: ({ calls }) => replay(Array.isArray(calls) ? calls : []),
  change: ({ files }) => void change(strings(files)),
});
const screen = createScreen(document, launch, texts, (sco) => void openSco(sco));
const content = createContent({
  page: document,
  screen,
  texts,
  temperament: temperamentOf(launch),
  entered: (inner) => watchMessages(inner, link),
  loaded: (inner) => {
    watchMessages(inner, link);
    tellPlace();
  },
});
const tellPlace = watchPlace(content.window, link);

/** Gives the window the API of a new session, if the package speaks SCORM, and opens the content. */
function begin(url: string): void {
  if (scorm) {
    const mine = beginSession({ launch, kept, troubles, called: (call) => noted(mine, plain(call)), arrived: (whole) => link.tell("saved", { whole }) });
    session = mine;
    const late = troubles.has("api-late") ? LATENESS : 0;
    if (!troubles.has("api-missing")) setTimeoutOrNow(late, () => mine === session && Object.assign(window, { [mine.apiName]: mine.api }));
  }
  content.open(url);
}

function setTimeoutOrNow(milliseconds: number, act: () => void): void {
  if (milliseconds) setTimeout(act, milliseconds);
  else act();
}

function noted(mine: Session, call: ReturnType<typeof plain>): void {
  link.tell("call", { call });
  tellValues();
  if (!/Finish$/.test(call.name) || call.answer !== "true") return;
  screen.mark(mine.kept()["cmi.core.lesson_status"] ?? "");
  link.tell("done", { finished: true });
}

/** What the LMS's reports would show now. */
function seenNow(mine: Session): object {
  const { status, score, why } = seen(mine.kept(), mine.finished(), temperamentOf(launch));
  return { status, score: score ?? null, why: why.map((each) => each[launch.language]) };
}

let telling = false;
/** Once for all the calls that content makes in a row. */
function tellValues(): void {
  if (telling) return;
  telling = true;
  setTimeout(() => {
    telling = false;
    if (session) link.tell("values", { values: session.lms.values(), committed: session.kept(), seen: seenNow(session) });
  }, 0);
}

/** Ends the session, as the learner leaves the content. */
async function end(): Promise<void> {
  await content.leave();
  if (!session) return;
  kept = session.kept();
  Reflect.deleteProperty(window, session.apiName);
  session = undefined;
}

async function change(files: readonly string[]): Promise<void> {
  const began = performance.now();
  const inner = content.window();
  if (inner && (await swapStyles(inner, `/content/${launch.package}/`, files))) {
    link.tell("changed", { how: "style", ms: performance.now() - began });
    return;
  }
  const position = inner ? positionOf(inner) : undefined;
  await end();
  begin(position?.url ?? launch.sco.url);
  if (position) returnTo(content.window, position);
  link.tell("changed", { how: "reload", ms: performance.now() - began });
}

async function openSco(sco: string): Promise<void> {
  await end();
  location.assign(addressOf(sco, location.href));
}

function trouble(words: readonly string[]): void {
  const { begun, ended } = troubles.set(words);
  if (begun.includes("tab-killed")) kill();
  else if ([...begun, ...ended].some((each) => each.startsWith("api-"))) void end().then(() => begin(launch.sco.url));
}

function kill(): void {
  session?.kill();
  content.kill();
  if (session) kept = session.kept();
  session = undefined;
  screen.note(texts.killed, texts.openAgain, () => begin(launch.sco.url));
  link.tell("done", { finished: false });
}

/** Makes the calls of a log again. */
function replay(calls: readonly unknown[]): void {
  for (const each of calls) {
    const { name, given } = each as { name?: unknown; given?: unknown };
    new Map(Object.entries(session?.api ?? {})).get(String(name))?.(...(Array.isArray(given) ? given : []));
  }
}

addEventListener("pagehide", () => session?.flush());
link.tell("hello", { launch });
if (troubles.has("tab-killed")) kill();
else if (launch.sco.url) begin(launch.sco.url);
