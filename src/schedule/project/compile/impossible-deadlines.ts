import { digraph, reversed } from "../../../core/graph/digraph.ts";
import { topologicalOrder } from "../../../core/graph/topological-order.ts";
import { workText } from "../../../core/work-text.ts";
import type { CrewArc, CrewParts } from "../../solver/crew/crew-parts.ts";
import { placeIn } from "../check/place-in.ts";
import type { Project } from "../project.ts";
import { quoted, report, type ScheduleDiagnostic } from "../report.ts";
import type { CompiledNode } from "./draft.ts";

/** Deadlines that even the quickest people, with nobody in their way, would miss. */
export function impossibleDeadlines(
  project: Project,
  { activities, arcs, pools }: CrewParts,
  nodes: readonly CompiledNode[],
  tick: number,
): readonly ScheduleDiagnostic[] {
  if (activities.every(({ deadline }) => deadline === undefined)) return [];
  const quickest = pools.map((pool) =>
    pool.reduce((least, { factor = 1 }) => Math.min(least, factor), Infinity),
  );
  const least = activities.map(({ options, fixed }) =>
    fixed
      ? fixed.end - fixed.start
      : options.reduce((most, { work, needs = [] }) => {
          const factor = needs.reduce(
            (slow, { pool }) => Math.max(slow, quickest[pool] ?? 1),
            needs.length === 0 ? 1 : 0,
          );
          return Math.min(most, Math.ceil(work * factor - 1e-9));
        }, Infinity),
  );
  const starts = earliest(
    activities.map(({ release = 0, fixed }) => fixed?.start ?? release),
    least,
    arcs,
  );
  return activities.flatMap(({ deadline, fixed }, node) => {
    const thing = nodes[node]?.thing;
    const late = (starts[node] ?? 0) + (least[node] ?? 0) - (deadline ?? Infinity);
    if (late <= 0 || fixed || !thing || !("activity" in thing)) return [];
    const { activity } = thing;
    return [
      report(
        "SCHEDULE_DEADLINE_IMPOSSIBLE",
        placeIn(project, activity),
        `${quoted(activity.id)} can't be done by ${activity.deadline ?? ""}: it ends at least ${workText(late * tick)} of working time later, even if it waits for nobody`,
      ),
    ];
  });
}

/** When each can start at the soonest, by links alone. */
function earliest(
  releases: readonly number[],
  least: readonly number[],
  arcs: readonly CrewArc[],
): readonly number[] {
  const size = releases.length;
  const into = new Map<number, CrewArc[]>();
  for (const arc of arcs) {
    const known = into.get(arc.to);
    if (known) known.push(arc);
    else into.set(arc.to, [arc]);
  }
  const forward = digraph(
    size,
    arcs.map(({ from }) => from),
    arcs.map(({ to }) => to),
  );
  const starts = releases.slice();
  for (const node of topologicalOrder(reversed(forward))) {
    const own = least[node] ?? 0;
    for (const { from, kind = "FS", lag = 0 } of into.get(node) ?? []) {
      const bound = (starts[from] ?? 0) + (kind[0] === "F" ? (least[from] ?? 0) : 0) + lag;
      starts[node] = Math.max(starts[node] ?? 0, kind[1] === "F" ? bound - own : bound);
    }
  }
  return starts;
}
