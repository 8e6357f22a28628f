/** Another LMS's opinion on every call: where scorm-again answers otherwise, it is known why. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { disagreements, SCORM12, SCORM2004, type Standard } from "./support/callmatrix.ts";

/** What the line `call | ours | theirs` looks like, and why ours stands. */
type Explanation = readonly [RegExp, string];

const BOTH: readonly Explanation[] = [
  [/^(new|running) \w+\(\) \| false 201 \| true 0$/, "a call without an argument is one with undefined, and the standards ask for the empty string; Moodle refuses it too"],
  [/^\w+ \w+\(("x"|null)\) \| false (101|103|104|112|113|142|143|301) \| false 201$/, "of two faults we name that of the phase first, as the call would be refused with the right argument too"],
  [/^\w+ get cmi \| .* \| \[object Object\] 0$/, "cmi is no element; an object is no answer that content can use"],
  [/^\w+ set cmi .*\| false (201|301|401) \| true 0$/, "cmi is no element: what is set there could never be read"],
  [/^running get cmi\.(core\.)?(student|learner)_(id|name) /, "scorm-again has no learner of its own: whoever uses it brings one"],
  [/^running get cmi\.(core\.)?entry \| ab-initio 0 \|  0$/, "a first session begins with ab-initio; scorm-again leaves it to whoever uses it"],
];

const ONLY_12: readonly Explanation[] = [
  [/^finished .* \| (false)? ?301 \| /, "scorm-again stays ready after LMSFinish; the session is over, and 301 tells content so"],
  [/^running get cmi\.core\.(credit|total_time) /, "the standard's first values; scorm-again leaves them to whoever uses it"],
  [/^running get cmi\.(core|objectives\.0)\.score\.max \|  0 \| 100 0$/, "RTE 3.4.4: blank until content sets it"],
  [/^running get cmi\.student_preference\.(audio|speed|text) \| 0 0 \|  0$/, "RTE 3.4.4: 0 is the value of a learner who has chosen nothing"],
  [/^running set cmi\.core\.exit normal \| false 405 \| true 0$/, "normal is a word of SCORM 2004"],
  [/^running set cmi\.(core\.session_time|interactions\.0\.latency) 0:00:05 \| false 405 \| true 0$/, "CMITimespan has two to four digits for the hours"],
  [/^running set cmi\.suspend_data x\*4097 \| false 405 \| true 0$/, "CMIString4096; scorm-again takes 64,000 as Moodle does without its standards mode"],
  [/^running set \S+\.id (not attempted|a b) \| false 405 \| true 0$/, "CMIIdentifier has no spaces; Moodle and ILIAS refuse them"],
  [/^running set \S+\.7\.\S*_(children|count) 1 \| false 402 \| false 201$/, "of two faults we name the one that no other index would mend"],
  [/^running set cmi\.interactions\.0\.(correct_responses\.0\.pattern|student_response) x\*\d+ \| false 405 \| true 0$/, "CMIFeedback holds 255 characters"],
  [/^running set cmi\.interactions\.0\.weighting (100\.5|101) \| true 0 \| false 405$/, "CMIDecimal without a range"],
  [/^running set cmi\.interactions\.0\.result incorrect \| false 405 \| true 0$/, "incorrect is a word of SCORM 2004"],
  [/^running set cmi\.interactions\.0\.result -1 \| true 0 \| false 405$/, "CMIDecimal may be below 0"],
  [/^running (get|set) (cmi\.foo|foo\.bar|cmi\.location\._count)( .*)? \| (false)? ?201 \| (false)? ?401$/, "an element that the standard does not have is an invalid argument to Moodle and ILIAS; 401 is for optional ones"],
  [/^running set cmi\.core\.lesson_status\._(children|count) .* \| false 20[23] \| false 401$/, "RTE 3.3.2.7 has codes of their own for this, 202 and 203"],
  [/^running (get|set)  ?.*\| (false)? ?201 \| (false)? ?0$/, "a call that fails leaves an error behind"],
];

const ONLY_2004: readonly Explanation[] = [
  [/^running get \S+_children \| /, "the same names in another order, which means nothing"],
  [/^running get cmi\.(comments_from_l\w+\.0\.\w+|interactions\.0\.(objectives\.0\.id|correct_responses\.0\.pattern)) \|  301 \|  403$/, "RTE 3.1.7.3: an index beyond _count fails with 301; 403 is for an item that is there"],
  [/^running set cmi\.(comments_from_learner\.0\.location|location|learner_preference\.language)  \| true 0 \| false 406$/, "a characterstring may be empty: so content takes back what it said"],
  [/^running set \S+\.7\.\S+ 1 \| false 404 \| false 351$/, "of two faults we name the one that no other index would mend"],
  [/^running set cmi\.interactions\.0\.id .* \| (true 0|false 406) \| false 351$/, "an interaction's id need not stay; only those of objectives are fixed (RTE 4.2.17)"],
  [/^running set cmi\.objectives\.0\.id .* \| false 406 \| false 351$/, "of two faults we name that of the value first"],
  [/^running set cmi\.interactions\.0\.objectives\.0\.id (not attempted|a b) \| false 406 \| true 0$/, "long_identifier_type is a URI, and has no spaces"],
  [/^running set cmi\.(interactions|objectives)\.0\.description x\*\d+ \| false 406 \| true 0$/, "250 characters are what every LMS has to take, and no more"],
  [/^running get cmi\.launch_data \|  403 \|  0$/, "the manifest has none: the element has no value"],
  [/^running set cmi\.learner_preference\.delivery_speed 0 \| true 0 \| false 407$/, "real(10,7) with the range 0 and up"],
  [/^running set cmi\.learner_preference\.audio_captioning (50|101) \| false 406 \| false 407$/, "a state of three words, and not a number with a range"],
  [/^running set cmi\.location\._count .* \| false 404 \| false 401$/, "a keyword can only be read, also of an element that has none"],
];

/** Explained one by one; an explanation of nothing has to go as well. */
function explained(standard: Standard, explanations: readonly Explanation[], least: number): void {
  const { calls, found } = disagreements(standard);
  assert.ok(calls >= least, `${calls} calls`);
  const lines = found.map(({ call, ours, theirs }) => `${call} | ${ours} | ${theirs}`);
  assert.deepEqual(lines.filter((line) => !explanations.some(([form]) => form.test(line))), []);
  assert.deepEqual(explanations.filter(([form]) => !lines.some((line) => form.test(line))), []);
}

test("SCORM 1.2", () => explained(SCORM12, [...BOTH, ...ONLY_12], 2000));
test("SCORM 2004", () => explained(SCORM2004, [...BOTH, ...ONLY_2004], 2500));
