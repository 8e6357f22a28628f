/** What an element of SCORM 1.2 may hold for a moment instead of its value, so that an LMS sees it change. */

const OTHERS: readonly (readonly [RegExp, (value: string) => string])[] = [
  // "incomplete" need not be sent again: whatever is stored instead says no more.
  [/lesson_status$/, (value) => (value === "incomplete" ? value : "incomplete")],
  [/(raw|weighting)$/, (value) => (value === "0" ? "1" : "0")],
  [/\.id$/, (value) => (value.length < 255 ? `${value}-` : value.slice(1))],
  // First of all: of any other type, the forms of the responses need not be kept.
  [/\.type$/, () => "performance"],
  [/(pattern|student_response)$/, (value) => (value === "x" ? "y" : "x")],
  [/\.time$/, (value) => (value === "00:00:00" ? "00:00:01" : "00:00:00")],
  [/\.latency$/, (value) => (/^[0:.]+$/.test(value) ? "0000:00:01" : "0000:00:00")],
  [/\.result$/, (value) => (value === "neutral" ? "wrong" : "neutral")],
];

/** The value itself where it does not matter whether it is sent again. */
export function other(element: string, value: string): string {
  return OTHERS.find(([pattern]) => pattern.test(element))?.[1](value) ?? value;
}
