import { WavegateError } from "../../core/error.ts";
import { initialStates } from "../../execution/initial-states.ts";
import { registeredRisks } from "../../execution/risks/registered-risks.ts";
import { isCycleProblem, softCircles } from "../../plan/graph/cycle-problems.ts";
import { joinGraphs } from "../../plan/graph/join-graphs.ts";
import { qualifiedUses } from "../../plan/resources/qualified-uses.ts";
import type { Artifacts } from "../../ports/artifacts.ts";
import type { PlanFile } from "../../ports/plan-files.ts";
import type {
  MarkPlans,
  Marked,
  SeenFiles,
  TakenPlan,
  TakenPlans,
  TakePlans,
} from "../../workflows/plan-run/taken-plans.ts";
import { registersOf } from "./registers-of.ts";
import { markTogether } from "./mark-together.ts";
import { openPlan, usesOf, viewPlan, type OpenPlan } from "../plans/open-plan.ts";
import type { PlanPorts } from "../plans/plan-ports.ts";
import { ReadPlans } from "../plans/read-plans.ts";

/** What taking plans down reaches. */
export type TakePorts = PlanPorts & { readonly artifacts: Pick<Artifacts, "put"> };

type Wish = Parameters<TakePlans>[0];

/** Takes the plans of a run down: their texts, what tasks use, and how everything stands. Texts are kept as artifacts, too. */
export const createTakePlans =
  (ports: TakePorts): TakePlans =>
  async (wish) => {
    const opened = await openAll(ports, wish);
    return takenOf(ports, wish, opened);
  };

/**
 * Marks tasks where plans keep how they stand, and takes plans anew that others changed meanwhile. Of a plan that was changed nothing is
 * marked before it is taken anew: a task that was put in has the key of one that is done.
 */
export function createMarkPlans(ports: TakePorts): MarkPlans {
  const marking = { ...ports, read: new ReadPlans() };
  return async ({ marks, seen, ...wish }) => {
    const known = new Map(seen);
    const done: Marked["marks"][number][] = [];
    let others = false;
    for (const mark of marks) {
      const { before, after, ...told } = await markTogether(marking, mark, known);
      done.push({ files: [...new Set(after.map(([path]) => path))], ...told });
      others ||= before.some(([path, digest]) => known.get(path) !== digest);
      for (const [path, digest] of after) known.set(path, digest);
    }
    return { marks: done, ...(await lookAnew(ports, wish, { known, others })) };
  };
}

async function lookAnew(
  ports: TakePorts,
  wish: Wish,
  { known, others }: { readonly known: ReadonlyMap<string, string>; readonly others: boolean },
): Promise<Pick<Marked, "seen" | "taken" | "refused">> {
  try {
    // Digests say whether there is anything to read: mostly there isn't.
    const seen = await seenNow(ports, wish);
    const same =
      seen.length === known.size && seen.every(([path, digest]) => known.get(path) === digest);
    if (same && !others) return { seen, taken: null, refused: null };
    const opened = await openAll(ports, wish);
    const taken = await takenOf(ports, wish, opened);
    return { seen: taken.seen, taken, refused: null };
  } catch (error) {
    if (!(error instanceof WavegateError)) throw error;
    const { code, message, place } = error;
    const plan = place?.file ?? wish.plans[0]?.file ?? "";
    return { seen: [...known], taken: null, refused: { plan, code, reason: message } };
  }
}

async function seenNow({ planFiles }: TakePorts, { plans }: Wish): Promise<SeenFiles> {
  const seen: SeenFiles[number][] = [];
  for (const { file } of plans) {
    const loaded = await planFiles.load(file);
    if (!loaded.ok) throw loaded.error;
    seen.push(...seenOf({ loaded: loaded.value }));
  }
  return seen;
}

async function openAll(ports: TakePorts, { plans }: Wish): Promise<readonly OpenPlan[]> {
  const opened: OpenPlan[] = [];
  for (const { file } of plans) {
    const open = await openPlan(ports, { file, foundBy: { rule: "path", source: null } });
    // What was done may be known to this file alone: it would be done again.
    if (open.damaged) throw open.damaged;
    opened.push(open);
  }
  return opened;
}

async function takenOf(
  ports: TakePorts,
  { plans, inferred }: Wish,
  opened: readonly OpenPlan[],
): Promise<TakenPlans> {
  const parts = await Promise.all(
    opened.map(async (open, index) => {
      const { graph, progress } = viewPlan(open, { inferred });
      const name = plans[index]?.name ?? open.head.name;
      return {
        name,
        graph,
        initial: initialStates(graph, progress),
        uses: await usesOf(ports, open),
      };
    }),
  );
  refuseCircles(parts);
  const prefix = (name: string) => (parts.length > 1 ? `${name}:` : "");
  const taken = await Promise.all(
    opened.map((open, index) => keepPlan(ports, open, plans[index]?.name ?? open.head.name)),
  );
  const repository = [...(await ports.projectPaths.list())];
  const registers = await registersOf(ports, repository);
  return {
    plans: taken,
    uses: [...qualifiedUses(parts)],
    initial: parts.flatMap(({ name, initial }) =>
      [...initial].map(([key, state]) => [prefix(name) + key, state] as const),
    ),
    seen: opened.flatMap(seenOf),
    kept: [...new Set(opened.flatMap(keptOf))],
    files: repository.length,
    registered: taken.flatMap(({ name, file }) => {
      const register = registers.get(file);
      return register ? registeredRisks(register, prefix(name)) : [];
    }),
  };
}

/** What is hard waits for itself: whatever came first would not wait for what it says it needs. */
function refuseCircles(parts: Parameters<typeof joinGraphs>[0]): void {
  const graph = joinGraphs(parts);
  const soft = softCircles(graph);
  const circle = graph.problems.find(
    (problem) => isCycleProblem(problem) && problem.severity === "error" && !soft.has(problem),
  );
  if (!circle) return;
  throw new WavegateError("PLAN_UNREADABLE", circle.message, {
    hint: circle.hint,
    place: circle.place,
  });
}

async function keepPlan(ports: TakePorts, open: OpenPlan, name: string): Promise<TakenPlan> {
  const { head, loaded, plan } = open;
  const texts = filesOf(open);
  for (const { path, text } of texts) await ports.artifacts.put(path, text);
  return {
    name,
    file: head.file,
    title: head.title,
    texts: texts.map(({ path, text, digest }) => ({ path, text, digest })),
    recorded: plan.dialect === "plan-file" && loaded.status?.file !== undefined,
  };
}

const filesOf = ({ loaded }: Pick<OpenPlan, "loaded">): readonly PlanFile[] => [
  loaded.file,
  ...loaded.companions,
];

/** Digests of all that says something of a plan. */
function seenOf({ loaded }: Pick<OpenPlan, "loaded">): SeenFiles {
  const { status } = loaded;
  const files = [...filesOf({ loaded }), ...(status?.file?.ok ? [status.file.value] : [])];
  return files.map(({ path, digest }) => [path, digest] as const);
}

const keptOf = ({ loaded }: OpenPlan): readonly string[] => [
  loaded.file.path,
  ...loaded.companions.map(({ path }) => path),
  ...(loaded.status ? [loaded.status.path] : []),
];
