import type { Basis } from "../basis.ts";
import { ASSUMED } from "./assumptions.ts";
import {
  idsOf,
  inWords,
  isOpen,
  rounded,
  said,
  watch,
  type Find,
  type Finding,
} from "./finding.ts";

/** So many that one activity waits for at once make it a place of integration. */
const FAN_IN = 3;
/** In the last part of the schedule there is little room to mend what does not fit. */
const LATE = 0.5;
const MOST = 5;

/** Activities that join many others, late. */
export const lateIntegration: Find = ({ basis, lateness }) => {
  const { order } = basis;
  const joining = joiningLate(basis);
  const shares = lateness(
    joining.map(([node, before]) => ({ nodes: [...before], by: order.nodes[node]?.from ?? 0 })),
  );
  return joining.map((each, index) => integration(basis, each, shares[index] ?? 0));
};

/** A node, and the nodes that it waits for. */
type Joining = readonly [node: number, before: ReadonlySet<number>];

/** Those in the last part of the schedule, the ones that join most first. */
function joiningLate({ project, order, schedule }: Basis): readonly Joining[] {
  const sources = new Map<number, Set<number>>();
  for (const { from, to, why } of order.arcs) {
    if (why.kind !== "link" && why.kind !== "sync") continue;
    if (project.activities[from]?.progress.state === "done") continue;
    const known = sources.get(to);
    if (known) known.add(from);
    else sources.set(to, new Set([from]));
  }
  return [...sources]
    .filter(([node, before]) => {
      const { kind, open = 0, from = 0 } = order.nodes[node] ?? {};
      return (
        kind === "activity" && open > 0 && before.size >= FAN_IN && from >= LATE * schedule.makespan
      );
    })
    .toSorted((a, b) => b[1].size - a[1].size)
    .slice(0, MOST);
}

function integration(basis: Basis, [node, before]: Joining, late: number): Finding {
  const { project, order, schedule } = basis;
  const { id = "", from = 0 } = order.nodes[node] ?? {};
  const joined = [...before].flatMap((each) =>
    each < order.activities ? [order.nodes[each]?.id ?? ""] : [],
  );
  return {
    about: project.activities[node]?.title ?? id,
    activities: [id, ...joined],
    probability: late,
    source: "simulated",
    does: { hits: [{ node, factor: 1 + ASSUMED.reworkOfIntegration, minutes: 0 }] },
    evidence: [
      said(`it waits for ${before.size} others`, before.size, "dependencies"),
      said(
        `it begins after ${inWords(basis, from)} of ${inWords(basis, schedule.makespan)}`,
        rounded((from / schedule.makespan) * 100),
        "%",
      ),
      said(
        `in ${rounded(late * 100)} % of the runs one of them is not done in time for it`,
        rounded(late * 100),
        "%",
      ),
    ],
    trigger: watch("open-dependencies", [id], 0),
  };
}

/** Phases that say nowhere what counts as done. */
export const unverifiedPhase: Find = ({ basis, units }) => {
  const { project, order } = basis;
  const silent = units.units.filter(
    ({ id, deliverables, activities }) =>
      deliverables.length === 0 &&
      project.groups.some((group) => group.id === id) &&
      activities.some((node) => isOpen(basis, node)),
  );
  if (silent.length === 0) return [];
  const all = units.units.length;
  const last = silent.flatMap(({ activities }) =>
    activities
      .toSorted((a, b) => (order.nodes[b]?.to ?? 0) - (order.nodes[a]?.to ?? 0))
      .slice(0, 1),
  );
  return [
    {
      about: `${silent.length} of ${all} phases`,
      activities: silent.flatMap(({ activities }) => idsOf(basis, activities)),
      probability: 1 - (1 - ASSUMED.reopened) ** silent.length,
      source: "assumed",
      does: { hits: last.map((node) => ({ node, factor: 1 + ASSUMED.reworkOfPhase, minutes: 0 })) },
      evidence: [
        said(`${silent.length} of ${all} phases name no deliverables`, silent.length, "phases"),
      ],
      trigger: { kind: "sign", text: "A task of a finished phase is opened again" },
    },
  ];
};
