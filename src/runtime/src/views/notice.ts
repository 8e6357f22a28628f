import type { Notice, Unsaved } from "../types.ts";
import { place } from "./element.ts";
import type { Say } from "./words.ts";

export interface Notices {
  hear(notice: Notice, unsaved: Unsaved): void;
  /** Something worth knowing once. */
  tell(text: string): void;
  /** Something that holds for the whole visit. */
  keep(text: string): void;
}

const MOMENT = 6000;

/** One calm line in a live region. What lasts comes back when what passes has been read. */
export function noticeView(say: Say): Notices {
  const line = place("kp_notices");
  let lasting = "";
  let timer = 0;

  function write(text: string, passing: boolean): void {
    window.clearTimeout(timer);
    line.textContent = text;
    line.toggleAttribute("data-passing", passing);
    if (passing) timer = window.setTimeout(() => write(lasting, false), MOMENT);
  }

  /** What is not saved, whether the browser keeps it, and what comes next. */
  function trouble(notice: Notice, { answers, kept }: Unsaved): string {
    const what = answers ? say(answers > 1 ? "unsaved" : "unsaved_one", { n: answers }) : say("not_saved");
    return [what, say(kept ? "unsaved_kept" : "unsaved_open"), say(`trouble_${notice}`)].join(" ");
  }

  function keep(text: string): void {
    lasting = text;
    write(text, false);
  }

  return {
    keep,
    tell: (text) => write(text, true),
    hear(notice, unsaved) {
      if (notice === "no-lms") keep(say("no_lms"));
      else if (notice === "ended") keep(say(unsaved.kept ? "session_ended_kept" : "session_ended"));
      else if (notice === "saved" || notice === "connected") {
        lasting = "";
        write(say(notice === "saved" ? "saved_status" : "lms_found"), true);
      } else keep(trouble(notice, unsaved));
    },
  };
}
