/** Notes every call that content makes, and says of the last one what its error means, whichever version of SCORM. */

import type { Call, Outcome } from "./calls.ts";
import type { Words } from "./types.ts";

export interface Callbook<Code extends string> {
  readonly calls: readonly Call[];
  /** The call `name`, carried out by `act`, as content finds it. */
  readonly noted: (name: string, act: (given: readonly unknown[]) => Outcome<Code>) => (...given: unknown[]) => string;
  readonly lastError: () => string;
  readonly errorString: (code: unknown) => string;
  /** What was wrong with the last call, or what a code means. */
  readonly diagnostic: (code: unknown) => string;
}

export function createCallbook<Code extends string>(none: Code, errors: Readonly<Record<Code, Words>>, language: keyof Words): Callbook<Code> {
  const calls: Call[] = [];
  let last: Outcome<Code> = { answer: "", error: none };
  const meaning = (code: string): string => errors[code as Code]?.[language] ?? "";
  const plain = (code: unknown): string => String(code ?? "");
  return {
    calls,
    noted: (name, act) => (...given) => {
      last = act(given);
      const { answer, error, why, before } = last;
      calls.push({ at: performance.now(), name, given, answer, error, diagnostic: why?.[language] ?? "", ...(before === undefined ? {} : { before }) });
      return answer;
    },
    lastError: () => last.error,
    errorString: (code) => meaning(plain(code)),
    diagnostic: (code) => (plain(code) && plain(code) !== last.error ? meaning(plain(code)) : last.why?.[language] || meaning(last.error)),
  };
}
