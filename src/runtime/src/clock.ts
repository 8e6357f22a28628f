/**
 * Time in a session: all of it, and the part with the page in sight. In milliseconds, on a clock that nobody
 * sets.
 */

export interface Clock {
  active(): number;
  elapsed(): number;
  /** Starts both again at zero. */
  restart(): void;
}

export function createClock(document: Document): Clock {
  let begun = 0;
  let shown: number | null = null;
  let before = 0;
  const restart = (): void => {
    begun = performance.now();
    before = 0;
    shown = document.visibilityState === "hidden" ? null : begun;
  };
  restart();
  document.addEventListener("visibilitychange", () => {
    const now = performance.now();
    if (document.visibilityState !== "hidden") shown ??= now;
    else if (shown !== null) {
      before += now - shown;
      shown = null;
    }
  });
  return {
    active: () => before + (shown === null ? 0 : performance.now() - shown),
    elapsed: () => performance.now() - begun,
    restart,
  };
}
