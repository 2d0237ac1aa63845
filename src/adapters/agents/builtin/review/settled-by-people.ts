import { z } from "zod";
import { oneLine } from "../../../../core/text.ts";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import type { Conflict } from "./finding.ts";

/** What people said at gates and holds, as the stage hands it on (`people.json`). */
const peopleWords = z.array(z.object({ by: z.string(), at: z.string(), text: z.string() }));

/**
 * Critical conflicts that only a person can settle, with the person's word as the resolution once the stage was held for
 * one. Rules can't judge the word; it stands in the plan as it was said.
 */
export function settledByPeople(
  conflicts: readonly Conflict[],
  people: string | undefined,
): readonly Conflict[] {
  const words = peopleWords.safeParse(parseJson(people));
  const last = words.success ? words.data.findLast(({ at }) => at.startsWith("hold ")) : undefined;
  if (!last) return conflicts;
  const resolution = `Decided by ${oneLine(last.by, 60)}: ${oneLine(last.text, 1_000)}`;
  return conflicts.map((conflict) =>
    conflict.severity === "critical" && conflict.fate === "escalated"
      ? { ...conflict, fate: "reconciled", resolution }
      : conflict,
  );
}
