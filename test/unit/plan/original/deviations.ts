import { readLines } from "../../../../src/core/markdown/source-lines.ts";
import { buildGraph } from "../../../../src/plan/graph/build-graph.ts";
import { edgesInto } from "../../../../src/plan/graph/model.ts";
import type { PlanGraph } from "../../../../src/plan/graph/model.ts";
import type { Origin, Plan, Task } from "../../../../src/plan/model.ts";
import { originalInit } from "../../../../src/plan/original/original-init.ts";
import { originalNext } from "../../../../src/plan/original/original-next.ts";
import type {
  OriginalStatus,
  OriginalVersion,
} from "../../../../src/plan/original/original-status.ts";
import { nextTasks } from "../../../../src/plan/progress/next-tasks.ts";
import { progressOf } from "../../../../src/plan/progress/progress.ts";
import { exclusionsOf } from "../../../../src/plan/resources/exclusions.ts";
import { usesOfTasks } from "../../../../src/plan/resources/plan-uses.ts";
import { readStrictly } from "../../../../src/plan/original/read-strictly.ts";
import type { StrictTask } from "../../../../src/plan/original/read-strictly.ts";

/** A place where Wavegate and the original answer differently; `kind` is undefined where no documented reason holds. */
export interface Deviation {
  readonly kind: string | undefined;
  readonly what: string;
}

/** A line with a box, and what stands around it. */
interface BoxLine {
  readonly raw: string;
  readonly inPhase: boolean;
}

/** Why the original does not see a box; the first that holds. */
const DROPPED: readonly (readonly [kind: string, holds: (line: BoxLine) => boolean])[] = [
  ["crlf", ({ raw }) => raw.endsWith("\r")],
  ["verify-task", ({ raw }) => /\]\s+\*{0,2}VERIFY\b/.test(raw)],
  ["bold-id", ({ raw }) => /\]\s+\*\*\d/.test(raw)],
  ["no-id", ({ raw }) => !/\]\s+\*{0,2}\d+(?:\.\d+)*/.test(raw)],
  ["other-bullet", ({ raw }) => /^\s*(?:[*+]|\d+[.)])\s/.test(raw)],
  ["sub-task", ({ raw }) => /^\s+-\s/.test(raw)],
  ["other-mark", ({ raw }) => /^-\s+\[[^ x]\]/.test(raw)],
  ["other-id", ({ raw }) => !/\]\s+\d+\.\d+(?:\.\d+)?\s/.test(raw)],
  ["outside-phase", ({ inPhase }) => !inPhase],
];

/** The kind of deviation that comes of an edge's origin when the original lets a task start that we hold back. */
const HELD_BACK: Readonly<Partial<Record<Origin, string>>> = {
  barrier: "phase-order",
  verification: "verify-order",
  sequential: "sequence",
  explicit: "prose-dependency",
  part: "sub-task",
};

/** What the original and Wavegate see of one plan. */
export interface BothViews {
  readonly text: string;
  readonly plan: Plan;
  /** Each with the number of its line. */
  readonly strict: readonly (StrictTask & { readonly line: number })[];
  readonly ours: ReadonlyMap<number, Task>;
}

export function bothViews(text: string, plan: Plan): BothViews {
  const raw = text.split("\n");
  let line = 0;
  const strict = readStrictly(text).tasks.map((task) => {
    const box = new RegExp(
      String.raw`^-\s+\[[ x]\]\s+${task.id.replaceAll(".", String.raw`\.`)}\s`,
    );
    do line++;
    while (line <= raw.length && !box.test(raw[line - 1] ?? ""));
    return { ...task, line };
  });
  const ours = new Map(plan.tasks.map((task) => [task.place.line ?? 0, task]));
  return { text, plan, strict, ours };
}

/** Tasks that only one of them sees, and what they make of those that both see. */
export function taskDeviations(views: BothViews): readonly Deviation[] {
  const { strict, ours, text } = views;
  const raw = text.split("\n");
  const code = new Set(
    readLines(text).flatMap(({ number, kind }) => (kind === "text" ? [] : [number])),
  );
  const seen = new Set(strict.map(({ line }) => line));
  const firstPhase = raw.findIndex((line) => /^##\s+Phase\s+\d+:/.test(line)) + 1;
  const dropped = [...ours].flatMap(([line, task]): readonly Deviation[] => {
    if (seen.has(line)) return [];
    const box = { raw: raw[line - 1] ?? "", inPhase: firstPhase > 0 && line > firstPhase };
    const kind = DROPPED.find(([, holds]) => holds(box))?.[0];
    return [{ kind, what: `the original does not see line ${line} (${task.key})` }];
  });
  return [
    ...dropped,
    ...strict.flatMap((task): readonly Deviation[] => {
      const own = ours.get(task.line);
      if (own !== undefined) return sharedDeviations(views, task, own);
      const kind = code.has(task.line) ? "example" : undefined;
      return [{ kind, what: `only the original sees line ${task.line} (${task.id})` }];
    }),
  ];
}

function sharedDeviations(
  { text, plan }: BothViews,
  task: StrictTask & { readonly line: number },
  own: Task,
): readonly Deviation[] {
  const deviations: Deviation[] = [];
  const differ = (kind: string | undefined, what: string): void => {
    deviations.push({ kind, what: `line ${task.line} (${task.id}): ${what}` });
  };
  if (own.id !== task.id) differ(undefined, `our id is ${own.id}`);
  else if (own.key !== task.id) differ("duplicate-id", `our key is ${own.key}`);
  if (own.box?.state !== "open") differ("ticked-box", `the box is ${own.box?.state}`);
  if (own.text !== task.description) differ(undefined, `our text is ${own.text}`);
  const phase = plan.phases.find(({ key }) => key === own.phase);
  const ourName = `Phase ${phase?.key.replace(/#\d+$/, "")}: ${phase?.title}`;
  if (ourName !== task.phase) {
    const heading = text.split("\n")[(phase?.place.line ?? 0) - 1] ?? "";
    const strictHeading = /^##\s+Phase\s+\d+:/.test(heading);
    differ(strictHeading ? "phase-title" : "heading-shape", `our phase is ${ourName}`);
  }
  return deviations;
}

/** Dependencies that only one of them knows. */
export function dependencyDeviations(
  views: BothViews,
  status: OriginalStatus,
): readonly Deviation[] {
  const { plan } = views;
  const known = new Set(status.tasks.map(({ id }) => id));
  const declared = new Set(
    status.tasks.flatMap(({ id, dependencies = [] }) =>
      dependencies.map((one) => `${one} → ${id}`),
    ),
  );
  const explicit = plan.dependencies.filter(({ origin }) => origin !== "inferred");
  const verifying = new Set(plan.tasks.flatMap(({ key, verifies }) => (verifies ? [key] : [])));
  const ours = new Set(explicit.map(({ dependency, dependent }) => `${dependency} → ${dependent}`));
  const lost = [...declared].filter((edge) => !ours.has(edge));
  return [
    ...lost.map((edge) => ({
      kind: known.has(edge.split(" → ")[0] ?? "") ? undefined : "unknown-dependency",
      what: `only the original has ${edge}`,
    })),
    ...explicit
      .filter(({ dependency, dependent }) => !declared.has(`${dependency} → ${dependent}`))
      .map(({ dependency, dependent, place }) => ({
        kind: verifying.has(dependent) ? "verify-order" : declaredKind(views, place.line ?? 0),
        what: `only we have ${dependency} → ${dependent}, line ${place.line}`,
      })),
  ];
}

/** Why the original has no dependency of a line: it is not in the one form that it knows, or nothing of the file is. */
function declaredKind({ text }: BothViews, line: number): string | undefined {
  const raw = text.split("\n")[line - 1] ?? "";
  if (!/^-.*\(depends:\s*[\d.,\s]+\)/i.test(raw)) return "prose-dependency";
  return raw.endsWith("\r") ? "crlf" : undefined;
}

/** Groups that only one of them knows; the reader of the original makes one group of each part of a list. */
export function sequenceDeviations(
  { plan, text }: BothViews,
  status: OriginalStatus,
): readonly Deviation[] {
  const groups = status.sequentialGroups ?? [];
  const original = new Map(groups.map(({ taskIds, taskRange }) => [taskIds.join(), taskRange]));
  const ours = new Map(plan.sequences.map(({ tasks, range }) => [tasks.join(), range]));
  const ranges = new Set(ours.values());
  const prose = readLines(text).flatMap((line) => (line.kind === "text" ? [line.text] : []));
  const kindOf = (group: string, range: string): string | undefined => {
    if (!prose.some((line) => line.includes(range) && line.includes("[SEQUENTIAL]")))
      return "example";
    if (ranges.has(range)) return "wider-group";
    return group.includes(",") ? undefined : "listed-apart";
  };
  return [
    ...[...original]
      .filter(([group]) => !ours.has(group))
      .map(([group, range]) => ({
        kind: kindOf(group, range),
        what: `only the original has the group ${group}`,
      })),
    ...[...ours]
      .filter(([group]) => !original.has(group))
      .map(([group, range]) => ({
        kind: groups.some(({ taskRange }) => taskRange === range) ? "wider-group" : "note-words",
        what: `only we have the group ${range} (${group})`,
      })),
  ];
}

/** What `next` of both gives, with the reason that our graph, conflicts and order give for each difference. */
export function nextDeviations(
  views: BothViews,
  status: OriginalStatus,
  version: OriginalVersion,
  count: number,
): readonly Deviation[] {
  const { plan, strict, ours, text } = views;
  const graph = buildGraph(plan, { barriers: "phases", inferred: true });
  const exclusions = exclusionsOf(usesOfTasks(plan.tasks.map((task) => [task.key, task])));
  const clash = (one: string, other: string) => exclusions.clash(one, other);
  const options = { count, rule: "barriers", verifications: "awaited", clash } as const;
  const next = nextTasks(graph, progressOf(graph), options);
  const nodeKey = (node: number): string => graph.nodes[node]?.key ?? "";
  const chosen = new Set(next.tasks.map(({ node }) => nodeKey(node)));
  const passed = new Map(next.passedOver.map(({ node, because }) => [nodeKey(node), because]));
  const left = [...strict];
  const offered = originalNext(status, count, version, text).tasks.map(({ id }) => {
    const [task] = left.splice(
      left.findIndex((one) => one.id === id),
      1,
    );
    return { id, own: ours.get(task?.line ?? 0) };
  });
  const theirs = offered.flatMap(({ id, own }): readonly Deviation[] => {
    const what = `${version} offers ${id}`;
    if (own === undefined) return [{ kind: "example", what }];
    if (chosen.has(own.key)) return [];
    if (own.box?.state !== "open") return [{ kind: "ticked-box", what }];
    const held = waitsFor(graph, own);
    if (held.length > 0) return held.map((kind) => ({ kind, what: `${what}, which waits` }));
    // Ready here, too, but not beside what is chosen, or behind it.
    return [{ kind: passed.get(own.key) ?? (chosen.size === count ? "urgency" : undefined), what }];
  });
  const known = new Set(offered.flatMap(({ own }) => (own === undefined ? [] : [own.key])));
  const strictLines = new Set(strict.map(({ line }) => line));
  const mine = [...chosen].flatMap((key): readonly Deviation[] => {
    const task = plan.tasks.find((one) => one.key === key);
    if (task === undefined || known.has(key) || !strictLines.has(task.place.line ?? 0)) return [];
    const kind = offered.length === count ? "urgency" : undefined;
    return [{ kind, what: `only we offer ${key} (${version}, ${count})` }];
  });
  return [...theirs, ...mine];
}

const isDone = (graph: PlanGraph, node: number): boolean => {
  const it = graph.nodes[node];
  return it?.kind === "task" && it.task.box?.state === "done";
};

/** Kinds of the edges that hold a task back: from work that is not done, or from a junction with such work before it. */
function waitsFor(graph: PlanGraph, task: Task): readonly (string | undefined)[] {
  const node = graph.indexOf.get(task.key);
  if (node === undefined) return [];
  const open = (from: number, visited: Set<number>): boolean => {
    if (visited.has(from)) return false;
    visited.add(from);
    const it = graph.nodes[from];
    if (it?.kind === "task" || it?.kind === "verification") return !isDone(graph, from);
    return edgesInto(graph, from).some((edge) => !edge.cut && open(edge.from, visited));
  };
  const holding = edgesInto(graph, node).filter((edge) => !edge.cut && open(edge.from, new Set()));
  return holding.map(({ cause }) =>
    task.verifies && cause.origin === "explicit" ? "verify-order" : HELD_BACK[cause.origin],
  );
}

export function initialised(file: string, text: string, version: OriginalVersion): OriginalStatus {
  const init = originalInit(file, text, version, "<ts>");
  if ("error" in init) throw new Error(init.error);
  return init.status;
}
