/**
 * What only some courses need (see build.mjs): true in the scripts that go into their packages, and left out of the
 * others.
 */

/** Surveys, action plans, priorities and group work. */
declare const WORKSHOP: boolean;

/** Assessments: attempts, draws from a bank, results. */
declare const ASSESSMENT: boolean;
