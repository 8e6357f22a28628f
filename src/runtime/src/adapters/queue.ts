/**
 * Statements on their way to the store: one by one and in order; when the page goes, all in one request, so that they
 * keep their order then too.
 *
 * A statement stays in the queue, and the queue in the browser's storage, until the store has it. Its id is given when
 * it is made, so sending it again does no harm.
 */

import type { Json, JsonObject } from "./launch.ts";
import { isObject, parse } from "./launch.ts";
import { outcome } from "./request.ts";
import { uuid } from "../hash.ts";
import type { Memory } from "../memory.ts";
import type { Trouble } from "../types.ts";

export type Statement = JsonObject & { readonly id: string };

export type Call = (method: string, resource: string, query: object, body?: Json) => Promise<Response | null>;

export interface Queue {
  add(statement: Statement): void;
  /** Sends what waits; true when nothing is left. `leaving`: at once, and as much as may outlive a page. */
  send(leaving: boolean): Promise<true | Trouble>;
  /** The store takes other things than the one it refused last: the second time that one is given up. */
  doubt(): void;
  /** Changes what has not been sent; null takes a statement out. */
  rewrite(change: (statement: Statement) => Statement | null): void;
  /** Takes statements over that earlier sessions could not send. */
  adopt(): Statement[];
  /** The store knows statements only one by one. */
  single: boolean;
}

/** Browsers let 64 kB outlive a page. */
const LEAVING_MAX = 60_000;

/** `shelf`: where in the browser's storage the queues of this learner and activity lie. */
export function createQueue(call: Call, memory: Memory, shelf: string): Queue {
  const key = shelf + uuid();
  const underWay = new Map<Statement, Promise<true | Trouble>>();
  let waiting: Statement[] = [];
  let sending: Promise<true | Trouble> | null = null;
  let refused: Statement | undefined;
  let doubted: Statement | undefined;

  function store(): void {
    if (waiting.length) memory.set(key, JSON.stringify(waiting));
    else memory.remove(key);
  }

  /** What is on its way already is not sent a second time. */
  function put(statement: Statement): Promise<true | Trouble> {
    return underWay.get(statement) ?? track([statement], call("PUT", "statements", { statementId: statement.id }, statement));
  }

  function track(sent: readonly Statement[], answer: Promise<Response | null>): Promise<true | Trouble> {
    const result = answer.then((given) => {
      for (const statement of sent) underWay.delete(statement);
      // 409: the store has this id.
      const over = given?.status === 409 && sent.length === 1 ? true : outcome(given);
      if (over === true) {
        waiting = waiting.filter((statement) => !sent.includes(statement));
        store();
      }
      return over;
    });
    for (const statement of sent) underWay.set(statement, result);
    return result;
  }

  async function inTurn(): Promise<true | Trouble> {
    while (waiting.length) {
      const first = waiting[0]!;
      const sent = await put(first);
      if (sent === "refused") refused = first;
      if (sent !== true) return sent;
    }
    return true;
  }

  async function atOnce(): Promise<true | Trouble> {
    let room = LEAVING_MAX;
    const light = waiting.filter((statement) => (room -= JSON.stringify(statement).length * 2) > 0);
    // With those that are on their way already: they might come after the last.
    if (light.length > 1 && !queue.single) void track(light, call("POST", "statements", {}, light));
    const results = await Promise.all(light.map(put));
    return results.find((result) => result !== true) ?? (waiting.length ? "failed" : true);
  }

  const queue: Queue = {
    single: false,

    add(statement) {
      waiting.push(statement);
      store();
    },

    send(leaving) {
      if (leaving) return atOnce();
      sending ??= inTurn().finally(() => (sending = null));
      return sending;
    },

    doubt() {
      if (doubted === refused) waiting = waiting.filter((statement) => statement !== refused);
      doubted = refused;
      store();
    },

    rewrite(change) {
      waiting = waiting.map(change).filter((statement) => statement !== null);
      store();
    },

    adopt() {
      const found: Statement[] = [];
      for (const name of memory.keys().filter((name) => name.startsWith(shelf) && name !== key)) {
        const kept = parse(memory.get(name));
        if (Array.isArray(kept))
          found.push(...(kept.filter((item) => isObject(item) && typeof item["id"] === "string") as Statement[]));
        memory.remove(name);
      }
      return found;
    },
  };
  return queue;
}
