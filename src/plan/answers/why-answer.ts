import type { FilePlace } from "../../core/place.ts";
import type { BoxState, Origin } from "../model.ts";
import type { PlanHead, TaskLine } from "./plan-head.ts";

/** One thing that a task waits for. */
export interface WhyEdge {
  readonly dependency: string;
  readonly text: string;
  readonly state: BoxState;
  readonly origin: Origin;
  readonly place: FilePlace;
  readonly reason: string | null;
}

/** Why a task can begin or can't. */
export interface WhyAnswer {
  readonly plan: PlanHead;
  readonly task: TaskLine;
  readonly verdict: "ready" | "waits" | "running" | "done" | "skipped" | "failed" | "conflict";
  /** What it waits for directly, unfinished first. */
  readonly edges: readonly WhyEdge[];
  /** The shortest way from it to something that can be acted on now. */
  readonly chain: readonly WhyEdge[];
  /** Running tasks that it can't run beside. */
  readonly conflicts: readonly { readonly task: string; readonly over: string }[];
  /** What waits for it directly. */
  readonly dependents: readonly string[];
  readonly holdsUp: number;
}
