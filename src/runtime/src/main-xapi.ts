import { xapiAdapter } from "./adapters/xapi.ts";
import { start } from "./start.ts";
import { watchMedia } from "./views/watching.ts";

start(xapiAdapter(), watchMedia);
