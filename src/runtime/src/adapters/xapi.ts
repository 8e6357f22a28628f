/**
 * xAPI 1.0.3 with the Tin Can launch (RusticiSoftware/launch, lms_lrs.md): everything the session needs is in
 * the query string.
 */

import { authorization, learnerKey, readLaunch } from "./launch.ts";
import type { JsonObject, Launch } from "./launch.ts";
import { inside } from "./inside.ts";
import { createLrs } from "./lrs.ts";
import type { Lrs } from "./lrs.ts";
import { activity, duration, score, statement, unitActivity } from "./statements.ts";
import type { Parts, VerbName } from "./statements.ts";
import { createKept } from "../kept.ts";
import { createMemory } from "../memory.ts";
import type { Adapter, Connection, PackageData } from "../types.ts";

export function xapiAdapter(page: Window = window): Adapter {
  let data: PackageData;
  let launch: Launch;
  let lrs: Lrs;
  /** What was launched, by the id the LMS gave it. */
  let id: string;
  let object: JsonObject;
  let context: JsonObject;

  function add(verb: VerbName, parts: Partial<Parts> = {}): void {
    lrs.queue.add(statement(launch.actor, verb, data.lang, { object, context, ...parts }));
  }

  return {
    async connect(given): Promise<Connection> {
      data = given;
      const found = readLaunch(page.location.search);
      const none: Connection = {
        connected: false,
        notice: "no-lms",
        mode: "normal",
        state: null,
        page: null,
        status: null,
      };
      if (!found) return none;
      launch = found;
      const { unit, course, lang } = data;
      id = /^[a-z][a-z0-9+.-]*:\S+$/i.exec(launch.parameters.get("activity_id") ?? "")?.[0] ?? unit.activity;
      object = unitActivity(
        { ...unit, activity: id },
        lang,
        unit.activity === course.activity ? "course" : "module",
      );
      const grouping = unit.activity === course.activity ? [] : [activity(course.activity)];
      context = {
        ...(launch.registration ? { registration: launch.registration } : {}),
        language: lang,
        ...(grouping.length ? { contextActivities: { grouping } } : {}),
      };
      const auth = authorization(launch.parameters.get("auth") ?? "");
      const learner = learnerKey(launch);
      lrs = createLrs(launch, () => auth, id, data.unit.activity, createMemory(page, "localStorage"), learner);
      lrs.queue.adopt().forEach(lrs.queue.add);
      const kept = await lrs.readState();
      return {
        ...none,
        connected: true,
        notice: null,
        state: kept.state,
        page: kept.page,
        kept: createKept(page, data.unit.activity, learner),
      };
    },

    begin(_, resumed) {
      add(resumed ? "resumed" : "initialized");
    },

    record(event) {
      if ("module" in event) return add(...inside(event, data, context, id, launch.registration));
      const outcome =
        event.kind === "completed" ? { completion: true } : { success: event.kind === "passed" };
      const once =
        launch.registration && event.kind !== "failed" ? `${launch.registration} ${id}` : undefined;
      const result = { ...outcome, ...score(event.score), duration: duration(event.total) };
      add(event.kind, { result, at: event.at, ...(once ? { seed: once } : {}) });
    },

    save: (report, leaving) => lrs.save(report, leaving),

    async finish(report, leaving) {
      add(report.done ? "terminated" : "suspended", { result: { duration: duration(report.elapsed) } });
      return lrs.save(report, leaving);
    },

    reopen: () => true,
  };
}
