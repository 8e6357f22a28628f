/** Another launch of content that reports to an LRS: its credentials and its session are used up once it was left. */

import type { Launch } from "./launch.ts";

export const isForLrs = ({ kind }: Launch): boolean => kind === "xapi" || kind === "cmi5";

/** Undefined where the one there is will do, or no other can be had. */
export async function relaunched(launch: Launch): Promise<Launch | undefined> {
  if (!isForLrs(launch)) return undefined;
  try {
    const answer = await fetch(new URL(`launch${location.search}`, location.href), { method: "POST" });
    return answer.ok ? ((await answer.json()) as Launch) : undefined;
  } catch {
    return undefined;
  }
}
