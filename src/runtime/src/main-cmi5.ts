import { cmi5Adapter } from "./adapters/cmi5.ts";
import { start } from "./start.ts";

export * from "./lent.ts";

start(cmi5Adapter());
