import type { FilePlace } from "../../core/place.ts";
import type { Phase, Task } from "../../plan/model.ts";
import { usersByResource } from "../../plan/resources/users-by-resource.ts";
import type { AnalysedPlan } from "../input.ts";
import { isKnown } from "../unfinished.ts";

/** Why a phase needs an earlier one, beyond its place in the document. */
export interface Hold {
  readonly kind: "said" | "file";
  /** Key of the phase that is needed. */
  readonly phase: string;
  /** Task of that phase that is waited for, and the one that waits; undefined where whole phases are meant. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  /** The file, or the kind of words. */
  readonly what: string;
  readonly places: readonly FilePlace[];
}

/** `free`: nothing but its place is known to hold it; `silent`: the same, but too few of its tasks say what they touch or wait for. */
export type PhaseVerdict = "first" | "held" | "free" | "silent";

export interface PhaseView {
  readonly phase: Phase;
  readonly tasks: readonly Task[];
  /** Tasks of the phase that say what they touch or which tasks they wait for. */
  readonly known: number;
  /** Keys of the phases that it waits for as barriers. */
  readonly barriers: readonly string[];
  readonly holds: readonly Hold[];
  readonly verdict: PhaseVerdict;
}

/** Part of a phase's tasks that must say what they touch or wait for, for silence to mean something. */
const KNOWN_SHARE = 0.5;

/** Whether enough of its tasks say what they touch or wait for. */
export const isKnownWell = ({ known, tasks }: Pick<PhaseView, "known" | "tasks">): boolean =>
  tasks.length > 0 && known >= tasks.length * KNOWN_SHARE;

/** The phases of a plan with what really holds each: words, and files that an earlier phase writes. */
export function phaseViews(analysed: AnalysedPlan): readonly PhaseView[] {
  const { plan, uses } = analysed;
  const byPhase = new Map<string, Task[]>(plan.phases.map(({ key }) => [key, []]));
  for (const task of plan.tasks) byPhase.get(task.phase ?? "")?.push(task);
  const holds = new Map<string, Hold[]>(plan.phases.map(({ key }) => [key, []]));
  for (const { waits, hold } of [...saidHolds(analysed), ...fileHolds(analysed)])
    holds.get(waits)?.push(hold);
  const telling = new Set(
    plan.dependencies.flatMap(({ origin, dependent }) =>
      origin === "explicit" ? [dependent] : [],
    ),
  );
  return plan.phases.map((phase): PhaseView => {
    const tasks = byPhase.get(phase.key) ?? [];
    const own = holds.get(phase.key) ?? [];
    const known = tasks.filter(({ key }) => telling.has(key) || isKnown(uses.get(key))).length;
    const barriers = phase.after.filter(({ origin }) => origin === "barrier");
    const silence = isKnownWell({ known, tasks }) ? "free" : "silent";
    const unheld = phase.after.length === 0 ? "first" : silence;
    return {
      phase,
      tasks,
      known,
      barriers: barriers.map(({ phase: key }) => key),
      holds: own,
      verdict: own.length > 0 ? "held" : unheld,
    };
  });
}

interface Waiting {
  /** Key of the phase that waits. */
  readonly waits: string;
  readonly hold: Hold;
}

/** What the text says: phases that name phases, tasks that name tasks of other phases, groups across phases. */
function saidHolds({ plan }: AnalysedPlan): readonly Waiting[] {
  const phaseOf = new Map(plan.tasks.map(({ key, phase }) => [key, phase]));
  const between = (
    from: string,
    to: string,
    what: string,
    place: FilePlace,
  ): readonly Waiting[] => {
    const [phase, waits] = [phaseOf.get(from), phaseOf.get(to)];
    if (phase === undefined || waits === undefined || phase === waits) return [];
    return [{ waits, hold: { kind: "said", phase, from, to, what, places: [place] } }];
  };
  return [
    ...plan.phases.flatMap(({ key, after }) =>
      after
        .filter(({ origin }) => origin !== "barrier")
        .map(({ phase, origin: what, place }): Waiting => ({
          waits: key,
          hold: { kind: "said", phase, from: undefined, to: undefined, what, places: [place] },
        })),
    ),
    ...plan.dependencies.flatMap(({ dependency, dependent, origin, place }) =>
      between(dependency, dependent, origin, place),
    ),
    ...plan.sequences.flatMap(({ tasks, range, place }) =>
      tasks
        .slice(1)
        .flatMap((to, index) => between(tasks[index] ?? to, to, `${range} one at a time`, place)),
    ),
  ];
}

/** What a phase touches and an earlier one writes: the last task that writes it, for each task that touches it. */
function fileHolds({ plan, uses }: AnalysedPlan): readonly Waiting[] {
  const order = new Map(plan.phases.map(({ key }, index) => [key, index]));
  const taskOf = new Map(plan.tasks.map((task) => [task.key, task]));
  return usersByResource(uses).resources.flatMap(({ resource, users }) => {
    const inOrder = users
      .flatMap(({ task: key, use }) => {
        const task = taskOf.get(key);
        const at = order.get(task?.phase ?? "");
        return task && at !== undefined ? [{ task, use, at }] : [];
      })
      .toSorted((a, b) => a.at - b.at);
    const waiting: Waiting[] = [];
    let written: (typeof inOrder)[number] | undefined;
    let earlier: typeof written;
    for (const user of inOrder) {
      if (written && written.at < user.at) earlier = written;
      if (earlier && earlier.at < user.at) {
        const places = [user.use.place, earlier.use.place];
        const [from, to] = [earlier.task.key, user.task.key];
        const phase = earlier.task.phase ?? "";
        const hold: Hold = { kind: "file", phase, from, to, what: resource, places };
        waiting.push({ waits: user.task.phase ?? "", hold });
      }
      if (user.use.access === "write") written = user;
    }
    return waiting;
  });
}

/** What a phase touches of an earlier one that it doesn't wait for, not even through others: as written, both may run at once. */
export function looseHolds(
  { phase, holds }: PhaseView,
  views: readonly PhaseView[],
): readonly Hold[] {
  const after = new Map(views.map((view) => [view.phase.key, view.phase.after]));
  const before = new Set<string>();
  const open = [phase.key];
  for (let key = open.pop(); key !== undefined; key = open.pop())
    for (const { phase: earlier } of after.get(key) ?? []) {
      if (before.has(earlier)) continue;
      before.add(earlier);
      open.push(earlier);
    }
  return holds.filter(({ kind, phase: needed }) => kind === "file" && !before.has(needed));
}
