import type { Subjects } from "../text/deed.ts";
import { singular } from "../text/terms.ts";
import type { Surroundings } from "./surroundings.ts";

/** A subject of this share of all demands is what the spec calls the whole. */
const SYSTEM_SHARE = 0.4;

/** Whom and what the sentences of a spec speak of. */
export function subjectsOf({ demands }: Surroundings): Subjects {
  const people = new Set(
    demands.flatMap(({ actions }) =>
      actions.flatMap(({ actor }) => (actor ? [singular(actor.toLowerCase())] : [])),
    ),
  );
  const counts = new Map<string, number>();
  for (const { outright } of demands) {
    const name = /^(?:the )?(\S+(?: \S+)?) (?:MUST|SHALL|SHOULD)\b/i
      .exec(outright)?.[1]
      ?.toLowerCase();
    if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const systems = [...counts]
    .filter(
      ([name, count]) =>
        count >= 3 && count >= demands.length * SYSTEM_SHARE && !people.has(singular(name)),
    )
    .map(([name]) => name);
  return { people, systems: new Set(systems) };
}
