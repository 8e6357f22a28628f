/**
 * cmi5, first edition: an assignable unit's session, from `initialized` to `terminated`. Numbers are clauses
 * of the specification.
 */

import { authorization, isObject, learnerKey, parse, readLaunch, textOf } from "./launch.ts";
import type { Json, JsonObject, Launch } from "./launch.ts";
import { inside } from "./inside.ts";
import { createLrs } from "./lrs.ts";
import type { Lrs, Statement } from "./lrs.ts";
import { outcome, request } from "./request.ts";
import { activity, duration, list, score, statement } from "./statements.ts";
import type { Parts, VerbName } from "./statements.ts";
import { createKept } from "../kept.ts";
import { createMemory } from "../memory.ts";
import type { Adapter, Connection, Mode, PackageData, Trouble } from "../types.ts";

const CMI5 = "https://w3id.org/xapi/cmi5/context/";

/**
 * What the tab remembers of a session, so that a page loaded anew neither asks for a second token nor begins
 * twice.
 */
interface Session {
  token?: string;
  begun?: boolean;
  over?: boolean;
}

export function cmi5Adapter(page: Window = window): Adapter {
  const tab = createMemory(page, "sessionStorage");
  let data: PackageData;
  let launch: Launch;
  let lrs: Lrs;
  let session: Session = {};
  let sessionKey = "";
  let mode: Mode = "normal";
  /** Null until the launch data have been read: what is said without them would have no session. */
  let template: JsonObject | null = null;
  /** The unit, by the id the LMS gave it. */
  let id: string;
  let object: JsonObject;
  let mastery: number | null = null;

  function remember(change: Partial<Session>): void {
    session = { ...session, ...change };
    tab.set(sessionKey, JSON.stringify(session));
  }

  /** 8.2: the fetch address gives its token once only. Null: it gives none. */
  async function authorise(address: string): Promise<true | Trouble | null> {
    sessionKey = `cmi5:${address}`;
    const known = parse(tab.get(sessionKey));
    if (isObject(known) && typeof known["token"] === "string") session = known as Session;
    if (session.token) return true;
    const answer = await request(address, { method: "POST" });
    const done = outcome(answer);
    if (done !== true) return done === "refused" ? null : done;
    const token = textOf(parse(await answer!.text().catch(() => null)), "auth-token");
    if (token) remember({ token });
    return token ? true : null;
  }

  /** 10: launch data and learner preferences, before anything is said. Some LMSs leave much of it out. */
  async function readTerms(): Promise<Pick<Connection, "back" | "mastery" | "muted">> {
    const [given, preferences] = await Promise.all([
      lrs.readDocument("LMS.LaunchData"),
      lrs.read("agents/profile", {
        agent: JSON.stringify(launch.actor),
        profileId: "cmi5LearnerPreferences",
      }),
    ]);
    if (given === undefined) return {};
    const launchData = isObject(given) ? given : {};
    template = isObject(launchData["contextTemplate"]) ? launchData["contextTemplate"] : {};
    const launchMode = textOf(launchData, "launchMode").toLowerCase();
    if (launchMode === "browse" || launchMode === "review") mode = launchMode;
    const limit = launchData["masteryScore"];
    if (typeof limit === "number" && limit >= 0 && limit <= 1) mastery = limit;
    // `passed` is asked for, and no limit is known: whoever is done has passed.
    const asked = /^(Passed|CompletedAndPassed)$/.test(textOf(launchData, "moveOn"));
    const implied = asked && data.modules.every((module) => module.mastery === null) ? 0 : null;
    const back = textOf(launchData, "returnURL");
    // One LMS answers "success" to whatever is asked for, and hears statements only one by one.
    lrs.queue.single = isObject(preferences) && "success" in preferences;
    // 11: a package has one language, so only the other of the two preferences can be heeded.
    const muted = textOf(preferences, "audioPreference").toLowerCase() === "off";
    return { mastery: mastery ?? implied, back: /^https?:\/\//i.test(back) ? back : null, muted };
  }

  /** Asks again for what could not be had as the session began; then what has been said gets its session. */
  async function prepare(): Promise<true | Trouble> {
    if (template) return true;
    const done = await authorise(launch.parameters.get("fetch")!);
    if (done !== true) return done ?? "expired";
    await readTerms();
    if (!template) return "failed";
    lrs.queue.rewrite((said) => (mode === "normal" || edge(said) ? renewed(said) : null));
    return true;
  }

  /** 9.6: what the template says stands, as far as it is what xAPI knows; the rest is added. */
  function templated(own: JsonObject): JsonObject {
    const mine = part(own, "contextActivities");
    const given = part(template, "contextActivities");
    const activities: JsonObject = {};
    for (const kind of Object.keys({ ...given, ...mine })) {
      const theirs = list(given[kind]).filter(idOf);
      const added = list(mine[kind]).filter((one) => !theirs.some((other) => idOf(other) === idOf(one)));
      if (theirs.length + added.length) activities[kind] = [...theirs, ...added];
    }
    const extensions = { ...part(own, "extensions"), ...part(template, "extensions") };
    const { contextActivities: _, extensions: __, ...rest } = { ...own, ...template };
    return {
      ...rest,
      registration: launch.registration,
      ...(Object.keys(activities).length ? { contextActivities: activities } : {}),
      ...(Object.keys(extensions).length ? { extensions } : {}),
    };
  }

  function context(categories: readonly string[], extensions: JsonObject = {}): JsonObject {
    const category = categories.map((name) => activity(`${CMI5}categories/${name}`));
    const activities = category.length ? { contextActivities: { category } } : {};
    return templated({ language: data.lang, ...activities, extensions });
  }

  /** The statement with this session's identifiers in it. */
  function renewed(said: Statement): Statement {
    return { ...said, context: templated(part(said, "context")) };
  }

  function add(verb: VerbName, parts: Partial<Parts> = {}): void {
    lrs.queue.add(statement(launch.actor, verb, data.lang, { object, context: context(["cmi5"]), ...parts }));
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
      if (!found || !fetchAddress) return none;
      const allowed = await authorise(fetchAddress);
      if (!allowed) return none;
      // 9.3.8: nothing after `terminated`. The page was loaded anew, and only a new launch gives a new
      // session.
      if (session.over) return { ...none, notice: "ended" };
      launch = found;
      id = launch.parameters.get("activityId") || data.unit.activity;
      object = activity(id);
      const learner = learnerKey(launch);
      const memory = createMemory(page, "localStorage");
      lrs = createLrs(launch, () => authorization(session.token ?? ""), id, data.unit.activity, memory, learner);
      const terms = allowed === true ? await readTerms() : {};
      const kept = template ? await lrs.readState() : { state: null, page: null };
      return {
        ...none,
        ...terms,
        connected: true,
        notice: null,
        mode,
        state: kept.state,
        page: kept.page,
        kept: createKept(page, data.unit.activity, learner),
      };
    },

    begin() {
      const again = session.begun;
      if (!again) add("initialized");
      remember({ begun: true });
      if (mode !== "normal") {
        void lrs.queue.send(false);
        return;
      }
      for (const late of lrs.queue.adopt()) {
        // The page was loaded anew in the middle of its session: what waits is of this session too. What an earlier
        // session could not send is said in this one; its own beginning and end are past.
        if (again) lrs.queue.add(late);
        else if (!edge(late)) lrs.queue.add(renewed(late));
      }
    },

    record(event) {
      // "cmi5 allowed" statements (9.1): built on the template, without the cmi5 category.
      if ("module" in event) return add(...inside(event, data, context([]), id, launch.registration));
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

    async save(report, leaving) {
      const ready = template ? true : leaving ? "failed" : await prepare();
      return ready === true && mode === "normal" ? lrs.save(report, leaving) : ready;
    },

    async finish(report, leaving) {
      add("terminated", { result: { duration: duration(report.elapsed) } });
      remember({ over: true });
      if (!template && (leaving || (await prepare()) !== true)) return "failed";
      return mode === "normal" ? lrs.save(report, leaving) : lrs.queue.send(leaving);
    },

    reopen: () => false,
  };
}

/** The beginning or the end of a session, as cmi5 defines them; a film has its own. */
function edge(said: Statement): boolean {
  const film = said["object"] !== undefined && "definition" in part(said, "object");
  return !film && /\/(initialized|terminated)$/.test(textOf(part(said, "verb"), "id"));
}

function part(whole: JsonObject | null, name: string): JsonObject {
  const value = whole?.[name];
  return isObject(value) ? value : {};
}

function idOf(one: Json): string {
  return textOf(one, "id");
}
