import type { Issue } from "./issues.ts";
import { few } from "./make-finding.ts";

const MOST_ACTIONS = 60;

/** One line for each resolution: issues that are resolved the same way at several places are one piece of work. */
export function actionItems(issues: readonly Issue[]): string[] {
  const byDeed = new Map<string, Issue[]>();
  for (const one of issues.filter(({ accepted }) => accepted === null)) {
    const same = byDeed.get(one.resolution);
    if (same) same.push(one);
    else byDeed.set(one.resolution, [one]);
  }
  return [...byDeed]
    .map(
      ([deed, same]) =>
        `${same[0]?.severity ?? "low"}: ${deed} (${few(
          same.map(({ id, place }) => (place === null ? id : `${id} at ${place}`)),
          6,
        )})`,
    )
    .slice(0, MOST_ACTIONS);
}
