import type { Reason } from "../reason.ts";
import type { Arc, OrderNode, PartialOrder } from "./model.ts";

/** Half a minute: less is rounding. */
const EXACT = 0.5;

const FIXED: StartReason = { why: { kind: "fixed" } };

/** Of what holds an activity equally long, the one that is told: what is asked for before what is chosen. */
const TOLD: readonly Reason["kind"][] = ["link", "sync", "resource", "team", "person"];

export interface StartReason {
  readonly why: Reason;
  /** The node that it is about. */
  readonly source?: number;
}

/**
 * For each node: what it waited for in the schedule. Of what held it equally long, it is what leads back to the beginning without a pause
 * that nothing asks for: a search may start what is not urgent later than it could.
 */
export function startReasons(order: PartialOrder): readonly StartReason[] {
  const held = startHolds(order);
  // What may begin now begins with the project: the time of planning is the earliest of all releases.
  const now = order.nodes.reduce(
    (least, { fixed, release }) => (fixed ? least : Math.min(least, release)),
    Infinity,
  );
  const reasons = Array.from(order.nodes, () => FIXED);
  const pauses = new Uint8Array(order.nodes.length);
  const known = { now, pauses, idOf: (node: number) => order.nodes[node]?.id ?? "" };
  for (const node of order.order) {
    const each = order.nodes[node];
    if (!each || each.fixed) continue;
    const reason = startReason(each, held[node] ?? [], known);
    reasons[node] = reason;
    const before = reason.source === undefined ? 0 : (pauses[reason.source] ?? 0);
    pauses[node] = reason.why.kind === "choice" ? 1 : before;
  }
  return reasons;
}

function startReason(
  { from, release, gaps }: OrderNode,
  holds: readonly Hold[],
  {
    now,
    pauses,
    idOf,
  }: { readonly now: number; readonly pauses: Uint8Array; readonly idOf: (node: number) => string },
): StartReason {
  const order = ({ arc }: Hold) =>
    (pauses[arc.from] ?? 0) * TOLD.length + TOLD.indexOf(arc.why.kind);
  const tight = first(holds, (hold) => (hold.until > from - EXACT ? order(hold) : Infinity));
  if (tight) return { why: tight.arc.why, source: tight.arc.from };
  if (from < now + EXACT) return { why: { kind: "start" } };
  if (release > from - EXACT) return { why: { kind: "not-before" } };
  const last = first(holds, ({ until }) => -until);
  const ready = Math.max(0, release, last?.until ?? 0);
  const kind = gaps.enter(ready) > from - EXACT ? "calendar" : "choice";
  if (last === undefined) return { why: { kind } };
  const { from: source, why } = last.arc;
  const after = idOf(source);
  return kind === "calendar" && why.kind === "link"
    ? { why: { kind, after, link: why.link }, source }
    : { why: { kind, after }, source };
}

/** The first of those of the least rank; none of rank Infinity. */
function first(holds: readonly Hold[], rank: (hold: Hold) => number): Hold | undefined {
  let [found, least]: [Hold | undefined, number] = [undefined, Infinity];
  for (const hold of holds) {
    const own = rank(hold);
    if (own < least) [found, least] = [hold, own];
  }
  return found;
}

/** What an arc holds its target back until. */
export interface Hold {
  readonly arc: Arc;
  readonly until: number;
}

/** For each node, what holds it back in the schedule and until when, by each of the arcs into it. */
export function startHolds(order: PartialOrder): readonly (readonly Hold[])[] {
  const holds = order.nodes.map((): Hold[] => []);
  for (const arc of order.arcs) {
    const [source, target] = [order.nodes[arc.from], order.nodes[arc.to]];
    if (!source || !target) continue;
    const base = (arc.kind === "FS" || arc.kind === "FF" ? source.to : source.from) + arc.lag;
    const until =
      arc.kind === "FS" || arc.kind === "SS" ? base : target.gaps.retreat(base, target.work);
    holds[arc.to]?.push({ arc, until });
  }
  return holds;
}
