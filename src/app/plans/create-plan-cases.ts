import { WavegateError } from "../../core/error.ts";
import { oneLine } from "../../core/text.ts";
import { conflictsAnswer } from "../../plan/answers/conflicts-answer.ts";
import { depsAnswer } from "../../plan/answers/deps-answer.ts";
import { nextAnswer } from "../../plan/answers/next-answer.ts";
import { phasesAnswer } from "../../plan/answers/phases-answer.ts";
import { progressAnswer } from "../../plan/answers/progress-answer.ts";
import { statusAnswer } from "../../plan/answers/status-answer.ts";
import { validateAnswer } from "../../plan/answers/validate-answer.ts";
import { whyAnswer } from "../../plan/answers/why-answer.ts";
import { findTask } from "../../plan/edits/find-task.ts";
import { exclusionsOf } from "../../plan/resources/exclusions.ts";
import { appendToPlan } from "./append-to-plan.ts";
import { editTasks } from "./edit-tasks.ts";
import { findPlan } from "./find-plan.ts";
import { findingsOf } from "./findings-of.ts";
import { listPlans } from "./list-plans.ts";
import { openPlan, usesOf, viewPlan, type OpenPlan } from "./open-plan.ts";
import { askOriginal } from "./ask-original.ts";
import { withChecklists } from "./read-checklists.ts";
import type { PlanCases, PlanWish, WhyWish } from "./plan-cases.ts";
import { planAndTasks } from "./plan-or-task.ts";
import { portsFor, type PlanPorts } from "./plan-ports.ts";

/** Tasks that `status` names as next. */
const NEXT = 3;

/** Commits that are asked which files change together: what is older says little of the code as it is. */
const COMMITS = 1_000;

/** The use cases about plans, over ports (PX-03). */
export function createPlanCases(ports: PlanPorts): PlanCases {
  const view = async (wish: PlanWish) => viewPlan((await open(ports, wish)).opened, wish);
  const openAll = async (wish: PlanWish) => {
    const { there, opened } = await open(ports, wish);
    return { there, ...(await withChecklists(there, opened)) };
  };
  return {
    list: () => listPlans(ports),
    async status(wish) {
      const { there, opened, checklists } = await openAll(wish);
      const seen = viewPlan(opened, wish);
      const next = nextAnswer(seen, await usesOf(there, opened), { count: NEXT, checklists });
      const runs = opened.status?.runs ?? [];
      return statusAnswer(seen, { next: next.tasks, checklists, runs });
    },
    async next(wish) {
      const { there, opened, checklists } = await openAll(wish);
      // What was done may be known to this file alone: it would be offered again.
      if (opened.damaged) throw opened.damaged;
      const uses = await usesOf(there, opened);
      return nextAnswer(viewPlan(opened, wish), uses, { ...wish, checklists });
    },
    phases: async (wish) => phasesAnswer(await view(wish)),
    deps: async (wish) => depsAnswer(await view(wish), wish.inferred ?? true),
    findings: (wish) => findingsOf(ports, wish),
    why: (wish) => why(ports, wish),
    validate: async (wish) => validateAnswer(viewPlan((await openAll(wish)).opened, wish)),
    async conflicts(wish) {
      const { there, opened } = await open(ports, wish);
      const commits = wish.history
        ? await there.commitLog.changedFiles({ commits: COMMITS })
        : undefined;
      return conflictsAnswer(viewPlan(opened, wish), await usesOf(there, opened), commits);
    },
    progress: async (wish) => progressAnswer(await view(wish)),
    // Most commands about plans need none of it.
    analyze: async (wish) => (await import("./complete-analysis.ts")).completeAnalysis(ports, wish),
    edit: (wish) => editTasks(ports, wish),
    append: (wish) => appendToPlan(ports, wish),
    original: (wish) => askOriginal(ports, wish),
    async *changes(wish, signal) {
      const { there, opened, checklists } = await openAll(wish);
      const files = [...filesOf(opened), ...checklists.map(({ file }) => file)];
      yield* there.fileWatch.changes(files, signal);
    },
  };
}

/** A plan, and the ports of the repository that it lies in, which may be another one: what only reads goes there. */
async function open(ports: PlanPorts, { plan }: PlanWish) {
  const there = portsFor(ports, plan);
  return { there, opened: await openPlan(there, await findPlan(there, plan)) };
}

/** All files that say something of the plan. */
const filesOf = ({ loaded }: OpenPlan): readonly string[] => [
  loaded.file.path,
  ...loaded.companions.map(({ path }) => path),
  ...(loaded.status === undefined ? [] : [loaded.status.path]),
];

async function why(home: PlanPorts, { names, ...graph }: WhyWish) {
  const given = names.filter((name) => name !== undefined);
  // A name that stands alone is a task.
  const ports = given.length > 1 ? portsFor(home, given[0]) : home;
  const { found, tasks } = await planAndTasks(ports, given);
  const opened = await openPlan(ports, found);
  const [name = "", another] = tasks;
  if (another !== undefined)
    throw new WavegateError("PLAN_NOT_FOUND", `There is no plan ${oneLine(name, 200)}.`, {
      hint: "Give the path or the name of a plan, and one task.",
    });
  const task = findTask(opened.plan, name);
  if (!task.ok) throw task.error;
  const seen = viewPlan(opened, graph);
  const exclusions = exclusionsOf(await usesOf(ports, opened));
  const clash = (one: string, other: string) => exclusions.clash(one, other);
  const answer = whyAnswer(seen, task.value.key, clash);
  if (!answer) throw new Error(`the graph has no node ${task.value.key}`);
  return answer;
}
