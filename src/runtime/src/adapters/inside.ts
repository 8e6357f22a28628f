/** What happens inside a module, told to an LRS: pages, answers, the way forward, films and recordings. */

import type { JsonObject } from "./launch.ts";
import { VIDEO, activity, detail, duration, list, unitActivity, within } from "./statements.ts";
import type { Parts, VerbName } from "./statements.ts";
import type { LearnerEvent, PackageData } from "../types.ts";

const PROGRESS = "https://w3id.org/xapi/cmi5/result/extensions/progress";

export type InsideEvent = Extract<LearnerEvent, { module: unknown }>;

/** `launched`: the id that the LMS gave what was launched; `registration`: "" when there is none. */
export function inside(
  event: InsideEvent,
  data: PackageData,
  context: JsonObject,
  launched: string,
  registration: string,
): [VerbName, Parts] {
  const { kind, at, module } = event;
  const { lang } = data;
  const place = within(context, module, data, launched);
  if (kind === "progress") {
    const alone = module.activity === data.unit.activity;
    const unit = unitActivity({ ...module, activity: alone ? launched : module.activity }, lang, "module");
    const parts = { object: unit, context, result: { extensions: { [PROGRESS]: event.percent } }, at };
    // The same step is one statement, whoever takes it again: another window, or a session that has forgotten.
    return ["progressed", registration ? { ...parts, seed: `${registration} ${unit["id"]} ${event.percent}` } : parts];
  }
  if (kind !== "media") return [kind === "page" ? "experienced" : "answered", { ...detail(event, lang), context: place, at }];
  const { verb, id, title, watched, result, about } = event.watching;
  const activities = place["contextActivities"] as JsonObject;
  const category = [...list(activities["category"]), activity(VIDEO)];
  return [
    verb,
    {
      object: activity(`${module.activity}/${id.slice(module.id.length + 1)}`, {
        type: `${VIDEO}/activity-type/video`,
        name: { [lang]: title },
      }),
      ...(result
        ? {
            result: {
              ...(verb === "completed" ? { completion: true, duration: duration(watched) } : {}),
              extensions: named(result),
            },
          }
        : {}),
      context: {
        ...place,
        contextActivities: { ...activities, category },
        extensions: { ...(place["extensions"] as JsonObject | undefined), ...named(about) },
      },
      at,
    },
  ];
}

/** Extensions of the video profile by their short names. */
function named(values: Readonly<Record<string, string | number>>): JsonObject {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${VIDEO}/extensions/${name}`, value]));
}
