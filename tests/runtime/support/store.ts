/** A learning record store and cmi5 LMS on 127.0.0.1 that keeps a log and can be told to misbehave. */

import { createServer } from "node:http";
import type { IncomingMessage, Server } from "node:http";
import type { AddressInfo } from "node:net";

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
  /** Statements in the order they were first taken. */
  readonly statements: Kept[] = [];
  readonly documents = new Map<string, string>();
  readonly requests: string[] = [];
  readonly headers: Record<string, string | string[] | undefined>[] = [];
  fetches = 0;
  /** Status to answer with for a request such as "PUT statements"; 0 hangs up. */
  refuse: (request: string) => number | null = () => null;
  private readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then(([status, body]) => {
        if (status === 0) return request.socket.destroy();
        response.writeHead(status, { "Content-Type": "application/json" });
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
    const refused = this.refuse(name);
    if (refused !== null) return [refused, "{}"];
    if (resource === "fetch") {
      this.fetches += 1;
      if (this.fetches > 1) return [200, JSON.stringify({ "error-code": "1", "error-text": "used" })];
      return [200, JSON.stringify({ "auth-token": "dG9rZW4=" })];
    }
    if (!request.headers.authorization || request.headers["x-experience-api-version"] !== "1.0.3")
      return [400, "{}"];
    if (resource === "statements" && request.method === "PUT") return this.keep(url, body);
    if (resource === "activities/state" || resource === "agents/profile")
      return this.document(request.method!, url, body);
    return [404, "{}"];
  }

  private keep(url: URL, body: string): [number, string] {
    const statement = JSON.parse(body) as Kept;
    if (url.searchParams.get("statementId") !== statement.id) return [400, "{}"];
    const known = this.statements.find(({ id }) => id === statement.id);
    if (known) return [JSON.stringify(known) === JSON.stringify(statement) ? 204 : 409, ""];
    this.statements.push(statement);
    return [204, ""];
  }

  private document(method: string, url: URL, body: string): [number, string] {
    const names = ["stateId", "profileId", "activityId", "registration"];
    const key = names.map((name) => url.searchParams.get(name) ?? "").join("|");
    JSON.parse(url.searchParams.get("agent") ?? "");
    if (method === "PUT") {
      JSON.parse(body);
      this.documents.set(key, body);
      return [204, ""];
    }
    const kept = this.documents.get(key);
    return kept === undefined ? [404, "{}"] : [200, kept];
  }
}
