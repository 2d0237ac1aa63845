import { field, items, lineOf, placeOf, wordOf, type Value } from "../../../core/json-values.ts";
import type { FilePlace } from "../../../core/place.ts";
import type { ExecutionPlan, ExecutionWave } from "./execution-plan.ts";
import { isLate, isWithin, triggersOf } from "./sync-times.ts";

/** A sync point of an execution plan, between the phases that it stands between; ids of phases as written. */
export interface PlannedSync {
  readonly id?: string;
  readonly title: string;
  readonly after: readonly string[];
  readonly before: readonly string[];
  /** What makes it due, in the words of the plan. */
  readonly triggers: readonly string[];
  /** It is due while its wave goes on: it is held after its phases, or before them, as phases are not cut in two. */
  readonly moved: "after" | "before" | null;
  readonly value: Value;
}

/**
 * The sync points of an execution plan, those of waves first. One within a wave ("Week 2 of wave 2") is held before the work of the wave,
 * where it is in its first half, else after it. Those of the whole plan say no wave: what is to be agreed is agreed before phases are first
 * worked on beside each other.
 */
export function syncsIn({ root, waves }: ExecutionPlan): readonly PlannedSync[] {
  const made = (value: Value, wave: number, within: boolean): PlannedSync => {
    const triggers = triggersOf(value);
    const minutes = waves[wave]?.minutes;
    const late = within && isLate(triggers, minutes);
    const id = wordOf(field(value, "sync_point_id"));
    return {
      ...(id !== undefined && { id }),
      title: lineOf(field(value, "name")) ?? "",
      after: phaseIds(waves.slice(0, late ? wave + 1 : wave)),
      before: phaseIds(waves.slice(late ? wave + 1 : wave)),
      triggers,
      moved: within && isWithin(triggers, minutes) ? (late ? "after" : "before") : null,
      value,
    };
  };
  const inWaves = waves.flatMap(({ value }, wave) =>
    items(field(value, "synchronization_points")).map((sync) => made(sync, wave, true)),
  );
  const parallel = Math.max(
    0,
    waves.findIndex(({ phases }) => phases.length > 1),
  );
  const protocols = field(root, "coordination_protocols");
  const ofAll = items(field(protocols, "synchronization_points"));
  return [...inWaves, ...ofAll.map((sync) => made(sync, parallel, false))];
}

const phaseIds = (waves: readonly ExecutionWave[]): readonly string[] =>
  waves.flatMap(({ phases }) => phases.map(({ id }) => id));

/** A quality gate of an execution plan, after one of its waves. */
export interface PlannedGate {
  readonly id: string;
  readonly name: string;
  /** From 1. */
  readonly wave: number;
  /** Ids of phases as written: of the wave, and of all that come after it. */
  readonly after: readonly string[];
  readonly before: readonly string[];
  readonly criteria: readonly string[];
  /** Roles that have to approve; empty where nobody has to. */
  readonly approvers: readonly string[];
  readonly place: FilePlace;
}

/** The quality gates of an execution plan: each after every wave but the last, or after the one that it names. */
export function gatesIn({ root, waves }: ExecutionPlan): readonly PlannedGate[] {
  const declared = items(field(field(root, "quality_assurance"), "quality_gates"));
  return declared.flatMap((value, at) => {
    const id = wordOf(field(value, "gate_id", "id")) ?? `qg_${String(at + 1).padStart(3, "0")}`;
    const only = waveNamed(value, waves);
    return waves.slice(0, -1).flatMap((wave, index): readonly PlannedGate[] =>
      only !== undefined && only !== index
        ? []
        : [
            {
              id: only === undefined ? `${id}_wave_${index + 1}` : id,
              name: lineOf(field(value, "gate_name", "name")) ?? id,
              wave: index + 1,
              after: phaseIds([wave]),
              before: phaseIds(waves.slice(index + 1)),
              criteria: lines(value, "validation_criteria", "criteria"),
              approvers: lines(value, "approval_required", "approvers"),
              place: placeOf(value),
            },
          ],
    );
  });
}

const lines = (of: Value, ...names: readonly string[]): readonly string[] =>
  items(field(of, ...names)).flatMap((item) => lineOf(item) ?? []);

/** Which wave a gate is about, where it says so: `wave: 2`, or a trigger such as `wave_2_completion`. */
function waveNamed(value: Value, waves: readonly ExecutionWave[]): number | undefined {
  const own = wordOf(field(value, "wave_number", "wave"));
  const number = own ?? /\bwave[\s_-]{0,3}(\d{1,3})/i.exec(triggersOf(value).join(" "))?.[1];
  const found = waves.findIndex((wave) => wave.number === number);
  return number === undefined || found < 0 ? undefined : found;
}
