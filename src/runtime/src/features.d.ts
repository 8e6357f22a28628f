/**
 * What only some courses need, or only some formats (see build.mjs): true in the scripts that go into their packages, and left out of the
 * others.
 */

/** Assessments: attempts, draws from a bank, results. */
declare const ASSESSMENT: boolean;

/** Not a feature but a format: an LMS's API that may come late, and an adapter without a queue of its own. */
declare const SCORM: boolean;

/** Nobody else keeps what the learner does; else the browser keeps for all windows what the other side has not taken. */
declare const WEB: boolean;

/** What stands in a script of its own (the folder `pieces`) puts itself here as it is read; runtime.py declares it. */
declare const pieces: import("./pieces.ts").Piece[];
