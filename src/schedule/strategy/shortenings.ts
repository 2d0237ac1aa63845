import { oneLine } from "../../core/text.ts";
import type { Activity, Link, Project } from "../project/project.ts";
import { skillKey } from "../project/skills.ts";
import type { Person, Team } from "../project/team.ts";
import type { Basis } from "./basis.ts";
import type { Culprit } from "./bottleneck.ts";
import type { Change } from "./change.ts";
import { whatIf, type Scheduler } from "./what-if.ts";

/** One of the answers to "what shortens it most" (MISSION WV-06). */
export interface Shortening {
  readonly target: Culprit;
  readonly changes: readonly Change[];
  /** What is done, in words. */
  readonly title: string;
  /** Why it was tried. */
  readonly because: string;
  /** Minutes of working time, and working days, that the whole ends sooner. */
  readonly saved: number;
  readonly days: number;
  /** See `WhatIf.noise`. */
  readonly noise: number;
}

export interface Shortenings {
  /** Most saved first; what saves nothing as well. */
  readonly tried: readonly Shortening[];
  /** Candidates that there was no room for. */
  readonly left: number;
}

type Candidate = Pick<Shortening, "target" | "changes" | "title" | "because">;

/** How much of an activity's work a shortening takes away. */
export const SHORTENED_BY = 0.25;
const DEFAULT_TRIES = 30;

/**
 * What would shorten it most, each candidate by scheduling anew: a sync point, a barrier or a soft link of the critical chain dropped, one
 * more of each resource that is waited for, one more person with the skills of the chain, a second team, each activity of the chain
 * with a quarter less work. `tries`: how often the project is scheduled.
 */
export function whatShortensMost(
  basis: Basis,
  scheduler: Scheduler,
  tries = DEFAULT_TRIES,
): Shortenings {
  const candidates = candidatesOf(basis);
  const tried = candidates.slice(0, tries).flatMap((candidate): readonly Shortening[] => {
    const answer = whatIf(basis, candidate.changes, scheduler);
    if (!answer.ok) return [];
    const { saved, days, noise } = answer.value;
    return [{ ...candidate, saved, days, noise }];
  });
  return {
    tried: tried.toSorted((a, b) => b.saved - a.saved),
    left: Math.max(0, candidates.length - tries),
  };
}

function candidatesOf(basis: Basis): readonly Candidate[] {
  const { project, critical } = basis;
  const chain = chainActivities(basis);
  return [
    ...syncCandidates(basis),
    ...barrierCandidates(project),
    ...linkCandidates(basis),
    ...resourceCandidates(basis),
    ...peopleCandidates(basis, chain),
    ...chain
      .filter(({ progress, work }) => progress.state === "open" && work.likely > 0)
      .toSorted((a, b) => b.work.likely - a.work.likely)
      .map(({ id, title, work }): Candidate => ({
        target: { kind: "activity", id },
        changes: [{ kind: "set-work", activity: id, minutes: work.likely * (1 - SHORTENED_BY) }],
        title: `Do "${id}" in three quarters of its time`,
        because: `it is one of ${critical.chain.steps.length} on the critical chain${title === id ? "" : `: ${oneLine(title, 80)}`}`,
      })),
  ];
}

function chainActivities({ project, critical }: Basis): readonly Activity[] {
  const onChain = new Set(
    critical.chain.steps.flatMap(({ id, kind }) => (kind === "activity" ? [id] : [])),
  );
  return project.activities.filter(({ id }) => onChain.has(id));
}

function syncCandidates({ project, critical }: Basis): readonly Candidate[] {
  const onChain = new Set(
    critical.chain.steps.flatMap(({ id, kind }) => (kind === "sync" ? [id] : [])),
  );
  return project.syncPoints
    .filter(({ id }) => onChain.has(id))
    .map(({ id, title, participants }): Candidate => ({
      target: { kind: "sync", id },
      changes: [{ kind: "drop-sync", sync: id }],
      title: `Do without the sync point "${title}"`,
      because: `the critical chain goes through it; ${participants.length} teams wait for each other there`,
    }));
}

/** Links that a document's order of phases made, by what they are between: phases, or milestones that stand for their end. */
function barrierCandidates(project: Project): readonly Candidate[] {
  const places = new Map(project.activities.map(({ id, group }) => [id, group ?? id]));
  const titles = new Map(
    [...project.activities, ...project.groups].map(({ id, title }) => [id, title]),
  );
  const barriers = new Map<
    string,
    { readonly first: string; readonly second: string; readonly links: Link[] }
  >();
  for (const link of project.links) {
    const [first, second] = [places.get(link.from), places.get(link.to)];
    if (link.origin !== BARRIER || first === undefined || second === undefined) continue;
    const key = JSON.stringify([first, second]);
    const barrier = barriers.get(key) ?? { first, second, links: [] };
    barrier.links.push(link);
    barriers.set(key, barrier);
  }
  return Array.from(barriers.values(), ({ first, second, links }): Candidate => ({
    target: { kind: "activity", id: links[0]?.to ?? "" },
    changes: [{ kind: "drop-links", links: links.map(({ from, to }) => ({ from, to })) }],
    title: `Let "${titles.get(second) ?? second}" begin before all of "${titles.get(first) ?? first}" is done`,
    because: `a barrier of ${links.length} ${links.length === 1 ? "link" : "links"} is between them`,
  }));
}

const BARRIER = "barrier";

function linkCandidates({ critical }: Basis): readonly Candidate[] {
  return critical.chain.steps.flatMap(({ why }): readonly Candidate[] => {
    if (why.kind !== "link" || why.link.strength !== "soft") return [];
    const { from, to, origin } = why.link;
    return [
      {
        target: { kind: "activity", id: to },
        changes: [{ kind: "drop-links", links: [{ from, to }] }],
        title: `Do "${to}" without waiting for "${from}"`,
        because: `the dependency is soft (${origin}) and on the critical chain`,
      },
    ];
  });
}

function resourceCandidates({ project, critical }: Basis): readonly Candidate[] {
  const waiting = new Map<string, number>();
  for (const { why } of critical.activities)
    if (why.kind === "resource") waiting.set(why.resource, (waiting.get(why.resource) ?? 0) + 1);
  return project.resources
    .filter(({ id }) => waiting.has(id))
    .map(({ id, title, capacity }): Candidate => ({
      target: { kind: "resource", id },
      changes: [{ kind: "set-capacity", resource: id, capacity: capacity + 1 }],
      title: capacity === 1 ? `Split "${title}" in two` : `One more of "${title}"`,
      because: `${waiting.get(id) ?? 0} activities wait for it`,
    }));
}

/** One more like those who do the chain: for each team and set of skills one candidate, for whole teams a second one. */
function peopleCandidates(
  { project, schedule }: Basis,
  chain: readonly Activity[],
): readonly Candidate[] {
  const teamOf = new Map(schedule.bookings.map(({ activity, team }) => [activity, team]));
  const found = new Map<string, Candidate>();
  for (const { id, crew, progress } of chain) {
    const team = project.teams.find((each) => each.id === teamOf.get(id));
    if (!team || progress.state !== "open" || crew.kind === "nobody") continue;
    if (crew.kind === "team") {
      found.set(`team ${team.id}`, secondTeam(project, team));
      continue;
    }
    for (const { skills } of crew.needs) {
      const keys = skills.map(({ skill }) => skillKey(skill)).toSorted();
      const like = { ...(team.people[0] ?? NOBODY), skills };
      found.set(JSON.stringify([team.id, keys]), onePerson(project, team, { like, keys }));
    }
  }
  return [...found.values()];
}

const NOBODY: Person = {
  id: "",
  title: "",
  skills: [],
  availability: 1,
  calendar: "",
  away: [],
  history: new Map(),
};

function onePerson(
  project: Project,
  team: Team,
  { like, keys }: { readonly like: Person; readonly keys: readonly string[] },
): Candidate {
  const id = freeId(
    `${team.id}/+1`,
    new Set(project.teams.flatMap(({ people }) => people.map((each) => each.id))),
  );
  const person: Person = {
    ...like,
    id,
    title: `one more of ${team.title}`,
    availability: 1,
    away: [],
    history: new Map(),
  };
  const [skill] = keys;
  return {
    target: skill === undefined ? { kind: "team", id: team.id } : { kind: "skill", id: skill },
    changes: [{ kind: "add-person", team: team.id, person }],
    title:
      keys.length === 0
        ? `One more person in ${team.title}`
        : `One more person with ${keys.join(", ")} in ${team.title}`,
    because: "activities of the critical chain need that",
  };
}

function secondTeam(project: Project, team: Team): Candidate {
  const people = new Set(project.teams.flatMap((each) => each.people.map(({ id }) => id)));
  const id = freeId(`${team.id} 2`, new Set(project.teams.map((each) => each.id)));
  return {
    target: { kind: "team", id: team.id },
    changes: [
      {
        kind: "add-team",
        team: {
          ...team,
          id,
          title: `a second ${team.title}`,
          people: team.people.map((each) => ({
            ...each,
            id: freeId(`${each.id}+1`, people),
            history: new Map(),
          })),
        },
      },
    ],
    title: `A second team like ${team.title}`,
    because: "it does activities of the critical chain as a whole",
  };
}

function freeId(wanted: string, taken: ReadonlySet<string>): string {
  let id = wanted;
  while (taken.has(id)) id += "'";
  return id;
}
