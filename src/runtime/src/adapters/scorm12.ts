/**
 * SCORM 1.2 run-time environment.
 *
 * What the LMS holds after each save: the state and bookmark, score before status, status in every commit (an
 * LMS has been seen to wipe it), and `exit`, so that a page that is killed resumes too. `failed` is written only
 * where the LMS's profile asks for it: it closes the course in some LMSs and counts as "in progress" in others,
 * while a learner with too low a score may simply answer again. Their score says the same.
 */

import { reportingOf, statusOf } from "./reporting.ts";
import type { Reporting } from "./reporting.ts";
import { findApi, mayTurnUp, pause } from "./scorm-api.ts";
import type { ScormApi } from "./scorm-api.ts";
import { createInteractions } from "./scorm12-interactions.ts";
import { readLaunch } from "./scorm12-launch.ts";
import { scored, timespan } from "./scorm12-types.ts";
import { createValues } from "./scorm12-values.ts";
import type {
  Adapter,
  Connection,
  Mode,
  PackageData,
  Report,
  Saved,
  Trouble,
} from "../types.ts";

/** How long the learner waits for an API that is late, and how often and how many times it is looked for after that. */
const WAIT = 4_000;
const LATE_PAUSE = 1_000;
const LATE_TRIES = 60;
/** Commits in a row that an LMS has refused with "general exception", as it does when the session has expired. */
const EXPIRED = 4;
/** States that are shorter than this fit everywhere. */
const FITS = 200;

export function scorm12Adapter(page: Window = window): Adapter {
  let api: ScormApi;
  let how: Reporting;
  let data: PackageData;
  let mode: Mode = "normal";
  let status: Connection["status"] = null;
  /** The LMS holds a state that may have belonged to a finished course. */
  let stateful = false;
  /** Whether `incomplete` may be written. */
  let mayBegin = false;
  let demanded = false;
  /** The status has been said since the last commit. */
  let said = false;
  /** Commits that have failed in a row. */
  let failures = 0;
  let error = "";
  /** The longest state that was seen to be kept whole. */
  let whole = FITS;
  const values = createValues(() => api, () => failures);
  const interactions = createInteractions(() => api, values);
  const { put } = values;

  function lessonStatus(report: Report): string | null {
    const now = statusOf(how, report, status, demanded);
    if (now === "failed") status = now;
    return now === "incomplete" && !mayBegin ? null : now;
  }

  /**
   * Everything but the commit. What an LMS need not have (interactions, lowest and highest score) may fail.
   */
  function write(report: Report, leaving: boolean): boolean {
    const refused = interactions.write();
    let done = put("cmi.suspend_data", report.state);
    // Not one of those that have no interactions at all: it takes nothing now.
    if (!done) refused.forEach(interactions.add);
    done = put("cmi.core.lesson_location", report.page.slice(0, 255)) && done;
    if (report.score !== null && (how.score === "ripe" || (how.score === "done" && report.done))) {
      const scores = Object.entries(scored(report.score));
      // A status that was said before a new score is said again after it.
      said &&= scores.every((score) => values.has(...score));
      const [, , raw] = scores.map((score) => put(...score));
      done = raw! && done;
    }
    put("cmi.core.exit", report.done ? how.exit_finished : how.exit_unfinished);
    if (leaving) put("cmi.core.session_time", timespan(report.active));
    // Last: some LMSs hand on the score when the status comes, and some mix up what comes after it.
    return sayStatus(report) && done;
  }

  /** At least once for each commit: an LMS has been seen to lose it. */
  function sayStatus(report: Report): boolean {
    const now = lessonStatus(report);
    if (now === null || (said && values.has("cmi.core.lesson_status", now))) return true;
    values.forget("cmi.core.lesson_status");
    said = put("cmi.core.lesson_status", now);
    return said;
  }

  function reach(): boolean {
    const reached = api.commit();
    error = reached ? "" : api.error();
    return reached;
  }

  function commit(report: Report, leaving: boolean): Saved {
    // On leaving, what is sent one after another may arrive the other way round.
    const reached = !failures || leaving || values.shake(reach);
    const done = write(report, leaving);
    said = false;
    if (!reached || !reach()) return unreached();
    failures = 0;
    values.settle();
    return done && fits(report.state) ? true : "refused";
  }

  function unreached(): Trouble {
    failures += 1;
    // An API that no longer takes anything has forgotten the session.
    const over = !api.set("cmi.core.exit", how.exit_unfinished) || (failures >= EXPIRED && error === "101");
    return over ? "expired" : "failed";
  }

  /** Some LMSs cut what is too long, and say nothing. What else they give back is not to be trusted. */
  function fits(state: string): boolean {
    if (state.length <= whole) return true;
    const back = api.get("cmi.suspend_data");
    if (back && back.length < state.length && state.startsWith(back)) return false;
    whole = state.length;
    return true;
  }

  /** Nothing goes to the LMS while there is no network: some answer "saved" all the same, and never send it again. */
  const online = (): boolean => page.navigator?.onLine !== false;

  function join(found: ScormApi): Connection {
    api = found;
    how = reportingOf(data);
    const connection = readLaunch(api, page, data, how);
    ({ mode, status } = connection);
    demanded = connection.mastery !== null || data.modules.some((module) => module.require.includes("mastery"));
    stateful = connection.state !== "";
    // What it gives back now, it has kept.
    whole = Math.max(FITS, connection.state?.length ?? 0);
    return connection;
  }

  return {
    async connect(given): Promise<Connection> {
      data = given;
      const found = await findApi(page, WAIT);
      const nobody: Connection = {
        connected: false,
        notice: "no-lms",
        mode,
        state: null,
        page: null,
        status,
      };
      return found?.initialize() ? join(found) : nobody;
    },

    async late() {
      let over = !mayTurnUp(page);
      page.addEventListener("pagehide", () => (over = true));
      for (let tries = 0; tries < LATE_TRIES && !over; tries++) {
        await pause(LATE_PAUSE);
        const found = over ? null : await findApi(page, 0);
        if (found?.initialize()) return join(found);
      }
      return null;
    },

    begin(report, resumed, news) {
      // An LMS that says nothing about status may hold "passed"; without an own state to tell, it is left
      // alone.
      const unknown = status === null && stateful && !resumed;
      mayBegin = !unknown && status !== "completed" && status !== "passed" && status !== "failed";
      // It came to the LMS together with the state.
      if (resumed && !news && report.score !== null) values.know(scored(report.score));
      // Some LMSs call a course that has no status when it is left "completed".
      if (mode === "normal") sayStatus(report);
    },

    record(event) {
      if (event.kind === "answer") interactions.add(event);
    },

    // It may have come to the LMS all the same.
    repeat: interactions.repeat,
    rows: interactions.rows,

    save: async (report, leaving) => (online() ? commit(report, leaving) : "offline"),

    async finish(report) {
      // After failures, and with no network, "saved" is no proof.
      const trusted = !failures && online();
      const kept = mode === "normal" ? commit(report, true) : true;
      return api.finish() && trusted && kept === true;
    },

    // An API that has been finished must not be initialised again on the same page.
    reopen: () => false,
  };
}
