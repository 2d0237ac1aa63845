import { oneLine } from "../../core/text.ts";
import type { PlanDiagnostic } from "../model.ts";
import type { Checklist } from "../spec-kit/read-checklist.ts";

/** How a checklist of a feature stands. */
export interface ChecklistStanding {
  readonly file: string;
  readonly title: string;
  readonly items: number;
  /** Keys of the items whose boxes are open: while there are any, `/speckit.implement` asks before it begins. */
  readonly open: readonly string[];
}

export const checklistStandings = (
  checklists: readonly Checklist[],
): readonly ChecklistStanding[] =>
  checklists.map(({ file, title, items, open }) => ({ file, title, items: items.length, open }));

/** What is wrong with checklists, and every box that is open, with its place. */
export function checklistProblems(checklists: readonly Checklist[]): readonly PlanDiagnostic[] {
  return checklists.flatMap(({ items, open, diagnostics }) => {
    const left = new Set(open);
    return [...diagnostics, ...items.filter(({ key }) => left.has(key)).map(openBox)];
  });
}

const openBox = ({ key, text, place }: Checklist["items"][number]): PlanDiagnostic => ({
  code: "PLAN_CHECKLIST_OPEN",
  severity: "info",
  message: `The box of ${oneLine(key, 40)} is open: ${oneLine(text, 120)}`,
  place,
  hint: "Answer it in the specification and tick it; /speckit.implement asks before it goes on without.",
});
