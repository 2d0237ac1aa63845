import type { CrewOption } from "../../solver/crew/crew-parts.ts";
import type { Axis } from "../axis.ts";
import { allowedTeams } from "../crew-teams.ts";
import { deadlineOf } from "../deadline.ts";
import type { Activity, Project, SyncPoint } from "../project.ts";
import type { Team } from "../team.ts";
import type { Arc } from "./break-circles.ts";
import type { People } from "./compile-people.ts";
import { fixedMinutes, type FixedMinutes } from "./fixed-minutes.ts";

/** What an activity of a problem stands for. */
export interface CompiledNode {
  readonly thing: { readonly activity: Activity } | { readonly sync: SyncPoint };
  /** The team of each option. */
  readonly teams: readonly (Team | undefined)[];
}

/** A node in minutes. */
export interface DraftNode extends CompiledNode {
  readonly id: string;
  readonly minutes: number;
  readonly needs: readonly (CrewOption["needs"] | undefined)[];
  readonly uses: Activity["uses"];
  readonly release: number;
  readonly deadline?: number;
  readonly fixed?: FixedMinutes;
}

/** A problem in minutes, before it has ticks. */
export interface Draft {
  readonly nodes: readonly DraftNode[];
  readonly arcs: readonly Arc[];
}

/** Nodes and arcs of a project without errors; arcs into what has started or is done are left out. */
export function draftOf(project: Project, axis: Axis, people: People): Draft {
  const now = axis.positionOf(axis.instantOf(project.now ?? project.start));
  const nodes = [
    ...project.activities.map((activity) =>
      draftActivity({ project, axis, people, now }, activity),
    ),
    ...project.syncPoints.map((sync) => draftSync(people, sync, now)),
  ];
  const numbers = new Map(nodes.map(({ id }, number) => [id, number]));
  const arcs: Arc[] = [];
  const add = (from: string, to: string, arc: Omit<Arc, "from" | "to">): void => {
    const [first, second] = [numbers.get(from), numbers.get(to)];
    if (first === undefined || second === undefined || nodes[second]?.fixed) return;
    arcs.push({ ...arc, from: first, to: second });
  };
  for (const link of project.links)
    add(link.from, link.to, { kind: link.kind, lag: Math.round(link.lag), link });
  for (const { id, after, before } of project.syncPoints) {
    for (const one of after) add(one, id, { kind: "FS", lag: 0 });
    for (const one of before) add(id, one, { kind: "FS", lag: 0 });
  }
  return { nodes, arcs };
}

interface Known {
  readonly project: Project;
  readonly axis: Axis;
  readonly people: People;
  /** Where the time of planning is. */
  readonly now: number;
}

function draftActivity({ project, axis, people, now }: Known, activity: Activity): DraftNode {
  const { id, work, crew, uses, notBefore, deadline } = activity;
  const fixed = fixedMinutes(axis, people, activity, now);
  const able =
    crew.kind === "nobody" || fixed
      ? []
      : allowedTeams(crew, project).flatMap((team) => {
          const needs = people.needsOf(activity, team);
          return needs ? [{ team, needs }] : [];
        });
  const soonest = notBefore === undefined ? 0 : axis.positionOf(axis.instantOf(notBefore));
  return {
    id,
    thing: { activity },
    minutes: fixed ? fixed.end - fixed.start : Math.ceil(work.likely),
    teams: able.length === 0 ? [undefined] : able.map(({ team }) => team),
    needs: able.length === 0 ? [[]] : able.map(({ needs }) => needs),
    uses: activity.progress.state === "done" ? [] : uses,
    release: Math.max(now, soonest),
    ...(deadline !== undefined && { deadline: axis.positionOf(deadlineOf(axis, deadline)) }),
    ...(fixed && { fixed }),
  };
}

const draftSync = (people: People, sync: SyncPoint, now: number): DraftNode => ({
  id: sync.id,
  thing: { sync },
  minutes: Math.ceil(sync.minutes),
  teams: [undefined],
  needs: [people.everybodyOf(sync)],
  uses: [],
  release: now,
});
