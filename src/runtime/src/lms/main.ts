/** What an LMS page loads: `kurspakkeLms.scorm12(kept)` makes the API that content looks for. */

import { strictLms } from "./scorm12.ts";

Object.assign(window, { kurspakkeLms: { scorm12: strictLms } });
