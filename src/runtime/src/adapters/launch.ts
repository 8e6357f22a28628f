/**
 * What an LMS puts in the launch address of xAPI (Tin Can) and cmi5 content. Read only: the query string
 * stays where it is.
 */

import { fnv1a } from "../hash.ts";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface Launch {
  /** With a final slash. */
  readonly endpoint: string;
  readonly actor: JsonObject;
  /** "" when the LMS gives none. */
  readonly registration: string;
  readonly parameters: URLSearchParams;
}

/** Null when there is no usable endpoint and actor: the content was not launched by an LMS. */
export function readLaunch(search: string): Launch | null {
  const parameters = new URLSearchParams(search);
  const endpoint = parameters.get("endpoint") ?? "";
  const actor = normaliseActor(parse(parameters.get("actor")));
  if (!/^https?:\/\//i.test(endpoint) || !actor) return null;
  const registration = parameters.get("registration") ?? "";
  return { endpoint: endpoint.replace(/\/*$/, "/"), actor, registration, parameters };
}

/** Base64 in a query string may come with its `+` as it stands, and with or without its scheme. */
export function authorization(auth: string): string {
  const [, scheme, token] = /^(?:(Basic|Bearer)\s+)?(.*)$/is.exec(auth.trim())!;
  return `${scheme ?? "Basic"} ${token!.replace(/ /g, "+")}`;
}

/** Names a learner in a store of this browser, without saying who it is. */
export function learnerKey(launch: Launch): string {
  return launch.registration || fnv1a(JSON.stringify(launch.actor)).toString(36);
}

export function parse(text: string | null): Json {
  try {
    return JSON.parse(text ?? "") as Json;
  } catch {
    return null;
  }
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A text in a document; "" when it is not there. */
export function textOf(document: Json | undefined, name: string): string {
  const value = isObject(document) ? document[name] : "";
  return typeof value === "string" ? value : "";
}

/** The actor as it came, unless it is of the form before xAPI 1.0: lists, and accounts with other names. */
function normaliseActor(actor: Json): JsonObject | null {
  if (!isObject(actor)) return null;
  const first = (value: Json | undefined): Json | undefined => (Array.isArray(value) ? value[0] : value);
  const values = ["name", "mbox", "mbox_sha1sum", "openid", "account"].map((name) => actor[name]);
  const account = first(actor["account"]);
  const dated =
    values.some(Array.isArray) ||
    actor["objectType"] === "Person" ||
    (isObject(account) && "accountName" in account);
  if (!dated) return actor;
  const name = first(actor["name"]);
  const agent: JsonObject = { objectType: "Agent", ...(typeof name === "string" && name ? { name } : {}) };
  if (isObject(account)) {
    const homePage = account["homePage"] ?? account["accountServiceHomePage"] ?? null;
    return { ...agent, account: { homePage, name: account["name"] ?? account["accountName"] ?? null } };
  }
  // An agent has one identifier and no more.
  for (const kind of ["mbox", "mbox_sha1sum", "openid"]) {
    const value = first(actor[kind]);
    if (typeof value !== "string" || !value) continue;
    return { ...agent, [kind]: kind === "mbox" ? value.replace(/^(?!mailto:)/i, "mailto:") : value };
  }
  return null;
}
