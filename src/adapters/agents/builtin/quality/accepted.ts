import { z } from "zod";
import { oneLine } from "../../../../core/text.ts";
import { parseJson } from "../../../../stage/checks/read-analyses.ts";
import type { Issue } from "./issues.ts";

const peopleWords = z.array(z.object({ by: z.string(), at: z.string(), text: z.string() }));
const ACCEPT = /^\s*(?:[-*]\s+)?accept\s+([A-Z]{1,12}-\d{1,4})\s*[:：–—-]\s*(\S.*)$/i;

/**
 * Issues with those marked that people accepted at a gate or hold: a line `accept SEC-2: reason`. Without a reason nothing is
 * accepted, and a critical issue never is: it has to be mended.
 */
export function withAccepted(
  issues: readonly Issue[],
  people: string | undefined,
): readonly Issue[] {
  const words = peopleWords.safeParse(parseJson(people));
  if (!words.success) return issues;
  const reasons = new Map(
    words.data.flatMap(({ by, text }) =>
      text.split("\n").flatMap((line): [string, string][] => {
        const [, id, reason] = ACCEPT.exec(line) ?? [];
        return id === undefined || reason === undefined
          ? []
          : [[id.toUpperCase(), `${oneLine(by, 60)}: ${oneLine(reason, 300)}`]];
      }),
    ),
  );
  return issues.map((one) =>
    one.severity === "critical"
      ? one
      : { ...one, accepted: reasons.get(one.id.toUpperCase()) ?? null },
  );
}
