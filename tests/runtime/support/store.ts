/**
 * A learning record store and cmi5 LMS on 127.0.0.1 that keeps a log and can be told to misbehave. Each statement it is
 * given is judged by Learning Locker's rules.
 */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";

interface Warning {
  readonly path: readonly string[];
  readonly data: unknown;
}

const judge = (
  createRequire(new URL("../../node/package.json", import.meta.url))("@learninglocker/xapi-validation") as {
    default(statement: unknown): readonly Warning[];
  }
).default;

export interface Kept {
  readonly id: string;
  readonly verb: { readonly id: string; readonly display: Record<string, string> };
  readonly actor: Record<string, unknown>;
  readonly object: { readonly id: string; readonly definition?: Record<string, unknown> };
  readonly context: {
    readonly registration?: string;
    readonly contextActivities?: Record<string, readonly { readonly id: string }[]>;
    readonly extensions?: Record<string, unknown>;
    readonly language?: string;
  };
  readonly result?: { readonly [name: string]: unknown; readonly score?: { readonly scaled: number } };
  readonly timestamp: string;
}

export class Store {
  /** Statements in the order they were first taken, but for those on the way forward. */
  readonly statements: Kept[] = [];
  /** What each `progressed` says, in percent. */
  readonly steps: number[] = [];
  /** Each state document has a tag, and whoever writes may make a condition of it. */
  tags = false;
  readonly documents = new Map<string, string>();
  readonly requests: string[] = [];
  readonly headers: Record<string, string | string[] | undefined>[] = [];
  fetches = 0;
  /** Status to answer with for a request such as "PUT statements"; 0 hangs up. */
  refuse: (request: string, query: URLSearchParams) => number | null = () => null;
  /** More headers for answers with a status. */
  headersOf: (status: number) => Record<string, string> = () => ({});
  private readonly given = new Map<string, string>();
  private readonly complaints: string[] = [];
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(([status, body]) => {
        if (status === 0) return request.socket.destroy();
        const known = this.tags && request.method === "GET" && status === 200;
        response.writeHead(status, {
          "Content-Type": "application/json",
          ...(known ? { ETag: tagOf(body) } : {}),
          ...this.headersOf(status),
        });
        response.end(body);
      });
    });
  }

  static async open(): Promise<Store> {
    const store = new Store();
    await new Promise<void>((resolve) => store.server.listen(0, "127.0.0.1", resolve));
    return store;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    assert.deepEqual(this.complaints, []);
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  verbs(): string[] {
    return this.statements.map((statement) =>
      statement.verb.id.replace("http://adlnet.gov/expapi/verbs/", ""),
    );
  }

  statement(verb: string): Kept {
    const found = this.statements.filter((statement) => statement.verb.id.endsWith(`/${verb}`));
    if (found.length !== 1)
      throw new Error(`${found.length} statements with ${verb}: ${this.verbs().join(", ")}`);
    return found[0]!;
  }

  state(): { state: string; page: string } | null {
    const kept = [...this.documents].find(([key]) => key.includes("suspendData"))?.[1];
    return kept ? (JSON.parse(kept) as { state: string; page: string }) : null;
  }

  /** Waits until nobody has asked for anything for a while. */
  async quiet(): Promise<void> {
    for (let count = -1; count !== this.requests.length;) {
      count = this.requests.length;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  private async answer(request: IncomingMessage): Promise<[number, string]> {
    const url = new URL(request.url ?? "", this.address);
    const resource = url.pathname.replace(/^\/(xapi\/)?/, "");
    const name = `${request.method} ${resource}`;
    let body = "";
    for await (const chunk of request) body += String(chunk);
    this.requests.push(name);
    this.headers.push(request.headers);
    const refused = this.refuse(name, url.searchParams);
    if (refused !== null) return [refused, "{}"];
    if (resource === "fetch") {
      this.fetches += 1;
      if (this.fetches > 1) return [200, JSON.stringify({ "error-code": "1", "error-text": "used" })];
      return [200, JSON.stringify({ "auth-token": "dG9rZW4=" })];
    }
    if (!request.headers.authorization || request.headers["x-experience-api-version"] !== "1.0.3")
      return [400, "{}"];
    if (resource === "statements" && request.method === "PUT") {
      const statement = JSON.parse(body) as Kept;
      return url.searchParams.get("statementId") === statement.id ? this.keep(statement) : [400, "{}"];
    }
    if (resource === "statements" && request.method === "POST") {
      for (const statement of JSON.parse(body) as Kept[]) this.keep(statement);
      return [200, "[]"];
    }
    if (resource === "activities/state" || resource === "agents/profile")
      return this.document(request, url, body);
    return [404, "{}"];
  }

  private keep(statement: Kept): [number, string] {
    const text = JSON.stringify(statement);
    const known = this.given.get(statement.id);
    if (known) return [known === text ? 204 : 409, ""];
    this.given.set(statement.id, text);
    for (const { path, data } of judge(statement))
      this.complaints.push(`${statement.verb.id} ${path.join(".")}: ${JSON.stringify(data)}`);
    if (statement.verb.id.endsWith("/progressed")) {
      const extensions = statement.result!["extensions"] as Record<string, number>;
      this.steps.push(extensions["https://w3id.org/xapi/cmi5/result/extensions/progress"]!);
    } else this.statements.push(statement);
    return [204, ""];
  }

  private document(request: IncomingMessage, url: URL, body: string): [number, string] {
    const { method } = request;
    const names = ["stateId", "profileId", "activityId", "registration"];
    const key = names.map((name) => url.searchParams.get(name) ?? "").join("|");
    JSON.parse(url.searchParams.get("agent") ?? "");
    if (method === "PUT") {
      const match = request.headers["if-match"];
      const there = this.documents.get(key);
      if (this.tags && match !== undefined && match !== (there === undefined ? "" : tagOf(there))) return [412, "{}"];
      if (this.tags && request.headers["if-none-match"] && there !== undefined) return [412, "{}"];
      JSON.parse(body);
      this.documents.set(key, body);
      return [204, ""];
    }
    const kept = this.documents.get(key);
    return kept === undefined ? [404, "{}"] : [200, kept];
  }
}

function tagOf(text: string): string {
  return `"${createHash("sha1").update(text).digest("hex")}"`;
}
