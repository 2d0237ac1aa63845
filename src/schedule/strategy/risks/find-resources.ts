import { ASSUMED, anyOf } from "./assumptions.ts";
import {
  idsOf,
  inDays,
  inWords,
  isOpen,
  said,
  slackOf,
  tightestOf,
  watch,
  type Find,
  type Finding,
  type RiskContext,
} from "./finding.ts";

/** Activities that change one file; from three on it is hot. */
const HOT = 3;
/** S3 `conflict_timeout`: 2 hours. */
const TIMEOUT = 120;

interface Shared {
  readonly resource: RiskContext["basis"]["project"]["resources"][number];
  /** Nodes that are not done. */
  readonly users: readonly number[];
}

function shared(basis: RiskContext["basis"]): readonly Shared[] {
  const users = new Map<string, number[]>();
  basis.project.activities.forEach(({ uses }, node) => {
    if (!isOpen(basis, node)) return;
    for (const { resource } of uses) {
      const list = users.get(resource);
      if (list) list.push(node);
      else users.set(resource, [node]);
    }
  });
  return basis.project.resources.map((resource) => ({
    resource,
    users: users.get(resource.id) ?? [],
  }));
}

/** Files that many activities change one after the other. */
export const hotFile: Find = ({ basis }) =>
  shared(basis)
    .filter(({ resource, users }) => resource.kind === "file" && users.length >= HOT)
    .map(({ resource, users }): Finding => {
      const pairs = (users.length * (users.length - 1)) / 2;
      return {
        about: resource.title,
        activities: idsOf(basis, users),
        resources: [resource.id],
        probability: anyOf(ASSUMED.conflictPerPair, pairs),
        source: "assumed",
        does: {
          hits: users
            .slice(1)
            .map((node) => ({ node, factor: 1 + ASSUMED.reworkOfFile, minutes: 0 })),
        },
        evidence: [
          said(`${users.length} activities change it`, users.length, "activities"),
          said(`${pairs} pairs of them can disagree`, pairs, "pairs"),
        ],
        trigger: watch("same-file-changes", [resource.id], 0),
      };
    });

/** Databases, environments and the like that activities wait for in the schedule. */
export const contestedResource: Find = ({ basis }) => {
  const { critical, timeline } = basis;
  const waiting = new Map<string, number>();
  for (const { why } of critical.activities)
    if (why.kind === "resource") waiting.set(why.resource, (waiting.get(why.resource) ?? 0) + 1);
  return shared(basis)
    .filter(({ resource }) => resource.kind !== "file" && waiting.has(resource.id))
    .map(({ resource, users }): Finding => {
      const tightest = tightestOf(basis, users);
      const held = waiting.get(resource.id) ?? 0;
      return {
        about: resource.title,
        activities: idsOf(basis, users),
        resources: [resource.id],
        probability: anyOf(ASSUMED.outagePerUse, users.length),
        source: "assumed",
        does: {
          hits: [{ node: tightest, factor: 1, minutes: ASSUMED.outageDays * timeline.dayMinutes }],
        },
        evidence: [
          said(
            `${users.length} activities want it, ${resource.capacity} at a time`,
            users.length,
            "activities",
          ),
          said(`${held} of them wait for it in the schedule`, held, "activities"),
          said(
            `the tightest has ${inWords(basis, slackOf(basis, tightest))} of slack`,
            inDays(basis, slackOf(basis, tightest)),
            "days",
          ),
        ],
        trigger: watch("waiting-minutes", idsOf(basis, users), TIMEOUT),
      };
    });
};
