/** Finding the LMS's API object, and talking to it without ever being thrown at. */

/**
 * SCORM 1.2 RTE 3.3: the LMS puts `API` into a window above the content or above the window that opened it.
 */
interface Functions {
  LMSInitialize(none: ""): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit?(none: ""): unknown;
  LMSGetLastError?(): unknown;
  LMSFinish?(none: ""): unknown;
  /** What one LMS calls LMSFinish. */
  LMSTerminate?(none: ""): unknown;
}

export interface ScormApi {
  initialize(): boolean;
  /** What the LMS holds, as text whatever it really is; "" when it does not say. */
  get(element: string): string;
  set(element: string, value: string): boolean;
  commit(): boolean;
  finish(): boolean;
  /** The number of the error that the last call left; "" when the LMS does not say. */
  error(): string;
}

const STEPS = 20;
const LOOK_AGAIN = 100;

/** There is a window, other than the page's own, where an API may turn up. */
export function mayTurnUp(page: Window): boolean {
  return page.parent !== page || attempt(() => page.opener, null) !== null;
}

/** Looks for `wait` milliseconds: an LMS may put its API in place after the content has begun to load. */
export async function findApi(page: Window, wait: number): Promise<ScormApi | null> {
  const end = performance.now() + (mayTurnUp(page) ? wait : 0);
  let found = search(page);
  while (!found && performance.now() < end) {
    await pause(LOOK_AGAIN);
    found = search(page);
  }
  return found && wrap(found);
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Through the windows above the content, and then above those that opened one of them. */
function search(page: Window): Functions | null {
  const above = line(page);
  const openers = above.flatMap((place) => line(attempt(() => place.opener as Window | null, null)));
  for (const place of [...above, ...openers]) {
    const api = attempt(() => (place as unknown as { API?: Functions }).API, undefined);
    if (attempt(() => isApi(api), false)) return api!;
  }
  return null;
}

/**
 * The window itself, its parent, and so on. A window of another origin is passed by: the API may be above it.
 */
function line(from: Window | null): Window[] {
  const windows: Window[] = [];
  let place = from;
  while (place && windows.length < STEPS && !windows.includes(place)) {
    const here = place;
    windows.push(here);
    place = attempt(() => here.parent, null);
  }
  return windows;
}

function isApi(api: Functions | undefined): boolean {
  return (
    !!api &&
    [api.LMSInitialize, api.LMSGetValue, api.LMSSetValue].every((member) => typeof member === "function")
  );
}

function wrap(api: Functions): ScormApi {
  const get = (element: string): string => {
    const value = attempt(() => api.LMSGetValue(element), "");
    return value === null || value === undefined ? "" : String(value);
  };
  /** A function that the LMS does not have cannot fail. */
  const call = (name: "LMSInitialize" | "LMSCommit" | "LMSFinish" | "LMSTerminate"): boolean =>
    typeof api[name] !== "function" || attempt(() => yes(api[name]!("")), false);
  return {
    // "false" may mean that it is initialised already (the page was loaded anew): then it still answers.
    initialize: () => call("LMSInitialize") || get("cmi.core.student_id") !== "",
    get,
    set: (element, value) => attempt(() => yes(api.LMSSetValue(element, value)), false),
    commit: () => call("LMSCommit"),
    finish: () => call(typeof api.LMSFinish === "function" ? "LMSFinish" : "LMSTerminate"),
    error: () => attempt(() => String(api.LMSGetLastError?.() ?? ""), ""),
  };
}

/** Some LMSs answer with booleans, numbers or nothing at all; only a clear no is a no. */
function yes(answer: unknown): boolean {
  return !/^(false|0)$/i.test(String(answer));
}

function attempt<T>(step: () => T, otherwise: T): T {
  try {
    return step();
  } catch {
    return otherwise;
  }
}
