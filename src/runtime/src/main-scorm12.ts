import { scorm12Adapter } from "./adapters/scorm12.ts";
import { start } from "./start.ts";

start(scorm12Adapter());
