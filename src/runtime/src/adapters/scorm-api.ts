/** Finding the LMS's API object, and talking to it without ever being thrown at. */

/**
 * SCORM 1.2 RTE 3.3: the LMS puts `API` into a window above the content or above the window that opened it.
 */
interface Functions {
  LMSInitialize(none: ""): unknown;
  LMSGetValue(element: string): unknown;
  LMSSetValue(element: string, value: string): unknown;
  LMSCommit?(none: ""): unknown;
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
}

const STEPS = 20;
const WAIT = 4_000;
const LOOK_AGAIN = 100;

/** Looks for some seconds: an LMS may put its API in place after the content has begun to load. */
export async function findApi(page: Window): Promise<ScormApi | null> {
  const framed = page.parent !== page || attempt(() => page.opener, null) !== null;
  const end = performance.now() + (framed ? WAIT : 0);
  let found = search(page);
  while (!found && performance.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN));
    found = search(page);
  }
  return found && wrap(found);
}

function search(page: Window): Functions | null {
  return climb(page) ?? climb(attempt(() => page.opener as Window | null, null));
}

/**
 * The window itself, its parent, and so on. A window of another origin is passed by: the API may be above it.
 */
function climb(from: Window | null): Functions | null {
  let place = from;
  for (let step = 0; place && step < STEPS; step++) {
    const here = place;
    const api = attempt(() => (here as unknown as { API?: Functions }).API, undefined);
    if (attempt(() => isApi(api), false)) return api!;
    const above: Window | null = attempt(() => here.parent, null);
    if (above === here) return null;
    place = above;
  }
  return null;
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
