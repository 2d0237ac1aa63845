import { findCycle } from "../../../../core/graph/find-cycle.ts";
import { listed, type Facts, type PlacedTask } from "./facts.ts";
import type { Conflict, Directive, Findings } from "./finding.ts";

/** Requirements that need each other in a circle: no order of work exists. The one thing that only a person can undo. */
export function requirementCycle({ needs }: Facts): Findings {
  const cycle = findCycle(needs);
  if (!cycle) return {};
  const [first = "", second = ""] = cycle;
  return {
    conflicts: [
      {
        topic: "Requirements that wait for each other",
        severity: "critical",
        statements: [
          { source: "requirements", statement: `${first} needs ${second} first.` },
          {
            source: "requirements",
            statement: `${second} in turn needs ${first}: ${cycle.join(" → ")}.`,
          },
        ],
        fate: "escalated",
        resolution: null,
      },
    ],
  };
}

/** Tasks of the estimation that wait for each other. The edge against the order of phases is dropped. */
export function taskCycle({ tasks }: Facts): Findings {
  const cycle = findCycle(new Map(tasks.map(({ id, depends_on }) => [id, depends_on])));
  if (!cycle) return {};
  return {
    conflicts: [
      {
        topic: "Tasks that wait for each other",
        severity: "high",
        statements: [
          { source: "estimation", statement: `Dependencies form a circle: ${cycle.join(" → ")}.` },
          { source: "estimation", statement: "The same tasks are listed one after the other." },
        ],
        fate: "reconciled",
        resolution: "The listed order stands; dependencies on a later task are dropped.",
      },
    ],
    guidance: ["Drop task dependencies that point to a later task."],
  };
}

const startOf = (facts: Facts, id: string): PlacedTask | undefined =>
  facts
    .tasksFor(id)
    .reduce<PlacedTask | undefined>(
      (first, task) => (first && first.phaseAt <= task.phaseAt ? first : task),
      undefined,
    );

/** A requirement is scheduled before something it needs: the needed work moves forward. */
export function orderAgainstDependencies(facts: Facts): Findings {
  if (findCycle(facts.needs)) return {};
  const conflicts: Conflict[] = [];
  const directives: Directive[] = [];
  for (const [id, needed] of facts.needs)
    for (const other of needed) {
      const [task, before] = [startOf(facts, id), startOf(facts, other)];
      if (!task || !before || before.phaseAt <= task.phaseAt) continue;
      conflicts.push({
        topic: `${id} is scheduled before ${other}, which it needs`,
        severity: "high",
        statements: [
          { source: "requirements", statement: `${id} needs ${other} first.` },
          {
            source: "estimation",
            statement: `${id} starts in "${task.phaseName}", ${other} only in "${before.phaseName}".`,
          },
        ],
        fate: "reconciled",
        resolution: `What is needed comes no later than what needs it: "${before.title}" moves to "${task.phaseName}".`,
      });
      directives.push({
        kind: "advance",
        task: before.id,
        to: task.id,
        reason: `${id} needs ${other}`,
      });
    }
  return { conflicts, directives, guidance: conflicts.map(({ resolution }) => resolution ?? "") };
}

/** Everything that a requirement needs, directly or not. */
function neededBy(facts: Facts, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop())
    for (const other of facts.needs.get(next) ?? [])
      if (!found.has(other)) {
        found.add(other);
        open.push(other);
      }
  return found;
}

/**
 * A requirement starts after less important work that it does not depend on. Noted, not moved: an estimator groups work
 * for reasons that ids do not show, and a lead decides.
 */
export function orderAgainstPriority(facts: Facts): Findings {
  const late = facts.ids.flatMap((id) => {
    const rank = facts.rankOf(id);
    const start = startOf(facts, id);
    if (rank === undefined || rank > 1 || !start) return [];
    const needed = neededBy(facts, id);
    const earlier = facts.ids.filter((other) => {
      const otherStart = startOf(facts, other);
      return (
        (facts.rankOf(other) ?? 0) > rank &&
        otherStart !== undefined &&
        otherStart.phaseAt < start.phaseAt &&
        !needed.has(other) &&
        otherStart.requirements.every((shared) => (facts.rankOf(shared) ?? 9) > rank)
      );
    });
    return earlier.length > 0 ? [{ id, rank, start, earlier }] : [];
  });
  return {
    conflicts: late.map(({ id, rank, start, earlier }) => ({
      topic: `${id} comes after less important work`,
      severity: "medium",
      statements: [
        { source: "requirements", statement: `${id} has priority P${rank}.` },
        {
          source: "estimation",
          statement: `It starts in "${start.phaseName}", after ${listed(earlier, 4)}, which it does not need.`,
        },
      ],
      fate: "noted",
      resolution: "The estimator's phases stand; a lead may want to swap them.",
    })),
  };
}
