import type { FilePlace } from "../../../core/place.ts";
import { oneLine } from "../../../core/text.ts";
import type { PlanDiagnostic, Verification } from "../../model.ts";
import { addEdge, connect, tellUnknown, type Ends, type Plot } from "../edges.ts";
import type { Execution, ExecutionBatch, ExecutionPhase, Named } from "./read-execution.ts";

const NOTHING: Ends = { tasks: [], phases: [], inside: [] };

/** Put what a `tasks.execution.yaml` says of order into the plot, tell where it contradicts the tasks.md, and give its gates. */
export function applyExecution(
  execution: Execution,
  known: readonly Verification[],
  plot: Plot,
): readonly Verification[] {
  const own = new Set(plot.dependencies.keys());
  const batches = new Map(
    execution.phases.flatMap(({ batches: all }) => all.map((batch) => [batch.id, batch] as const)),
  );
  for (const { dependent, dependency, soft, place } of execution.edges) {
    const [later, earlier] = [find(plot, dependent, place), find(plot, dependency, place)];
    if (later === undefined || earlier === undefined) continue;
    if (own.has(`${later}\n${earlier}`)) {
      tell(
        plot,
        place,
        `${dependent} waits for ${dependency} here, and the other way round in tasks.md`,
      );
    }
    addEdge(plot, earlier, later, { origin: "explicit", strength: soft ? "soft" : "hard", place });
  }
  for (const phase of execution.phases) {
    waitForPhases(phase, plot);
    for (const batch of phase.batches) waitForBatches(batch, batches, plot);
  }
  const gates = execution.phases.flatMap(({ batches: all }) =>
    all.flatMap((batch) => gateOf(batch, known, plot)),
  );
  checkPath(execution.criticalPath, plot);
  return gates;
}

function find(plot: Plot, id: string, place: FilePlace): string | undefined {
  const key = plot.index.ids.get(id)[0]?.task.key;
  if (key === undefined) tellUnknown(plot, { kind: "task", from: id, start: 0, end: 0 }, place);
  return key;
}

/** `phase-2`, `Phase 2` and `2` are phase 2. */
export const phaseNumber = (id: string): string => id.replace(/^\s*phase[\s_-]{0,3}/i, "").trim();

function phaseKey(plot: Plot, { id, place }: Named): string | undefined {
  const at = plot.index.phases.get(phaseNumber(id))[0];
  if (at === undefined) tellUnknown(plot, { kind: "phase", from: id, start: 0, end: 0 }, place);
  return at === undefined ? undefined : plot.index.phaseKeys[at];
}

function waitForPhases(phase: ExecutionPhase, plot: Plot): void {
  const later = phaseKey(plot, phase);
  for (const named of phase.waitsFor) {
    const earlier = phaseKey(plot, named);
    if (later === undefined || earlier === undefined) continue;
    const said = { origin: "explicit", strength: "hard", place: named.place } as const;
    connect(plot, { ...NOTHING, phases: [earlier] }, { ...NOTHING, phases: [later] }, said);
  }
}

const keysOf = (batch: ExecutionBatch | undefined, plot: Plot): readonly string[] =>
  (batch?.tasks ?? []).flatMap(({ id }) => plot.index.ids.get(id)[0]?.task.key ?? []);

function waitForBatches(
  batch: ExecutionBatch,
  batches: ReadonlyMap<string, ExecutionBatch>,
  plot: Plot,
): void {
  const later = { ...NOTHING, tasks: keysOf(batch, plot) };
  for (const { id, place } of batch.waitsFor) {
    const other = batches.get(id);
    if (!other) tellUnknown(plot, { kind: "task", from: id, start: 0, end: 0 }, place);
    connect(plot, { ...NOTHING, tasks: keysOf(other, plot) }, later, {
      origin: "explicit",
      strength: "hard",
      place,
      reason: `batch ${oneLine(id, 40)}`,
    });
  }
  for (const key of later.tasks) {
    const task = plot.tasks.get(key);
    if (
      batch.parallel === undefined ||
      task?.place.file === batch.place.file ||
      task?.parallel === batch.parallel
    )
      continue;
    const [here, there] = batch.parallel
      ? ["parallel", "not marked [P]"]
      : ["not parallel", "marked [P]"];
    tell(
      plot,
      batch.place,
      `batch ${oneLine(batch.id, 40)} is ${here}, but ${oneLine(key, 40)} is ${there} in tasks.md, which counts`,
    );
  }
}

/** The gate of a batch; nothing where tasks.md has it, but a word where the two differ. */
function gateOf(
  batch: ExecutionBatch,
  known: readonly Verification[],
  plot: Plot,
): readonly Verification[] {
  const { gate } = batch;
  if (!gate) return [];
  const number = batch.id.replace(/^\s*batch[\s_-]{0,3}/i, "");
  const same = known.find(({ key }) => key === `VERIFY ${number}`);
  if (same) {
    if (same.commands.join("\n") !== gate.commands.join("\n"))
      tell(
        plot,
        gate.place,
        `the gate of batch ${oneLine(batch.id, 40)} has another command than Gate ${oneLine(number, 40)} of tasks.md, which counts`,
      );
    return [];
  }
  return [
    {
      key: `VERIFY ${number}`,
      tasks: keysOf(batch, plot),
      blocking: !/^(?:warn|continue|ignore|skip)/i.test(gate.onFail ?? ""),
      title: `Gate ${number}`,
      criteria: [],
      commands: gate.commands,
      place: gate.place,
    },
  ];
}

/** A claimed critical path has to be a chain: each of its tasks waits for the one before, straight, by others or by phases. */
function checkPath(path: readonly Named[], plot: Plot): void {
  const before = new Map<string, string[]>();
  for (const { dependency, dependent } of plot.dependencies.values()) {
    const list = before.get(dependent);
    if (list) list.push(dependency);
    else before.set(dependent, [dependency]);
  }
  const keys = path.map(({ id, place }) => find(plot, id, place));
  for (const [at, key] of keys.entries()) {
    const last = at === 0 ? undefined : keys[at - 1];
    const named = path[at];
    if (key === undefined || last === undefined || !named || waits(plot, before, key, last))
      continue;
    plot.diagnostics.push({
      code: "PLAN_CRITICAL_PATH_WRONG",
      severity: "warning",
      message: `${oneLine(key, 40)} follows ${oneLine(last, 40)} on the claimed critical path, and does not wait for it`,
      place: named.place,
      hint: "Add the dependency, or leave the claim out: the critical path is computed.",
    });
  }
}

function waits(
  plot: Plot,
  before: ReadonlyMap<string, readonly string[]>,
  later: string,
  earlier: string,
): boolean {
  const seen = new Set([later]);
  const open = [later];
  for (let task = open.pop(); task !== undefined && seen.size < 20_000; task = open.pop()) {
    if (task === earlier) return true;
    for (const next of before.get(task) ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  const [phase, other] = [plot.tasks.get(later)?.phase, plot.tasks.get(earlier)?.phase];
  return (
    phase !== undefined && other !== undefined && phase !== other && phaseWaits(plot, phase, other)
  );
}

function phaseWaits(plot: Plot, later: string, earlier: string): boolean {
  const seen = new Set([later]);
  const open = [later];
  for (let phase = open.pop(); phase !== undefined; phase = open.pop()) {
    if (phase === earlier) return true;
    for (const next of plot.after.get(phase)?.keys() ?? []) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

function tell(plot: Plot, place: FilePlace, message: string): void {
  const diagnostic: PlanDiagnostic = {
    code: "PLAN_EXECUTION_CONTRADICTS",
    severity: "warning",
    message,
    place,
    hint: "Make tasks.md and tasks.execution.yaml say the same.",
  };
  plot.diagnostics.push(diagnostic);
}
