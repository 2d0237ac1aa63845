import type { FilePlace } from "../../core/place.ts";
import type { BoxState, Origin, Strength } from "../model.ts";
import type { PlanHead } from "./plan-head.ts";

/** A task or verification in the picture. */
export interface GraphNode {
  readonly key: string;
  readonly kind: "task" | "verification";
  readonly text: string;
  readonly state: BoxState;
  readonly phase: string | null;
  readonly place: FilePlace;
  /** Wave it is in, from 1; null where it is part of a cycle or behind one. */
  readonly wave: number | null;
  readonly critical: boolean;
  readonly minutes: number;
  /** How many it waits for, and how many wait for it, directly. */
  readonly fanIn: number;
  readonly fanOut: number;
}

export interface GraphEdge {
  readonly dependency: string;
  readonly dependent: string;
  readonly origin: Origin;
  readonly strength: Strength;
  readonly place: FilePlace;
  readonly reason: string | null;
  /** Others say the same: it is left out of pictures. */
  readonly redundant: boolean;
}

/** The graph of a plan. */
export interface DepsAnswer {
  readonly plan: PlanHead;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** Whether guessed edges are in it. */
  readonly inferred: boolean;
  readonly origins: readonly { readonly origin: Origin; readonly edges: number }[];
  readonly waves: readonly (readonly string[])[];
  /** Most nodes that can run at once by dependencies alone, wave by wave. */
  readonly width: number;
  readonly criticalPath: readonly string[];
  readonly criticalMinutes: number;
  readonly totalMinutes: number;
  /** Whether any estimate is written in the plan; otherwise all are defaults. */
  readonly estimated: boolean;
  readonly cycles: readonly (readonly string[])[];
}
