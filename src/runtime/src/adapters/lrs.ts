/** The learning record store that the launch names: statements in order, and the learner's state. */

import type { Json, Launch } from "./launch.ts";
import { parse } from "./launch.ts";
import { createQueue } from "./queue.ts";
import type { Queue } from "./queue.ts";
import { outcome, pause, request } from "./request.ts";
import { partOf, withPart } from "./statedocument.ts";
import type { Part } from "./statedocument.ts";
import type { Memory } from "../memory.ts";
import type { Report, Saved, Trouble } from "../types.ts";

export type { Statement } from "./queue.ts";

export interface Lrs {
  /** Statements on their way. */
  readonly queue: Queue;
  /** A document as JSON; null when there is none; undefined when the store does not answer. */
  read(resource: string, parameters: Record<string, string>): Promise<Json | undefined>;
  /** A document of the State resource. */
  readDocument(stateId: string): Promise<Json | undefined>;
  /** What `save` has kept of this unit. */
  readState(): Promise<Part>;
  /**
   * Sends the queue and keeps state and bookmark. As `Adapter.save`: a state is one that stands there already, and
   * which this session does not know: it could not be read before, or another session has put it there since.
   */
  save(report: Report, leaving: boolean): Promise<Saved>;
}

const STATE = "activities/state";
/** The one id that every LMS keeps, and only as JSON. */
const STATE_ID = "suspendData";

/** `authorise`: the credentials as they are by now. */
export function createLrs(
  launch: Launch,
  authorise: () => string,
  activity: string,
  unit: string,
  memory: Memory,
  learner: string,
): Lrs {
  /** A state may stand there; it could not be read. */
  let unread = true;
  /** The state document as it was read: it may hold other units' parts. */
  let before: Json | undefined;
  /** How the store names what stands there; null when it does not say, "" when nothing does. */
  let tag: string | null = null;
  /** The state that this session put there, or has taken in. */
  let known = "";
  /** Whether the store bears conditions: some don't let a page of another origin make them. */
  let bears: boolean | undefined;
  /** Why the last document could not be read. */
  let why: Trouble = "failed";
  /** The store has asked for patience until then. */
  let notBefore = 0;
  const state = { activityId: activity, agent: JSON.stringify(launch.actor) };

  async function call(
    method: string,
    resource: string,
    query: object,
    body?: Json,
    headers: object = {},
  ): Promise<Response | null> {
    const parameters = new URLSearchParams({ ...query }).toString().replace(/\+/g, "%20");
    const answer = await request(`${launch.endpoint}${resource}${parameters && "?"}${parameters}`, {
      method,
      headers: {
        Authorization: authorise(),
        "X-Experience-API-Version": "1.0.3",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? { cache: "no-store" } : { body: JSON.stringify(body), keepalive: true }),
    });
    notBefore = Math.max(notBefore, performance.now() + pause(answer));
    return answer;
  }

  const queue = createQueue(call, memory, `queue:${activity}:${learner}:`);

  async function read(resource: string, parameters: Record<string, string>): Promise<[Json | undefined, string | null]> {
    const answer = await call("GET", resource, parameters);
    if (answer?.status === 404) return [null, ""];
    const done = outcome(answer);
    if (done !== true) why = done;
    if (!answer?.ok) return [undefined, null];
    return [parse(await answer.text().catch(() => null)), answer.headers.get("ETag")];
  }

  function address(stateId: string): Record<string, string> {
    return { stateId, ...state, ...(launch.registration ? { registration: launch.registration } : {}) };
  }

  /** Looks at what stands there: the state of this unit; undefined when the store does not answer. */
  async function look(): Promise<string | undefined> {
    const [document, name] = await read(STATE, address(STATE_ID));
    if (document === undefined) return undefined;
    unread = false;
    tag = name;
    before = document;
    return partOf(document, unit).state;
  }

  /** A state that this session does not know yet: to be merged with its own. */
  function news(theirs: string | undefined): { state: string } | null {
    if (!theirs || theirs === known) return null;
    known = theirs;
    return { state: theirs };
  }

  /** `sure`: without a condition that has not been tried yet. */
  async function write(part: Part, sure: boolean): Promise<Response | null> {
    const bold = tag !== null && bears !== false && (bears || !sure);
    const match = !bold ? {} : tag ? { "If-Match": tag } : { "If-None-Match": "*" };
    // From now on, and until it has been looked at, nobody knows.
    tag = null;
    const put = (headers: object): Promise<Response | null> =>
      call("PUT", STATE, address(STATE_ID), withPart(before, unit, part), headers);
    const answer = await put(match);
    if (!bold || bears) return answer;
    if (answer) {
      bears = true;
      return answer;
    }
    const plain = await put({});
    if (plain) bears = false;
    return plain;
  }

  /** Two windows, or two machines, may write to one state: what another has put there is never lost. */
  async function writeState(part: Part, leaving: boolean): Promise<Saved> {
    if (unread) {
      const theirs = leaving ? undefined : await look();
      if (theirs === undefined) return why;
      const other = news(theirs);
      if (other) return other;
    }
    let answer = await write(part, leaving);
    // Another's words, or a store that wants to know what is overwritten.
    if (answer && [409, 412].includes(answer.status)) {
      const theirs = await look();
      if (theirs === undefined) return why;
      const other = news(theirs);
      if (other) return other;
      answer = await write(part, leaving);
    }
    const done = outcome(answer);
    if (done !== true) return done;
    known = part.state;
    return (bears && !leaving && news(await look())) || true;
  }

  return {
    queue,

    read: async (resource, parameters) => (await read(resource, parameters))[0],

    readDocument: async (stateId) => (await read(STATE, address(stateId)))[0],

    async readState() {
      known = (await look()) ?? "";
      return partOf(before, unit);
    },

    async save({ state, page }, leaving) {
      if (!leaving && performance.now() < notBefore) return "failed";
      // As the page goes the state is sent first: some stores take nothing of a session after its `terminated`.
      const write = (): Promise<Saved> => writeState({ state, page }, leaving);
      const early = leaving ? write() : undefined;
      const [sent, kept]: [true | Trouble, Saved] = await Promise.all([queue.send(leaving), early ?? write()]);
      if (kept !== true) return kept;
      // The store takes the state and not this statement: it never will, and what waits behind it must not suffer.
      if (sent === "refused" && !leaving) queue.doubt();
      return sent;
    },
  };
}
