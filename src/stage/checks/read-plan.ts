import { idsIn } from "./ids.ts";
import { withoutCode } from "./read-markdown.ts";

/** Optimistic, likely, pessimistic, in person-days. */
export type ThreePoint = readonly [optimistic: number, likely: number, pessimistic: number];

export interface PlanTask {
  /** `N.M` or `N.M.K`. */
  readonly id: string;
  /** Number of the phase heading it stands under, undefined before the first. */
  readonly phase: number | undefined;
  readonly text: string;
  /** Ids named on its line. */
  readonly ids: readonly string[];
  readonly dependsOn: readonly string[];
  readonly effort: ThreePoint | undefined;
}

export interface PlanPhase {
  readonly number: number;
  readonly title: string;
  readonly effort: ThreePoint | undefined;
}

/** What the checks need of a plan: the grammar of the original plan tool, with dependencies and estimates. */
export interface PlanText {
  readonly phases: readonly PlanPhase[];
  readonly tasks: readonly PlanTask[];
  readonly total: ThreePoint | undefined;
}

const PHASE = /^##\s+Phase\s+(\d+):\s*(.+)$/;
const TASK = /^-\s+\[[ xX]\]\s+(\d+\.\d+(?:\.\d+)?)\s+(.+)$/;
const DEPENDS = /\(depends(?: on)?:?\s([^()]{1,500})\)/gi;
const NUMBER = String.raw`(\d+(?:\.\d+)?)`;
const EFFORT = new RegExp(
  String.raw`\b${NUMBER}\s*/\s*${NUMBER}\s*/\s*${NUMBER}\s*(?:person-)?days?\b`,
);

/** Read a plan's phases, tasks and estimates. What is not in the grammar is prose and left alone; never throws. */
export function readPlan(text: string): PlanText {
  const phases: PlanPhase[] = [];
  const tasks: PlanTask[] = [];
  let total: ThreePoint | undefined;
  let inPhase = false;
  for (const line of withoutCode(text).split("\n")) {
    const [, number, title] = PHASE.exec(line) ?? [];
    const [, id, rest] = TASK.exec(line) ?? [];
    const phase = phases.at(-1);
    if (number && title) {
      phases.push({ number: Number(number), title, effort: undefined });
      inPhase = true;
    } else if (/^#{1,2}\s/.test(line)) inPhase = false;
    else if (id && rest) tasks.push(readTask(id, rest, inPhase ? phase?.number : undefined));
    else if (inPhase && phase && /^\*\*(?:Effort|Estimate):\*\*/.test(line))
      phases[phases.length - 1] = { ...phase, effort: effortIn(line) };
    else if (/^(?:\*\*Total effort:\*\*|\|\s*\**Total\**\s*\|)/.test(line))
      total ??= effortIn(line);
  }
  return { phases, tasks, total };
}

function readTask(id: string, text: string, phase: number | undefined): PlanTask {
  const dependsOn = [...text.matchAll(DEPENDS)].flatMap(([, list = ""]) =>
    [...list.matchAll(/\d+\.\d+(?:\.\d+)?/g)].map(([found]) => found),
  );
  return { id, phase, text, ids: idsIn(text), dependsOn, effort: effortIn(text) };
}

function effortIn(text: string): ThreePoint | undefined {
  const [, optimistic, likely, pessimistic] = EFFORT.exec(text) ?? [];
  if (optimistic === undefined || likely === undefined || pessimistic === undefined)
    return undefined;
  return [Number(optimistic), Number(likely), Number(pessimistic)];
}
