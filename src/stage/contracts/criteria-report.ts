import { z } from "zod";
import type { Json } from "../../core/json.ts";
import { text } from "./shared.ts";

/** What an agent that did not do the work says of criteria in prose: one verdict each, with what it saw. */
export const criteriaReport = z.looseObject({
  criteria_report: z.looseObject({
    verdicts: z.array(
      z.looseObject({
        /** Number of the criterion as it was asked, from 1. */
        criterion: z.number().int().positive(),
        met: z.boolean(),
        /** What shows it: files with lines, output of a command. */
        evidence: text,
      }),
    ),
  }),
});

export type Verdict = z.infer<typeof criteriaReport>["criteria_report"]["verdicts"][number];

/** The verdicts in an answer by number of the criterion, the last of each; undefined where it does not match the contract. */
export function readVerdicts(answer: Json): ReadonlyMap<number, Verdict> | undefined {
  const read = criteriaReport.safeParse(answer);
  if (!read.success) return undefined;
  return new Map(read.data.criteria_report.verdicts.map((each) => [each.criterion, each]));
}
