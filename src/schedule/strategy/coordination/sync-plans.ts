import type { SyncPoint } from "../../project/project.ts";
import type { Basis } from "../basis.ts";
import { participantsOf } from "../order/order-nodes.ts";
import type { Units } from "../units.ts";
import type { Price } from "../waves.ts";
import type { Session, SyncPlan } from "./coordination.ts";

/** Sync points with their times; `prices` as far as they were tried. */
export function syncPlansOf(
  basis: Basis,
  units: Units,
  {
    sessions,
    prices,
  }: { readonly sessions: readonly Session[]; readonly prices: ReadonlyMap<string, Price> },
): readonly SyncPlan[] {
  const { project, order, timeline } = basis;
  return project.syncPoints.map((sync, index): SyncPlan => {
    const node = order.nodes[order.activities + index];
    const costs = prices.get(sync.id);
    return {
      id: sync.id,
      name: sync.title,
      start: timeline.startAt(node?.from ?? 0),
      end: timeline.endAt(node?.to ?? 0),
      wave: waveOf(basis, units, sync),
      triggers:
        sync.triggers.length > 0
          ? sync.triggers
          : [`${sync.after.length} activities before it are done`],
      participants: sync.participants,
      sessions: takingPart(sync, sessions),
      minutes: sync.minutes,
      effort: sync.minutes * participantsOf(project, sync.participants).length,
      preparation: sync.preparation,
      criteria: sync.criteria,
      onFailure: sync.onFailure,
      deliverables: sync.deliverables,
      ...(costs === undefined ? {} : { costs }),
    };
  });
}

/** The last wave that it waits for. */
function waveOf({ order }: Basis, units: Units, { after }: SyncPoint): number {
  const levels = after.map(
    (id) => units.units[units.unitOf[order.indexOf.get(id) ?? -1] ?? -1]?.level ?? 0,
  );
  return 1 + levels.reduce((most, level) => Math.max(most, level), 0);
}

/** Sessions of its teams that do something before or after it; of all teams where none are named. */
function takingPart(
  { participants, after, before }: SyncPoint,
  sessions: readonly Session[],
): readonly string[] {
  const around = new Set([...after, ...before]);
  return sessions
    .filter(
      ({ team, activities }) =>
        (participants.length === 0 || participants.includes(team)) &&
        activities.some((id) => around.has(id)),
    )
    .map(({ id }) => id);
}
