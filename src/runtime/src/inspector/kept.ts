/** What the inspector remembers of how somebody likes it, in this browser. */

const KEY = "kurspakke.inspector";

export interface Liking {
  readonly share: number;
  readonly below: boolean;
  readonly tab: string;
}

const FIRST: Liking = { share: 58, below: false, tab: "calls" };

export function liking(): Liking {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Liking>;
    return { share: Number(kept.share) || FIRST.share, below: kept.below === true, tab: typeof kept.tab === "string" ? kept.tab : FIRST.tab };
  } catch {
    return FIRST;
  }
}

export function like(change: Partial<Liking>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...liking(), ...change }));
  } catch {
    // A browser that keeps nothing: it looks as at first next time.
  }
}
