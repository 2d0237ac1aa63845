import type { LinkKind } from "../../project/project.ts";
import type { Reason } from "../reason.ts";
import type { Gaps } from "./gaps.ts";

/**
 * A schedule without its dates: what comes after what, by links and by who and what is shared, in the order that the schedule has
 * (a partial order schedule; Policella, Smith, Cesta and Oddo, ICAPS 2004, 209–218). Whatever durations turn out to be,
 * each starting when all before it are over never books anybody twice.
 */
export interface PartialOrder {
  /** Activities first, then sync points, both in the order of the project. */
  readonly nodes: readonly OrderNode[];
  /** How many of them are activities. */
  readonly activities: number;
  /** Without doubles. */
  readonly arcs: readonly Arc[];
  /** Nodes in an order that all arcs follow. */
  readonly order: Uint32Array;
  readonly indexOf: ReadonlyMap<string, number>;
}

export interface OrderNode {
  readonly id: string;
  readonly kind: "activity" | "sync";
  /** On the axis, as scheduled. */
  readonly from: number;
  readonly to: number;
  /** Minutes of work between the two: what absences leave. */
  readonly work: number;
  /** Part of the work that is not certain yet: all of it, what is left, or nothing. */
  readonly open: number;
  /** Part of it that is kept free for what goes wrong, 0 … <1. */
  readonly reserve: number;
  /** Not before: the time of planning, its date, or when it has started. */
  readonly release: number;
  readonly fixed: boolean;
  readonly gaps: Gaps;
}

export interface Arc {
  readonly from: number;
  readonly to: number;
  readonly kind: LinkKind;
  readonly lag: number;
  readonly why: Reason;
}
