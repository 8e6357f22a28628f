import { webAdapter } from "./adapters/web.ts";
import { start } from "./start.ts";

start(webAdapter());
