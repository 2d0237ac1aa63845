import { NOISE, SEED } from "../../analysis/measure/settings.ts";
import { executable } from "../../execution/executable.ts";
import type { ExecutionSettings, GateSetting } from "../../execution/execution-settings.ts";
import type { WaveGate } from "../../execution/gates/wave-gates.ts";
import type { PlanWork } from "../../execution/plan-work.ts";
import { previewChecks } from "../../execution/preview/preview-checks.ts";
import { previewConflicts } from "../../execution/preview/preview-conflicts.ts";
import { previewEstimate } from "../../execution/preview/preview-estimate.ts";
import { previewPeople, questionsOfRun } from "../../execution/preview/preview-people.ts";
import { previewPhases } from "../../execution/preview/preview-phases.ts";
import type {
  PreviewBase,
  PreviewQuestion,
  PreviewRepository,
  PreviewRules,
  RunPreview,
} from "../../execution/preview/run-preview.ts";
import { stateOfTask, type RunRules } from "../../execution/run-state.ts";
import { isFinished } from "../../execution/task-state.ts";
import { minutesSources } from "../../plan/answers/minutes-source.ts";
import { lineOf, taskLines } from "../../plan/answers/plan-view.ts";
import { tallyOf } from "../../plan/answers/tally.ts";
import { isWork, type GraphNode } from "../../plan/graph/model.ts";
import type { ProjectTests } from "../../execution/project-tests.ts";
import type { RepositoryState } from "../../ports/workspaces.ts";
import { coordinatedGraph } from "../../workflows/plan-run/coordination.ts";
import type { CheckedTarget } from "./check-target.ts";
import { previewCost, type CostFacts } from "./preview-cost.ts";
import type { RunWish } from "./execution-cases.ts";
import type { OpenWork } from "./open-work.ts";

/** What a dry run is made of, besides the plans. */
export interface PreviewFacts {
  readonly settings: ExecutionSettings;
  readonly repository: RepositoryState;
  readonly costs: CostFacts;
  readonly tests: ProjectTests;
  /** The branch that is to follow the run. */
  readonly target: CheckedTarget | null;
  readonly base: PreviewBase | null;
  readonly unlanded: readonly string[];
}

/** How a run goes: what was wished, else as configured. */
export function rulesOf(wish: Omit<RunWish, "plans">, settings: ExecutionSettings): RunRules {
  const { plansAtOnce, phasesAtOnce, batch } = wish;
  return {
    pattern: wish.pattern ?? settings.pattern,
    failures: wish.failures ?? settings.failures,
    limits: {
      workers: wish.workers ?? settings.workers,
      ...(plansAtOnce !== undefined && { plans: plansAtOnce }),
      ...(phasesAtOnce !== undefined && { phases: phasesAtOnce }),
      ...(batch !== undefined && { batch }),
    },
  };
}

/** The dry run (PX-05): what would be done, when it would end, what it may cost, and what will need a person. Pure. */
export function previewRun(
  before: OpenWork,
  wish: RunWish,
  { settings, repository, costs, tests, target, base, unlanded }: PreviewFacts,
): RunPreview {
  const rules = rulesOf(wish, settings);
  const { gates, ...opened } = withGates(before, wish.gates ?? settings.gates);
  const asks = gates.filter(({ mode }) => mode === "approved").map(({ key }) => key);
  const estimated = previewEstimate(opened, rules, { noise: NOISE, seed: SEED });
  const checks = previewChecks(opened);
  const left = countLeft(opened);
  return {
    plans: opened.parts.map(({ name, view }) => ({
      name,
      head: view.head,
      tally: tallyOf(taskLines(view).map(({ state }) => state)),
    })),
    rules: shownRules(rules, settings),
    left,
    phases: previewPhases(opened, estimated, {
      names: opened.parts.map(({ name }) => name),
      factsOf: factsOf(opened),
    }),
    estimate: { ...estimated.estimate, guessed: guessedOf(opened) },
    cost: previewCost(left, checks, { ...costs, retries: settings.attempts.retries }),
    conflicts: previewConflicts(opened),
    people: [
      ...questionsOfRun({ unnamed: costs.unnamed, base }),
      ...inProgress(opened),
      ...previewPeople(opened, { ...rules, gates: new Set(asks) }, settings.protect),
      ...(wish.review === true ? [REVIEWED] : []),
    ],
    checks,
    tests,
    base,
    unlanded,
    repository: shownRepository(repository, target),
    problems: opened.problems,
  };
}

/** With the sync points that plans declare, and the gates of waves, as a run has them. */
function withGates(
  opened: OpenWork,
  mode: GateSetting,
): OpenWork & { readonly gates: readonly WaveGate[] } {
  const plans = opened.parts.map(({ name, open }) => ({
    name,
    texts: [open.loaded.file, ...open.loaded.companions].map(({ path, text }) => ({
      file: path,
      text,
    })),
  }));
  const { graph, gates } = coordinatedGraph(opened.work.graph, { gates: mode }, { plans });
  if (graph === opened.work.graph) return { ...opened, gates };
  return { ...opened, gates, work: executable(graph, { uses: opened.uses }) };
}

const shownRules = (
  { pattern, failures, limits }: RunRules,
  { attempts }: ExecutionSettings,
): PreviewRules => ({
  pattern,
  failures,
  workers: limits.workers,
  plans: limits.plans ?? null,
  phases: limits.phases ?? null,
  batch: pattern === "batched" ? (limits.batch ?? limits.workers) : null,
  retries: attempts.retries,
});

function countLeft({ work, before }: PlanWork): RunPreview["left"] {
  let [tasks, verifications] = [0, 0];
  work.graph.nodes.forEach((node, index) => {
    if (!isWork(node) || work.parts.has(index)) return;
    if (isFinished(stateOfTask(before, node.key))) return;
    if (node.kind === "task") tasks++;
    else verifications++;
  });
  return { tasks, verifications };
}

/** Words and states as the plans have them, under the keys of the whole. */
function factsOf({ parts, work }: OpenWork) {
  const several = parts.length > 1;
  const views = parts.map(({ name, view }) => ({ prefix: several ? `${name}:` : "", view }));
  const partOf = work.graph.plans.map((plan) => views.find(({ view }) => view.plan === plan));
  return (node: GraphNode) => {
    const part = partOf[node.plan];
    const own =
      part?.view.graph.nodes[part.view.graph.indexOf.get(node.key.slice(part.prefix.length)) ?? -1];
    const line = part && lineOf(part.view, own);
    return { text: line?.text ?? "", state: line?.state ?? "open" } as const;
  };
}

/** Tasks that are left and whose minutes no text says. */
function guessedOf({ work, before }: PlanWork): number {
  const sources = work.graph.plans.map(minutesSources);
  return work.graph.nodes.filter((node) => {
    if (node.kind !== "task" || isFinished(stateOfTask(before, node.key))) return false;
    const source = sources[node.plan]?.(node);
    return source === "default" || source === "complexity";
  }).length;
}

/** What a person or another tool is said to be at work on: this run would begin it anew. */
const inProgress = ({ parts }: OpenWork): readonly PreviewQuestion[] =>
  parts.flatMap(({ name, view }) =>
    view.plan.tasks.flatMap(({ key, place }): readonly PreviewQuestion[] =>
      view.progress.get(view.graph.indexOf.get(key) ?? -1)?.state === "in-progress"
        ? [
            {
              kind: "in-progress",
              key: parts.length > 1 ? `${name}:${key}` : key,
              message: "Somebody is said to be at work on it; the run would begin it anew.",
              paths: [],
              place,
              sure: true,
            },
          ]
        : [],
    ),
  );

const REVIEWED: PreviewQuestion = {
  kind: "review",
  message: "Results stay on the run's own branch until you move yours with wavegate land.",
  paths: [],
  sure: true,
};

const BRANCHES = "refs/heads/";

function shownRepository(
  { commit, branch, dirty, shallow, lfs, submodules }: RepositoryState,
  target: CheckedTarget | null,
): PreviewRepository {
  const short = branch?.startsWith(BRANCHES) === true ? branch.slice(BRANCHES.length) : branch;
  const followed = { target: target?.name ?? null, targetIsNew: target?.isNew ?? false };
  return { commit, branch: short, dirty, shallow, lfs, submodules, ...followed };
}
