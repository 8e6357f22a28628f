import { xapiAdapter } from "./adapters/xapi.ts";
import { start } from "./start.ts";

export * from "./lent.ts";

start(xapiAdapter());
