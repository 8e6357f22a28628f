/**
 * A SCORM 1.2 API that takes nothing it need not take: call order, data types and vocabularies as in the
 * standard, limits as in Moodle's "SCORM standards mode", and every call in a log.
 */

const NUMBER = /^-?\d{1,3}(\.\d+)?$/;
const RULES: readonly (readonly [RegExp, (value: string) => boolean])[] = [
  [/^cmi\.suspend_data$/, (value) => value.length <= 4096 && /^[ -~]*$/.test(value)],
  [/^cmi\.core\.lesson_location$/, (value) => value.length <= 255],
  [/^cmi\.core\.lesson_status$/, (value) => /^(passed|completed|failed|incomplete|browsed)$/.test(value)],
  [/^cmi\.core\.exit$/, (value) => /^(time-out|suspend|logout|)$/.test(value)],
  [/^cmi\.core\.session_time$/, (value) => /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value)],
  [
    /^cmi\.core\.score\.(raw|min|max)$/,
    (value) => NUMBER.test(value) && Number(value) >= 0 && Number(value) <= 100,
  ],
  [/^cmi\.interactions\.\d+\.id$/, (value) => /^[!-~]{1,255}$/.test(value)],
  [
    /^cmi\.interactions\.\d+\.type$/,
    (value) => /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/.test(value),
  ],
  [/^cmi\.interactions\.\d+\.time$/, (value) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value)],
  [/^cmi\.interactions\.\d+\.weighting$/, (value) => NUMBER.test(value)],
  [/^cmi\.interactions\.\d+\.result$/, (value) => /^(correct|wrong|unanticipated|neutral)$/.test(value)],
  [/^cmi\.interactions\.\d+\.latency$/, (value) => /^\d{2,4}:[0-5]\d:[0-5]\d(\.\d{1,2})?$/.test(value)],
];
/** CMIFeedback, by the type of the interaction. */
const FEEDBACK: Readonly<Record<string, RegExp>> = {
  "true-false": /^[01tf]$/,
  choice: /^([a-z0-9](,[a-z0-9])*|)$/,
  sequencing: /^[a-z0-9](,[a-z0-9])*$/,
  matching: /^[a-z0-9]\.[a-z0-9](,[a-z0-9]\.[a-z0-9])*$/,
  likert: /^[a-z0-9]?$/,
  numeric: /^-?\d+(\.\d+)?$/,
  "fill-in": /^[^]{0,255}$/,
  performance: /^[A-Za-z0-9]{0,255}$/,
};
const FEEDBACK_OF = /\.(student_response|correct_responses\.0\.pattern)$/;
const READABLE =
  /^cmi\.(core\.(lesson_(mode|status|location)|student_id)|suspend_data|student_data\.mastery_score|interactions\._count)$/;

export class StrictApi {
  readonly log: string[] = [];
  /** What a conforming SCO would never have done. */
  readonly faults: string[] = [];
  readonly held: Record<string, unknown>;
  commits = 0;
  finished = 0;
  /** Answers of the next commits; then "true". */
  commitAnswers: unknown[] = [];
  initializeAnswer: unknown = "true";
  private phase: "new" | "running" | "over" = "new";

  constructor(held: Record<string, unknown> = {}) {
    this.held = {
      "cmi.core.lesson_mode": "normal",
      "cmi.core.lesson_status": "not attempted",
      "cmi.core.lesson_location": "",
      "cmi.suspend_data": "",
      "cmi.core.student_id": "42",
      ...held,
    };
  }

  LMSInitialize = (...given: unknown[]): unknown => {
    this.note("LMSInitialize", given, [""]);
    if (this.phase !== "new") this.faults.push("initialised twice");
    if (this.initializeAnswer === "true") this.phase = "running";
    return this.initializeAnswer;
  };

  LMSFinish = (...given: unknown[]): unknown => {
    this.note("LMSFinish", given, [""]);
    if (this.phase !== "running") this.faults.push("finished outside a session");
    this.phase = "over";
    this.finished += 1;
    return "true";
  };

  LMSCommit = (...given: unknown[]): unknown => {
    this.note("LMSCommit", given, [""]);
    if (this.phase !== "running") this.faults.push("committed outside a session");
    this.commits += 1;
    return this.commitAnswers.length ? this.commitAnswers.shift() : "true";
  };

  LMSGetValue = (...given: unknown[]): unknown => {
    this.note("LMSGetValue", given, null);
    const element = String(given[0]);
    if (this.phase !== "running") this.faults.push(`read ${element} outside a session`);
    if (!READABLE.test(element)) this.faults.push(`read ${element}`);
    if (element === "cmi.interactions._count" && !(element in this.held)) return this.count();
    return this.held[element] ?? "";
  };

  LMSSetValue = (...given: unknown[]): unknown => {
    this.note("LMSSetValue", given, null);
    const [element, value] = given;
    if (this.phase !== "running") this.faults.push(`wrote ${String(element)} outside a session`);
    if (typeof element !== "string" || typeof value !== "string" || given.length !== 2) {
      this.faults.push(`wrote ${JSON.stringify(given)}`);
      return "false";
    }
    const rule = FEEDBACK_OF.test(element) ? this.feedback(element) : RULES.find(([name]) => name.test(element))?.[1];
    const index = Number(/^cmi\.interactions\.(\d+)\./.exec(element)?.[1] ?? 0);
    if (!rule?.(value) || (element.startsWith("cmi.interactions") && index > this.count())) {
      this.faults.push(`wrote ${element} = ${JSON.stringify(value)}`);
      return "false";
    }
    this.held[element] = value;
    return "true";
  };

  LMSGetLastError = (): string => "0";
  LMSGetErrorString = (): string => "";
  LMSGetDiagnostic = (): string => "";

  /** A new session on what this one left behind. */
  next(change: Record<string, unknown> = {}): StrictApi {
    return new StrictApi({ ...this.held, ...change });
  }

  /** What a response may be depends on the type, which must have been told before. */
  private feedback(element: string): ((value: string) => boolean) | undefined {
    const type = this.held[element.replace(FEEDBACK_OF, ".type")];
    const form = typeof type === "string" ? FEEDBACK[type] : undefined;
    return form && ((value) => form.test(value));
  }

  private count(): number {
    return new Set(
      Object.keys(this.held)
        .filter((name) => /^cmi\.interactions\.\d/.test(name))
        .map((name) => name.split(".")[2]),
    ).size;
  }

  private note(name: string, given: unknown[], expected: unknown[] | null): void {
    this.log.push(`${name}(${given.map((value) => String(value)).join(", ")})`);
    if (expected && JSON.stringify(given) !== JSON.stringify(expected))
      this.faults.push(`${name}(${JSON.stringify(given)})`);
  }
}
