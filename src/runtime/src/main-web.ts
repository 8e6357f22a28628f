import { webAdapter } from "./adapters/web.ts";
import { start } from "./start.ts";

export * from "./lent.ts";

start(webAdapter());
