/**
 * cmi5, first edition: an assignable unit's session, from `initialized` to `terminated`. Numbers are clauses
 * of the specification.
 */

import { authorization, isObject, learnerKey, parse, readLaunch, textOf } from "./launch.ts";
import type { Json, JsonObject, Launch } from "./launch.ts";
import { createLrs, request } from "./lrs.ts";
import type { Lrs } from "./lrs.ts";
import { activity, detail, duration, list, score, statement, within } from "./statements.ts";
import type { Parts, VerbName } from "./statements.ts";
import { createMemory } from "../memory.ts";
import type { Adapter, Connection, Mode, PackageData } from "../types.ts";

const CMI5 = "https://w3id.org/xapi/cmi5/context/";

/**
 * What the tab remembers of a session, so that a page loaded anew neither asks for a second token nor begins
 * twice.
 */
interface Session {
  token: string;
  begun?: boolean;
  over?: boolean;
}

export function cmi5Adapter(page: Window = window): Adapter {
  const tab = createMemory(page, "sessionStorage");
  let data: PackageData;
  let launch: Launch;
  let lrs: Lrs;
  let session: Session;
  let sessionKey = "";
  let mode: Mode = "normal";
  let template: JsonObject = {};
  /** The unit, by the id the LMS gave it. */
  let id: string;
  let object: JsonObject;
  let mastery: number | null = null;

  function remember(change: Partial<Session>): void {
    session = { ...session, ...change };
    tab.set(sessionKey, JSON.stringify(session));
  }

  /** 8.2: the fetch address gives its token once only. */
  async function authorise(address: string): Promise<boolean> {
    sessionKey = `cmi5:${address}`;
    const known = parse(tab.get(sessionKey));
    if (isObject(known) && typeof known["token"] === "string") {
      session = known as unknown as Session;
      return true;
    }
    const answer = await request(address, { method: "POST" });
    const token = textOf(answer?.ok ? parse(await answer.text().catch(() => null)) : null, "auth-token");
    if (token) remember({ token });
    return token !== "";
  }

  /** 10: launch data and learner preferences, before anything is said. Some LMSs leave much of it out. */
  async function readLaunchData(): Promise<Pick<Connection, "back" | "mastery">> {
    const [given] = await Promise.all([
      lrs.readDocument("LMS.LaunchData"),
      lrs.read("agents/profile", {
        agent: JSON.stringify(launch.actor),
        profileId: "cmi5LearnerPreferences",
      }),
    ]);
    const launchData = isObject(given) ? given : {};
    if (isObject(launchData["contextTemplate"])) template = launchData["contextTemplate"];
    const launchMode = textOf(launchData, "launchMode").toLowerCase();
    if (launchMode === "browse" || launchMode === "review") mode = launchMode;
    const limit = launchData["masteryScore"];
    if (typeof limit === "number" && limit >= 0 && limit <= 1) mastery = limit;
    // `passed` is asked for, and no limit is known: whoever is done has passed.
    const asked = /^(Passed|CompletedAndPassed)$/.test(textOf(launchData, "moveOn"));
    const implied = asked && data.modules.every((module) => module.mastery === null) ? 0 : null;
    const back = textOf(launchData, "returnURL");
    return { mastery: mastery ?? implied, back: /^https?:\/\//i.test(back) ? back : null };
  }

  /** 9.6: what the template says stays; the rest is added. */
  function context(categories: readonly string[], extensions: JsonObject = {}): JsonObject {
    const given = isObject(template["contextActivities"]) ? template["contextActivities"] : {};
    const named = new Set(list(given["category"]).map((item) => (isObject(item) ? item["id"] : item)));
    const added = categories.map((name) => `${CMI5}categories/${name}`).filter((id) => !named.has(id));
    const category = [...list(given["category"]), ...added.map((id) => activity(id))];
    const all = { ...extensions, ...(isObject(template["extensions"]) ? template["extensions"] : {}) };
    return {
      language: data.lang,
      ...template,
      registration: launch.registration,
      ...(category.length || Object.keys(given).length
        ? { contextActivities: { ...given, ...(category.length ? { category } : {}) } }
        : {}),
      ...(Object.keys(all).length ? { extensions: all } : {}),
    };
  }

  function add(verb: VerbName, parts: Partial<Parts> = {}): void {
    lrs.add(statement(launch.actor, verb, data.lang, { object, context: context(["cmi5"]), ...parts }));
  }

  return {
    async connect(given): Promise<Connection> {
      data = given;
      const found = readLaunch(page.location.search);
      const fetchAddress = found?.parameters.get("fetch");
      const none: Connection = {
        connected: false,
        notice: "no-lms",
        mode,
        state: null,
        page: null,
        status: null,
      };
      if (!found || !fetchAddress || !(await authorise(fetchAddress))) return none;
      // 9.3.8: nothing after `terminated`. The page was loaded anew, and only a new launch gives a new
      // session.
      if (session.over) return { ...none, notice: "ended" };
      launch = found;
      id = launch.parameters.get("activityId") || data.unit.activity;
      object = activity(id);
      lrs = createLrs(
        launch,
        authorization(session.token),
        id,
        data.unit.activity,
        createMemory(page, "localStorage"),
        learnerKey(launch),
      );
      const terms = await readLaunchData();
      const kept = await lrs.readState();
      return {
        ...none,
        ...terms,
        connected: true,
        notice: null,
        mode,
        state: kept.state,
        page: kept.page,
      };
    },

    begin() {
      const again = session.begun;
      if (!again) add("initialized");
      remember({ begun: true });
      if (mode !== "normal") {
        void lrs.send(false);
        return;
      }
      const late = lrs.adopt();
      // The page was loaded anew in the middle of its session: what waits is of this session too.
      if (again) return late.forEach(lrs.add);
      // What an earlier session could not send is said in this one; its own beginning and end are past.
      for (const old of late) {
        const verb = isObject(old["verb"]) ? String(old["verb"]["id"]).replace(/.*\//, "") : "";
        if (verb === "initialized" || verb === "terminated") continue;
        lrs.add({ ...old, context: renewed(old["context"]) });
      }
    },

    record(event) {
      if (event.kind === "page" || event.kind === "answer") {
        // "cmi5 allowed" statements (9.1): built on the template, without the cmi5 category.
        const verb = event.kind === "page" ? "experienced" : "answered";
        add(verb, {
          ...detail(event, data.lang),
          context: within(context([]), event.module, data, id),
          at: event.at,
        });
        return;
      }
      const judged = event.kind !== "completed";
      const extensions: JsonObject =
        judged && mastery !== null ? { [`${CMI5}extensions/masteryscore`]: mastery } : {};
      add(event.kind, {
        context: context(["cmi5", "moveon"], extensions),
        // 9.5: success and score belong to passed and failed, completion to completed, and to no other.
        result: {
          ...(judged ? { success: event.kind === "passed", ...score(event.score) } : { completion: true }),
          duration: duration(event.total),
        },
        at: event.at,
        ...(event.kind === "failed" ? {} : { seed: `${launch.registration} ${id}` }),
      });
    },

    save: (report, leaving) => lrs.save(report, leaving),

    async finish(report, leaving) {
      add("terminated", { result: { duration: duration(report.elapsed) } });
      remember({ over: true });
      await (mode === "normal" ? lrs.save(report, leaving) : lrs.send(leaving));
    },

    reopen: () => false,
  };

  /** The context of a statement of an earlier session, with this session's identifiers in it. */
  function renewed(old: Json | undefined): JsonObject {
    const before = isObject(old) ? old : {};
    const extensions = [before["extensions"], template["extensions"]].filter((part) => isObject(part));
    return {
      ...before,
      ...(extensions.length ? { extensions: Object.assign({}, ...extensions) as JsonObject } : {}),
    };
  }
}
