import { stronglyConnected } from "../../core/graph/components.ts";
import { at, digraph } from "../../core/graph/digraph.ts";
import { longestPaths } from "../../core/graph/longest-paths.ts";
import type { DeclaredSync } from "../../plan/graph/add-sync-points.ts";
import { isWork, type PlanGraph } from "../../plan/graph/model.ts";
import { formatPlace } from "../../core/place.ts";
import type { QualityGate } from "../../schedule/strategy/quality-gates.ts";
import type { PlannedSession } from "../sessions/session.ts";

/** Who lets a wave pass: nobody has to, where all that can be proven is; or people, on top of it. */
export type GateMode = "proven" | "approved";

/** The quality gate of a wave, as a run passes it: what comes after waits (MISSION WV-10; S3 `quality_gates`). */
export interface WaveGate {
  /** `qg_001` */
  readonly id: string;
  /** Its node: `sync qg_001`. */
  readonly key: string;
  readonly wave: number;
  readonly name: string;
  /** Who lets it be passed. */
  readonly mode: GateMode;
  /** Keys of the work of the wave, and of the next one, which waits for the gate. */
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly criteria: readonly WaveCriterion[];
  /** Roles. */
  readonly approvers: readonly string[];
}

export type WaveCriterion =
  /** All of the wave that the plan names. */
  | { readonly kind: "tasks"; readonly text: string; readonly keys: readonly string[] }
  /** A verification of the plan. */
  | { readonly kind: "verification"; readonly text: string; readonly key: string }
  /** The project's tests, on all that landed. */
  | { readonly kind: "tests"; readonly text: string }
  /** What only a person can say. */
  | { readonly kind: "person"; readonly text: string };

/** S3's criteria that a run finds out itself, and those that it can't. */
const STANDARD: readonly WaveCriterion[] = [
  { kind: "tests", text: "Integration tests passing" },
  { kind: "person", text: "Code review requirements met" },
  { kind: "person", text: "Documentation updated" },
];
/** S3 `approval_required`. */
const APPROVERS = ["technical_lead", "architect"] as const;

/**
 * One gate after each wave but the last: waves are the levels of sessions, those that wait for none first. A barrier that the plan itself does not
 * have, so only where it is asked for: running wave by wave takes longer.
 *
 * @param planned gates of a strategy, for their names and approvers
 */
export function waveGates(
  graph: PlanGraph,
  sessions: readonly PlannedSession[],
  mode: GateMode,
  planned: readonly QualityGate[] = [],
): readonly WaveGate[] {
  const waves = wavesOf(sessions);
  return waves.slice(0, -1).map((wave, index): WaveGate => {
    const number = index + 1;
    const id = `qg_${String(number).padStart(3, "0")}`;
    const after = wave.flatMap(({ tasks }) => tasks);
    const known = planned.find((gate) => gate.wave === number);
    return {
      id,
      key: `sync ${id}`,
      wave: number,
      name: known?.name ?? `Quality gate of wave ${number}`,
      mode,
      after,
      before: waves[number]?.flatMap(({ tasks }) => tasks) ?? [],
      criteria: gateCriteria(graph, after),
      approvers: known?.approvers ?? APPROVERS,
    };
  });
}

/** Sessions by how many they wait for one after another; those that wait for each other are of one wave. */
export function wavesOf(
  sessions: readonly PlannedSession[],
): readonly (readonly PlannedSession[])[] {
  const indexOf = new Map(sessions.map(({ id }, index) => [id, index]));
  const pairs = sessions.flatMap(({ waitsFor }, to) =>
    waitsFor.flatMap((id) => {
      const from = indexOf.get(id);
      return from === undefined ? [] : [[from, to] as const];
    }),
  );
  const forward = digraph(
    sessions.length,
    pairs.map(([from]) => from),
    pairs.map(([, to]) => to),
  );
  const { count, of } = stronglyConnected(forward);
  const between = pairs.filter(([from, to]) => at(of, from) !== at(of, to));
  const backward = digraph(
    count,
    between.map(([, to]) => at(of, to)),
    between.map(([from]) => at(of, from)),
  );
  // Components are numbered against the edges.
  const order = Uint32Array.from({ length: count }, (_, rank) => count - 1 - rank);
  const levels = longestPaths(backward, order, new Uint8Array(count).fill(1));
  const waves: PlannedSession[][] = [];
  sessions.forEach((session, index) => {
    const level = at(levels, at(of, index)) - 1;
    while (waves.length <= level) waves.push([]);
    waves[level]?.push(session);
  });
  return waves;
}

/** S3's words for what a run finds out itself. */
const OF_TASKS =
  /\b(?:deliverables?|tasks?|phases?)\b.{0,40}\b(?:complete\w{0,2}|done|finished)\b/i;
const OF_TESTS = /\btests?\b.{0,40}\b(?:pass\w{0,3}|green|succe\w{1,6})\b/i;

/** What a gate is held against: all of its wave, its verifications, and what it says itself; S3's criteria where it says nothing. */
export function gateCriteria(
  graph: PlanGraph,
  keys: readonly string[],
  texts: readonly string[] = [],
): readonly WaveCriterion[] {
  const own = texts.flatMap((text): readonly WaveCriterion[] =>
    OF_TASKS.test(text) ? [] : [{ kind: OF_TESTS.test(text) ? "tests" : "person", text }],
  );
  const done = texts.find((text) => OF_TASKS.test(text)) ?? "All wave deliverables completed";
  const nodes = keys.flatMap((key) => graph.nodes[graph.indexOf.get(key) ?? -1] ?? []);
  const tasks = nodes.filter(({ kind }) => kind === "task").map(({ key }) => key);
  return [
    { kind: "tasks", text: done, keys: tasks },
    ...nodes.flatMap((node): readonly WaveCriterion[] =>
      node.kind === "verification"
        ? [{ kind: "verification", text: node.verification.title, key: node.key }]
        : [],
    ),
    ...(texts.length > 0 ? own : STANDARD),
  ];
}

/** The gates as points where all wait for each other, for `addSyncPoints`. */
export const syncsOf = (graph: PlanGraph, gates: readonly WaveGate[]): readonly DeclaredSync[] =>
  gates.flatMap(({ id, name, after, before }) => {
    const first = graph.nodes[graph.indexOf.get(before[0] ?? "") ?? -1];
    if (!first || !isWork(first)) return [];
    const place = first.kind === "task" ? first.task.place : first.verification.place;
    return [{ id, after, before, place, reason: `${name}, before ${formatPlace(place)}` }];
  });

/** Whether all that a gate waits for is done and it was not let pass. */
export function isGateDue(
  graph: PlanGraph,
  { key }: Pick<WaveGate, "key">,
  { passed, isHeld }: { readonly passed: Uint8Array; readonly isHeld: (node: number) => boolean },
): boolean {
  const node = graph.indexOf.get(key);
  return node !== undefined && at(passed, node) === 0 && !isHeld(node);
}
