/**
 * The learning record store that the launch names: statements one by one and in order, and the learner's
 * state.
 *
 * A statement stays in the queue, and the queue in the browser's storage, until the store has it. Its id is
 * given when it is made, so sending it again does no harm.
 */

import type { Launch, Json, JsonObject } from "./launch.ts";
import { isObject, parse } from "./launch.ts";
import { partOf, withPart } from "./statedocument.ts";
import type { Part } from "./statedocument.ts";
import { uuid } from "../hash.ts";
import type { Memory } from "../memory.ts";
import type { Report, Saved } from "../types.ts";

export type Statement = JsonObject & { readonly id: string };

export interface Lrs {
  /** A document as JSON; null when there is none; undefined when the store does not answer. */
  read(resource: string, parameters: Record<string, string>): Promise<Json | undefined>;
  /** A document of the State resource. */
  readDocument(stateId: string): Promise<Json | undefined>;
  /** What `save` has kept of this unit. */
  readState(): Promise<Part>;
  /**
   * Sends the queue and keeps state and bookmark. As `Adapter.save`: a state is the one that stands there
   * already, and which could not be read when the session began.
   */
  save(report: Report, leaving: boolean): Promise<Saved>;
  /** Puts a statement in the queue. */
  add(statement: Statement): void;
  /** Sends the queue; true when it is empty. `leaving`: all at once, and nothing waits. */
  send(leaving: boolean): Promise<boolean>;
  /** Takes statements over that earlier sessions could not send. */
  adopt(): Statement[];
}

const STATE = "activities/state";
/** The one id that every LMS keeps, and only as JSON. */
const STATE_ID = "suspendData";
const TIMEOUT = 20_000;
/** Browsers let 64 kB outlive a page. */
const LEAVING_MAX = 60_000;

/** An answer; or null when there is none, or not in time. */
export async function request(address: string, settings: RequestInit): Promise<Response | null> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  try {
    return await fetch(address, { ...settings, signal: stop.signal });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

export function createLrs(
  launch: Launch,
  auth: string,
  activity: string,
  unit: string,
  memory: Memory,
  learner: string,
): Lrs {
  const queue: Statement[] = [];
  const shelf = `queue:${activity}:${learner}:`;
  const key = shelf + uuid();
  const underWay = new Map<Statement, Promise<boolean>>();
  let sending: Promise<boolean> | null = null;
  /** A state may stand there; it could not be read. */
  let unread = false;
  /** The state document as it was read: it may hold other units' parts. */
  let before: Json | undefined;
  const state = { activityId: activity, agent: JSON.stringify(launch.actor) };

  function call(
    method: string,
    resource: string,
    query: object,
    body?: Json,
    headers: object = {},
  ): Promise<Response | null> {
    const parameters = new URLSearchParams({ ...query }).toString().replace(/\+/g, "%20");
    return request(`${launch.endpoint}${resource}?${parameters}`, {
      method,
      headers: {
        Authorization: auth,
        "X-Experience-API-Version": "1.0.3",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? { cache: "no-store" } : { body: JSON.stringify(body), keepalive: true }),
    });
  }

  function store(): void {
    if (queue.length) memory.set(key, JSON.stringify(queue));
    else memory.remove(key);
  }

  /** What is on its way already is not sent a second time. */
  function put(statement: Statement): Promise<boolean> {
    const way = underWay.get(statement) ?? deliver(statement).finally(() => underWay.delete(statement));
    underWay.set(statement, way);
    return way;
  }

  async function deliver(statement: Statement): Promise<boolean> {
    const answer = await call("PUT", "statements", { statementId: statement.id }, statement);
    // 409: the store has this id. 400 and 413: it will never take it, and what waits behind it must not
    // suffer.
    const over = answer !== null && (answer.ok || [400, 409, 413].includes(answer.status));
    const place = queue.indexOf(statement);
    if (over && place >= 0) {
      queue.splice(place, 1);
      store();
    }
    return over;
  }

  async function inTurn(): Promise<boolean> {
    while (queue.length) if (!(await put(queue[0]!))) return false;
    return true;
  }

  async function atOnce(): Promise<boolean> {
    let room = LEAVING_MAX;
    const under = queue.filter((statement) => (room -= JSON.stringify(statement).length * 2) > 0);
    return (await Promise.all(under.map(put))).every(Boolean) && !queue.length;
  }

  async function read(
    resource: string,
    parameters: Record<string, string>,
  ): Promise<[Json | undefined, string | null]> {
    const answer = await call("GET", resource, parameters);
    if (answer?.status === 404) return [null, null];
    if (!answer?.ok) return [undefined, null];
    return [parse(await answer.text().catch(() => null)), answer.headers.get("ETag")];
  }

  function address(stateId: string): Record<string, string> {
    return { stateId, ...state, ...(launch.registration ? { registration: launch.registration } : {}) };
  }

  /** True when kept; or the document that stands there already. */
  async function writeState(content: JsonObject, leaving: boolean): Promise<boolean | JsonObject> {
    const where = address(STATE_ID);
    if (unread) {
      // Never over something that could not be read when the session began.
      const [document] = leaving ? [undefined] : await read(STATE, where);
      if (document === undefined) return false;
      unread = false;
      if (isObject(document)) return document;
    }
    let answer = await call("PUT", STATE, where, content);
    if (answer && [409, 412].includes(answer.status)) {
      // This store wants to know what is overwritten.
      const [document, etag] = await read(STATE, where);
      if (document === undefined) return false;
      const match: object = etag ? { "If-Match": etag } : { "If-None-Match": "*" };
      answer = await call("PUT", STATE, where, content, match);
    }
    return answer?.ok ?? false;
  }

  function send(leaving: boolean): Promise<boolean> {
    if (leaving) return atOnce();
    sending ??= inTurn().finally(() => (sending = null));
    return sending;
  }

  return {
    read: async (resource, parameters) => (await read(resource, parameters))[0],

    readDocument: async (stateId) => (await read(STATE, address(stateId)))[0],

    async readState() {
      const [document] = await read(STATE, address(STATE_ID));
      unread = document === undefined;
      before = document;
      return partOf(document, unit);
    },

    async save({ state, page }, leaving) {
      const [sent, kept] = await Promise.all([
        send(leaving),
        writeState(withPart(before, unit, { state, page }), leaving),
      ]);
      if (!isObject(kept)) return (sent && kept) || "failed";
      before = kept;
      return { state: partOf(kept, unit).state };
    },

    add(statement) {
      queue.push(statement);
      store();
    },

    send,

    adopt() {
      const found: Statement[] = [];
      for (const name of memory.keys().filter((name) => name.startsWith(shelf) && name !== key)) {
        const kept = parse(memory.get(name));
        if (Array.isArray(kept))
          found.push(
            ...(kept.filter((item) => isObject(item) && typeof item["id"] === "string") as Statement[]),
          );
        memory.remove(name);
      }
      return found;
    },
  };
}
