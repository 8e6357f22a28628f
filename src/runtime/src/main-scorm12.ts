import { scorm12Adapter } from "./adapters/scorm12.ts";
import { start } from "./start.ts";

export * from "./lent.ts";

start(scorm12Adapter());
