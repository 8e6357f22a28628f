/**
 * What only some courses need (see build.mjs): true in the scripts that go into their packages, and left out of the
 * others.
 */

/** Surveys, action plans, priorities and group work. */
declare const WORKSHOP: boolean;

/** Assessments: attempts, draws from a bank, results. */
declare const ASSESSMENT: boolean;

/**
 * Not a feature but a format: an LMS's API that may come late, and that keeps no queue of its own, so that the tracker
 * keeps one for all windows of a learner.
 */
declare const SCORM: boolean;
