import type { RepositoryFacts, TraceRow } from "../../../../repository/model.ts";

/** Share of the requirements that tasks name, from which on the project means to name each. Many name stories only. */
const LINKING = 0.5;

/** Whether a task names the id of a requirement. */
export const isPlanned = ({ tasks }: TraceRow): boolean =>
  tasks.some(({ basis }) => basis === "id");

/** Whether the tasks of a feature are linked to its requirements by id. */
export function linksTasks({ traceability }: RepositoryFacts): boolean {
  const rows = traceability.rows.filter(({ kind }) => kind === "requirement");
  return rows.filter(isPlanned).length >= Math.max(1, rows.length * LINKING);
}

/** Ticked tasks that name files of which it can be known whether they are there, and how many of them name missing ones. */
export const countProof = ({
  tasks,
  unproven,
}: RepositoryFacts): { readonly naming: number; readonly unproven: number } => ({
  naming: tasks.filter(({ done, files }) => done && files.some(({ exists }) => exists !== null))
    .length,
  unproven: unproven.length,
});
