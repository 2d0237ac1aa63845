import { firmness } from "./firmness.ts";
import { addEdge } from "./edge-list.ts";
import { addNode, junction, type Draft, type PhaseDraft } from "./draft.ts";
import type { EdgeCause } from "./model.ts";
import { knownIndex, type TaskGates } from "./task-gates.ts";

interface Source {
  readonly from: number;
  readonly cause: EdgeCause;
}

/**
 * The edges of phases, as many as there are tasks and mentions, never a product: work → blocking verifications → end of the
 * phase → the work of phases that wait for it. Non-blocking verifications hang beside.
 */
export function addPhaseEdges(gates: TaskGates): void {
  const { draft } = gates;
  for (const group of draft.phases.values()) {
    addEntry(gates, group);
    addExit(draft, group);
  }
  addPlanEnd(draft);
}

/** What the work of a phase waits for. */
function addEntry(gates: TaskGates, { phase, end, tasks, verifications }: PhaseDraft): void {
  const { draft } = gates;
  const sources: Source[] = [];
  for (const { task, place } of phase.startsWhen) {
    const from = knownIndex(draft, task, place);
    const cause = {
      origin: "explicit",
      strength: "hard",
      place,
      reason: "pipeline-start",
    } as const;
    if (from === undefined) continue;
    sources.push({ from: gates.after.get(from)?.node ?? from, cause });
  }
  const pipelined = sources.length > 0;
  for (const cause of phase.after) {
    const from = draft.phases.get(cause.phase)?.end ?? knownIndex(draft, cause.phase, cause.place);
    if (from === undefined || from === end) continue;
    if (cause.origin === "inferred" && !draft.options.inferred) continue;
    if (cause.origin !== "barrier") sources.push({ from, cause });
    else if (draft.options.barriers === "phases")
      // A phase that began early still ends after the one before: the next phases wait for both.
      if (pipelined) addEdge(draft.edges, from, end, cause);
      else sources.push({ from, cause });
  }
  const work = tasks.length > 0 ? tasks : verifications;
  const source = sources.length > 1 ? phaseStart(draft, phase, sources) : sources[0];
  if (!source) return;
  for (const to of work.length > 0 ? work : [end])
    addEdge(draft.edges, source.from, to, source.cause);
}

function phaseStart(draft: Draft, phase: PhaseDraft["phase"], sources: readonly Source[]): Source {
  const from = addNode(draft, junction("phase-start", `start of ${phase.key}`, { phase }));
  for (const source of sources) addEdge(draft.edges, source.from, from, source.cause);
  const firmest = sources
    .map(({ cause }) => cause)
    .reduce((a, b) => (firmness(b) > firmness(a) ? b : a));
  const { origin, strength } = firmest;
  return {
    from,
    cause: { origin, strength, place: phase.place, reason: "waits for several phases" },
  };
}

/** What the end of a phase waits for. */
function addExit(draft: Draft, group: PhaseDraft): void {
  const { phase, end, tasks } = group;
  const checks = group.verifications.filter((index) => aboutPhase(draft, index));
  const blocking = new Set(checks.filter((index) => verificationAt(draft, index)?.blocking));
  const barrier: EdgeCause = { origin: "barrier", strength: "hard", place: phase.place };
  let last = end;
  if (checks.length > 1 && tasks.length > 0) {
    last = addNode(draft, junction("phase-work", `work of ${phase.key}`, { phase }));
    if (blocking.size === 0) addEdge(draft.edges, last, end, barrier);
  }
  if (checks.length > 1 || blocking.size === 0)
    if (tasks.length > 0) for (const task of tasks) addEdge(draft.edges, task, last, barrier);
  for (const index of checks) {
    const place = verificationAt(draft, index)?.place ?? phase.place;
    const cause: EdgeCause = { origin: "verification", strength: "hard", place };
    if (checks.length === 1) for (const task of tasks) addEdge(draft.edges, task, index, cause);
    else if (tasks.length > 0) addEdge(draft.edges, last, index, cause);
    if (blocking.has(index)) addEdge(draft.edges, index, end, cause);
  }
  for (const index of group.verifications)
    if (!aboutPhase(draft, index) && verificationAt(draft, index)?.blocking)
      addEdge(draft.edges, index, end, barrier);
}

const verificationAt = (draft: Draft, index: number) => {
  const node = draft.nodes[index];
  return node?.kind === "verification" ? node.verification : undefined;
};

const aboutPhase = (draft: Draft, index: number) =>
  (verificationAt(draft, index)?.tasks ?? []).length === 0;

/** Verifications of the whole plan wait for all of it, by a node of their own. */
function addPlanEnd(draft: Draft): void {
  const checks = draft.outside.verifications.filter((index) => aboutPhase(draft, index));
  const [first] = checks;
  const place = first === undefined ? undefined : verificationAt(draft, first)?.place;
  if (!place) return;
  const cause: EdgeCause = { origin: "verification", strength: "hard", place };
  const end = addNode(draft, junction("plan-end", "end of the plan", {}));
  for (const phase of draft.phases.values()) addEdge(draft.edges, phase.end, end, cause);
  for (const task of draft.outside.tasks) addEdge(draft.edges, task, end, cause);
  for (const check of checks) addEdge(draft.edges, end, check, cause);
}
