import { xapiAdapter } from "./adapters/xapi.ts";
import { start } from "./start.ts";

start(xapiAdapter());
