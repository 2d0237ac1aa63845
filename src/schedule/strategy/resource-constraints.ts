import type { SharedResource } from "../project/project.ts";
import type { Basis } from "./basis.ts";
import type { ResourceConstraint } from "./strategy.ts";

/** What each kind of shared resource asks of those who share it (S3 `resource_constraints`, `resource_conflict_resolution`). */
const MITIGATIONS: Readonly<Record<SharedResource["kind"], string>> = {
  file: "One activity at a time has the file; hand over by a merged change, or split it",
  database: "Migration review process; one migration at a time, or a database for each team",
  environment: "Book the environment; who holds it says when it is free again, or add another one",
  build: "Queue by priority of the critical chain; add build capacity if the queue grows",
  provider: "Requests go through one limit for all; move what is not urgent to another provider",
  other: "Agree who has it when; escalate what can't be settled",
};

/** What the plan itself names, in its words; then shared resources that more activities want than can have them at once, most wanted first. */
export function resourceConstraints(basis: Basis): readonly ResourceConstraint[] {
  const { project } = basis;
  const { users, wanted, seen } = demandIn(basis);
  const given = (project.given?.constraints ?? []).map(
    ({ resource, description, impact, mitigation }): ResourceConstraint => ({
      resource,
      description,
      impact,
      mitigation,
      source: "given",
      type: resource,
      observed: seen(resource),
      users: users.get(resource) ?? [],
    }),
  );
  const named = new Set(given.map(({ resource }) => resource));
  const derived = project.resources
    .filter(({ id, capacity }) => !named.has(id) && (wanted.get(id) ?? 0) > capacity)
    .map(({ id, title, kind, capacity }): ResourceConstraint => {
      const list = users.get(id) ?? [];
      return {
        resource: id,
        source: "derived",
        type: `shared_${kind}`,
        description: `${title}: ${capacity === 1 ? "one activity" : `${capacity} units`} at a time, wanted by ${list.length} activities`,
        impact: seen(id),
        observed: seen(id),
        mitigation: MITIGATIONS[kind],
        users: list,
      };
    })
    .toSorted((a, b) => b.users.length - a.users.length);
  return [...given, ...derived];
}

/** Who uses each resource, how many of it all want together, and what of that shows in the schedule. */
function demandIn({ project, critical }: Basis) {
  const users = new Map<string, string[]>();
  const wanted = new Map<string, number>();
  for (const { id, uses } of project.activities)
    for (const { resource, amount } of uses) {
      const list = users.get(resource);
      if (list) list.push(id);
      else users.set(resource, [id]);
      wanted.set(resource, (wanted.get(resource) ?? 0) + amount);
    }
  const waiting = new Map<string, number>();
  for (const { why } of critical.activities)
    if (why.kind === "resource") waiting.set(why.resource, (waiting.get(why.resource) ?? 0) + 1);
  const seen = (id: string): string => {
    const [held, all] = [waiting.get(id) ?? 0, users.get(id)?.length ?? 0];
    if (all === 0) return "No activity is known to use it";
    return held === 0
      ? "No activity waits for it in this schedule"
      : `${held} of ${all} activities wait for it in this schedule`;
  };
  return { users, wanted, seen };
}
