/** How long sessions have taken together, in the forms of SCORM 1.2 and SCORM 2004. */

/** Two CMITimespans together, as HHHH:MM:SS.SS; at most 9999 hours, as the type has no more (RTE 1.2, 3.4.2). */
export function sum12(one = "", other = ""): string {
  const total = Math.min(hundredths(one) + hundredths(other), 9999 * 360_000 + 359_999);
  const two = (number: number): string => String(Math.floor(number)).padStart(2, "0");
  return `${String(Math.floor(total / 360_000)).padStart(4, "0")}:${two((total / 6000) % 60)}:${two((total / 100) % 60)}.${two(total % 100)}`;
}

function hundredths(span: string): number {
  const [, hours, minutes, seconds] = /^(\d{2,4}):(\d{2}):(\d{2}(?:\.\d{1,2})?)$/.exec(span) ?? [];
  return Math.round((Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)) * 100);
}

const SPAN = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const SECONDS = [31_536_000, 2_592_000, 86_400, 3600, 60, 1];

/** Two durations together, in seconds; a year counts as 365 days, a month as 30. */
export function sum2004(one = "", other = ""): string {
  return `PT${Math.round((seconds(one) + seconds(other)) * 100) / 100}S`;
}

function seconds(span: string): number {
  const parts = SPAN.exec(span)?.slice(1) ?? [];
  return parts.reduce((total, part, at) => total + Number(part ?? 0) * SECONDS[at]!, 0);
}
