import { groupMembers } from "../group-members.ts";
import type { Project } from "../../project/project.ts";
import type { MomentForecast } from "../forecast.ts";
import type { PartialOrder } from "../order/model.ts";
import { deadlineAt, type Timeline } from "../timeline.ts";
import { percentile, shareUntil } from "./percentiles.ts";

/** The end of some nodes, which is kept of each run. */
export interface Moment {
  readonly id: string;
  readonly kind: MomentForecast["kind"];
  readonly nodes: readonly number[];
  readonly planned: number;
  readonly deadline?: number;
}

/** Ends of groups, sync points, milestones and activities with a deadline. */
export function momentsOf(
  project: Project,
  order: PartialOrder,
  timeline: Timeline,
): readonly Moment[] {
  const moment = (id: string, kind: Moment["kind"], nodes: readonly number[]): Moment => ({
    id,
    kind,
    nodes,
    planned: nodes.reduce((last, node) => Math.max(last, order.nodes[node]?.to ?? 0), 0),
  });
  const members = groupMembers(project);
  return [
    ...Array.from(members, ([id, nodes]) => moment(id, "group", nodes)).filter(
      ({ nodes }) => nodes.length > 0,
    ),
    ...project.syncPoints.map(({ id }, index) => moment(id, "sync", [order.activities + index])),
    ...project.activities.flatMap(({ id, work, deadline }, node): readonly Moment[] => {
      if (deadline !== undefined)
        return [
          { ...moment(id, "activity", [node]), deadline: deadlineAt(timeline, deadline).minute },
        ];
      return work.likely === 0 ? [moment(id, "activity", [node])] : [];
    }),
  ];
}

export function momentForecast(
  { id, kind, planned, deadline }: Moment,
  ends: Float64Array,
): MomentForecast {
  const sorted = ends.toSorted();
  return {
    id,
    kind,
    planned,
    p50: percentile(sorted, 0.5),
    p80: percentile(sorted, 0.8),
    p95: percentile(sorted, 0.95),
    onTime: shareUntil(sorted, planned),
    ...(deadline === undefined ? {} : { byDeadline: shareUntil(sorted, deadline) }),
  };
}
