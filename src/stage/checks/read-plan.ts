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

/**
 * Read a plan's phases, tasks and estimates. What is not in the grammar is prose and left alone; never throws.
 *
 * @param own ids of the spec, looked for on tasks besides those of the common families
 */
export function readPlan(text: string, own?: ReadonlySet<string>): PlanText {
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
    else if (id && rest)
      tasks.push({
        id,
        phase: inPhase ? phase?.number : undefined,
        text: rest,
        ids: idsIn(rest, own),
        dependsOn: [],
        effort: effortIn(rest),
      });
    else if (inPhase && phase && /^\*\*(?:Effort|Estimate):\*\*/.test(line))
      phases[phases.length - 1] = { ...phase, effort: effortIn(line) };
    else if (/^(?:\*\*Total effort:\*\*|\|\s*\**Total\**\s*\|)/.test(line))
      total ??= effortIn(line);
  }
  return { phases, tasks: withDependencies(tasks), total };
}

/** `all Phase 3`, `all Phases 2-5`, `2.1-2.4`, `1.1`. */
const DEPENDENCY =
  /\ball\s+phases?\s+(\d+)(?:\s*[-–]\s*(\d+))?|(\d+)\.(\d+)\s*[-–]\s*\3\.(\d+)(?![.\d])|\d+\.\d+(?:\.\d+)?/gi;

/** Longest range of tasks that is taken at its word, and most tasks of a phase that one waits for. */
const MAX_RANGE = 200;

/** The tasks with what they depend on, each once. */
function withDependencies(tasks: readonly PlanTask[]): readonly PlanTask[] {
  const byPhase = new Map<number, string[]>();
  for (const { id, phase } of tasks) {
    if (phase === undefined) continue;
    const ids = byPhase.get(phase);
    if (!ids) byPhase.set(phase, [id]);
    else if (ids.length < MAX_RANGE) ids.push(id);
  }
  return tasks.map((task) => ({ ...task, dependsOn: [...new Set(dependenciesOf(task, byPhase))] }));
}

const dependenciesOf = (
  { id, text }: PlanTask,
  byPhase: ReadonlyMap<number, readonly string[]>,
): readonly string[] =>
  [...text.matchAll(DEPENDS)].flatMap(([, list = ""]) =>
    [...list.matchAll(DEPENDENCY)].flatMap(([found, first, last, phase, from, to]) => {
      if (first !== undefined)
        return span(Number(first), Number(last ?? first))
          .flatMap((number) => byPhase.get(number) ?? [])
          .filter((other) => other !== id);
      const numbers = phase === undefined ? [] : span(Number(from), Number(to));
      return numbers.length === 0 ? [found] : numbers.map((number) => `${phase}.${number}`);
    }),
  );

/** Whole numbers from first to last; none if there are too many to mean it. */
const span = (first: number, last: number): readonly number[] => {
  const length = last - first + 1;
  return length > 0 && length <= MAX_RANGE
    ? Array.from({ length }, (_, index) => first + index)
    : [];
};

function effortIn(text: string): ThreePoint | undefined {
  const [, optimistic, likely, pessimistic] = EFFORT.exec(text) ?? [];
  if (optimistic === undefined || likely === undefined || pessimistic === undefined)
    return undefined;
  return [Number(optimistic), Number(likely), Number(pessimistic)];
}
