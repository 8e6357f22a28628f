/** The inspector's page: the course in its LMS, and beside it all that passes between them. */

import { element } from "../views/element.ts";
import { createBarriers } from "./barriers.ts";
import { begin, createBoard, keep, note } from "./board.ts";
import { createCalls } from "./calls.ts";
import type { Context } from "./context.ts";
import { createData } from "./data.ts";
import { createFindings } from "./findings.ts";
import { createHindrance } from "./hindrance.ts";
import { readInspection } from "./inspection.ts";
import { like, liking } from "./kept.ts";
import { createLaunchbar } from "./launchbar.ts";
import { createLaunching } from "./launching.ts";
import { createLink } from "./link.ts";
import { button, toggle } from "./making.ts";
import { createServer } from "./server.ts";
import { createSize } from "./size.ts";
import { createSplit } from "./split.ts";
import { createStage } from "./stage.ts";
import { createStatements, noteExchange } from "./statements.ts";
import { createStatusline } from "./statusline.ts";
import { createTabs } from "./tabs.ts";
import { createTopbar } from "./topbar.ts";
import { createTroubles } from "./troubles.ts";
import { createViewbar } from "./viewbar.ts";
import { wordsOf } from "./words.ts";

const inspection = readInspection(document);
const say = wordsOf(inspection.language);
const liked = liking();
const board = createBoard();
/** So long, in milliseconds, the course may take before it is no longer waited for. */
const SHOWN_WITHIN = 1000;

const stage = createStage(inspection.title, inspection.sandbox);
const launching = createLaunching(inspection, board, stage);
const statusline = createStatusline(board, say);
const link = createLink(window, stage.frame, new URL(inspection.lms).origin, (message) => note(board, message));
const server = createServer(inspection.package);
const context: Context = { inspection, say, board, server, link, announce: statusline.announce, remember: launching.remember, launch: launching.launch };

const findings = createFindings(context);
const scorm = [createCalls(context), createData(context)];
const lrs = createStatements(context);
const speaks = { scorm: inspection.kind.startsWith("scorm"), lrs: inspection.kind === "xapi" || inspection.kind === "cmi5" };
const talk = speaks.lrs ? [lrs, ...scorm] : [...scorm, lrs];
const panels = [...talk, findings, createSize(context), createTroubles(context), createBarriers(context)];
const tabs = createTabs(say, panels, firstTab(location.hash.slice(1)), (tab) => like({ tab }));
const hindrance = createHindrance(context);

const tools = element("div", { class: "tools", id: "tools" }, createLaunchbar(context, launching), createViewbar(context, launching, stage));
const course = element("main", { class: "course", "aria-label": say("course") }, tools, stage.node, hindrance.node);
const panel = element("aside", { class: "side", "aria-label": say("panel") }, tabs.node);
const split = createSplit(course, panel, say("split"), liked.share, (share) => like({ share }));
const page = element("div", { class: "inspector" });

/** The tab that the address names, or the one looked at last; of those about calls and statements one that this package fills. */
function firstTab(asked: string): string {
  if (panels.some(({ id }) => id === asked)) return asked;
  const isIdle = speaks.lrs ? ["calls", "data"].includes(liked.tab) : liked.tab === "statements";
  return isIdle ? talk[0]!.id : liked.tab;
}

function present(on: boolean): void {
  page.classList.toggle("presenting", on);
  show.hidden = !on;
}

function dock(below: boolean): void {
  split.dock(below);
  like({ below });
}

const show = button(say("presentEnd"), () => present(false));
show.className = "unpresent";
const more = toggle(say("tools"), false, (on) => void page.classList.toggle("with-tools", on));
more.classList.add("more");
more.setAttribute("aria-controls", "tools");
const docked = toggle(say("dock"), liked.below, dock);
docked.classList.add("dock");
const topbar = createTopbar(context, more, docked, button(say("present"), () => present(true)));
page.append(topbar, split.node, statusline.node, show);
document.getElementById("inspector")?.replaceChildren(page);
split.dock(liked.below);
present(inspection.present);

let looking: ReturnType<typeof setTimeout> | undefined;
/** Once the course is shown, or shows nothing for a while: the validator takes the server's time, and the course comes first. */
function lookAgain(): void {
  clearTimeout(looking);
  looking = setTimeout(look, SHOWN_WITHIN);
}

function look(): void {
  if (looking === undefined) return;
  clearTimeout(looking);
  looking = undefined;
  findings.refresh();
}

board.on("place", look);
server.listen({
  change: ({ offers, files, findings: errors }) => {
    hindrance.show(errors);
    if (!offers.includes(inspection.package)) return;
    link.send({ kind: "change", files: files[inspection.package] ?? [] });
    lookAgain();
  },
  request: (exchange) => noteExchange(context, exchange),
  fetched: (file) => {
    keep(board.fetched, file);
    board.tell("fetched");
  },
});
lookAgain();
begin(board);
launching.launch({});
