import { z } from "zod";
import type { Json } from "../../core/json.ts";
import { list, text } from "./shared.ts";

/**
 * What an agent says of a task of a plan that it carried out (PR-04: progress, issues and their resolutions, deviations). Nothing is
 * judged by it: whether the task is done is found out from the diff and the checks, so one that is missing is no failure.
 */
export const taskReport = z.looseObject({
  task_report: z.looseObject({
    /** What was done, in a few sentences. */
    summary: text,
    /** What got in the way, and what was done about it. */
    issues: list(z.looseObject({ problem: text, resolution: z.string().trim().default("") })),
    /** Where the work differs from what the plan says, and why. */
    deviations: list(text),
    /** What whoever works on the project next should know. */
    notes: list(text),
  }),
});

export type TaskReport = z.infer<typeof taskReport>["task_report"];

/** The report in an answer; undefined where it holds none that matches the contract. */
export function readTaskReport(answer: Json): TaskReport | undefined {
  const read = taskReport.safeParse(answer);
  return read.success ? read.data.task_report : undefined;
}
