import type { Basis } from "./basis.ts";
import type { Communication, SyncPlan } from "./coordination/coordination.ts";
import { sequentialTime } from "./sequential-time.ts";
import type { Workload } from "./workload.ts";

/** S3's figures of parallel execution. Minutes of working time. */
export interface Efficiency {
  /** All activities one after another, each by its crew at the hours that it works (`sequentialTime`). */
  readonly sequential: number;
  readonly parallel: number;
  /** (sequential − parallel) / sequential × 100; S3 "parallel efficiency" and "time savings". 0 where there is no work. */
  readonly percent: number;
  readonly speedUp: number;
  /** Booked person-minutes of the available ones × 100. */
  readonly utilisation: number;
  /** Coordination person-minutes / person-minutes of development × 100 (S3 "coordination overhead"). */
  readonly overhead: number;
  /** Person-minutes of each kind. */
  readonly coordination: number;
  readonly development: number;
  /** Lower bound / makespan × 100: 100 where no schedule is shorter. */
  readonly optimality: number;
}

/** `workload`, sync points and communications are those of this schedule. */
export function efficiencyOf(
  { schedule, order }: Basis,
  workload: Workload,
  {
    syncs,
    communications,
  }: { readonly syncs: readonly SyncPlan[]; readonly communications: readonly Communication[] },
): Efficiency {
  const sequential = sequentialTime(order);
  const parallel = schedule.makespan;
  const meetings = [...syncs, ...communications].reduce((sum, { effort }) => sum + effort, 0);
  const development = schedule.bookings.reduce(
    (sum, { people }, index) => sum + people.length * (order.nodes[index]?.work ?? 0),
    0,
  );
  return {
    sequential,
    parallel,
    percent: sequential > 0 ? ((sequential - parallel) / sequential) * 100 : 0,
    speedUp: parallel > 0 ? sequential / parallel : 1,
    utilisation: workload.utilisation * 100,
    overhead: development > 0 ? (meetings / development) * 100 : 0,
    coordination: meetings,
    development,
    optimality: parallel > 0 ? Math.min(1, schedule.bound / parallel) * 100 : 100,
  };
}
