import { cmi5Adapter } from "./adapters/cmi5.ts";
import { start } from "./start.ts";
import { watchMedia } from "./views/watching.ts";

start(cmi5Adapter(), watchMedia);
