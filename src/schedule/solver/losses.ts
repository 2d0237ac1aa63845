import type { Shared } from "./energetic.ts";
import { int } from "./problem.ts";
import { both, lower, raise, type Narrowing, type Windows } from "./windows.ts";

/** Who needs more than a drop leaves cannot run while it lasts. */
export function narrowByLosses({ users, capacity, lost }: Shared, windows: Windows): Narrowing {
  let result: Narrowing = "same";
  for (const { from, to, units: less } of lost)
    for (const { node, duration, units } of users) {
      if (units <= capacity - less) continue;
      const meets = (start: number): boolean => start < to && start + duration > from;
      if (meets(int(windows.earliest, node))) result = both(result, raise(windows, node, to));
      if (meets(int(windows.latest, node)))
        result = both(result, lower(windows, node, from - duration));
    }
  return result;
}
