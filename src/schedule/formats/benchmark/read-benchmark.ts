import type { Diagnostic } from "../../../core/diagnostic.ts";
import type { Activity, Link, Project } from "../../project/project.ts";
import { USUAL_LEVEL } from "../../project/skills.ts";
import type { Person, Team } from "../../project/team.ts";
import type { CrewParts } from "../../solver/crew/crew-parts.ts";
import type { ProblemParts } from "../../solver/problem.ts";
import { readImopse } from "../read-imopse.ts";
import { readMspsp } from "../read-mspsp.ts";
import { readPsplib } from "../read-psplib.ts";
import { allHoursCalendar } from "../team-file/calendars-of.ts";

export interface ReadBenchmark {
  /** Undefined where there is an error. */
  readonly project: Project | undefined;
  readonly problems: readonly Diagnostic[];
}

/** Files of PSPLIB, iMOPSE and MSPSP, by their endings. */
export const isBenchmark = (file: string): boolean => /\.(?:sm|def|dzn)$/i.test(file);

/** Periods of these files are hours here, at all hours of all days from this one on: they have neither units nor dates. */
const PERIOD = 60;
const START = "2000-01-01";

/** A file of the field's benchmarks as a project: `.sm`, `.def`, `.dzn`. Skills are pools of people, jobs keep their numbers. */
export function readBenchmark(file: string, text: string): ReadBenchmark {
  if (/\.sm$/i.test(file)) {
    const { parts, diagnostics } = readPsplib(file, text);
    return projectUnless(diagnostics, () => resourceProject(file, parts));
  }
  if (/\.def$/i.test(file)) {
    const { parts, diagnostics, tasks, resources } = readImopse(file, text);
    return projectUnless(diagnostics, () =>
      peopleProject(file, parts, { tasks: tasks.map(String), people: resources.map(String) }),
    );
  }
  const { parts, diagnostics } = readMspsp(file, text);
  return projectUnless(diagnostics, () =>
    peopleProject(file, parts, {
      tasks: numbersTo(parts.activities.length),
      people: numbersTo(parts.absences.length),
    }),
  );
}

const numbersTo = (length: number): readonly string[] =>
  Array.from({ length }, (_, at) => String(at + 1));

const skillOf = (pool: number) => ({ skill: `skill ${pool + 1}`, level: USUAL_LEVEL });

const projectUnless = (problems: readonly Diagnostic[], make: () => Project): ReadBenchmark => ({
  project: problems.some(({ severity }) => severity === "error") ? undefined : make(),
  problems,
});

const emptyProject = (file: string): Project => ({
  name: file,
  start: START,
  zone: "UTC",
  activities: [],
  groups: [],
  links: [],
  resources: [],
  teams: [],
  calendars: [allHoursCalendar()],
  syncPoints: [],
  buffer: 0,
});

const periods = (count: number) => ({ likely: count * PERIOD, basis: `${count} periods` });

const linkOf = (from: string, to: string): Link => ({
  from,
  to,
  kind: "FS",
  lag: 0,
  strength: "hard",
  origin: "explicit",
});

function resourceProject(file: string, parts: ProblemParts): Project {
  const { durations, arcs, capacities, demands } = parts;
  return {
    ...emptyProject(file),
    activities: durations.map((duration, job): Activity => ({
      id: String(job + 1),
      title: `Job ${job + 1}`,
      work: periods(duration),
      crew: { kind: "nobody" },
      uses: (demands[job] ?? []).flatMap((amount, resource) =>
        amount > 0 && duration > 0 ? [{ resource: `R${resource + 1}`, amount }] : [],
      ),
      progress: { state: "open" },
    })),
    links: arcs.map(({ from, to }) => linkOf(String(from + 1), String(to + 1))),
    resources: capacities.map((capacity, resource) => ({
      id: `R${resource + 1}`,
      title: `Resource ${resource + 1}`,
      kind: "other",
      capacity,
    })),
  };
}

interface Names {
  readonly tasks: readonly string[];
  readonly people: readonly string[];
}

function peopleProject(
  file: string,
  { activities, arcs, pools, absences }: CrewParts,
  names: Names,
): Project {
  const calendar = allHoursCalendar();
  const members = pools.map((pool) => new Set(pool.map(({ person }) => person)));
  const people = absences.map((_, person): Person => ({
    id: `person ${names.people[person] ?? person + 1}`,
    title: `Person ${names.people[person] ?? person + 1}`,
    skills: members.flatMap((pool, at) => (pool.has(person) ? [skillOf(at)] : [])),
    availability: 1,
    calendar: calendar.id,
    away: [],
    history: new Map(),
  }));
  const team: Team = { id: "people", title: "People", people, kind: "people" };
  return {
    ...emptyProject(file),
    calendars: [calendar],
    teams: [team],
    activities: activities.map(({ options }, task): Activity => {
      const [option] = options;
      const needs = (option?.needs ?? []).map(({ pool, count }) => ({
        skills: [skillOf(pool)],
        count,
      }));
      const id = names.tasks[task] ?? String(task + 1);
      return {
        id,
        title: `Task ${id}`,
        work: periods(option?.work ?? 0),
        crew: needs.length === 0 ? { kind: "nobody" } : { kind: "people", needs },
        uses: [],
        progress: { state: "open" },
      };
    }),
    links: arcs.map(({ from, to }) =>
      linkOf(names.tasks[from] ?? String(from + 1), names.tasks[to] ?? String(to + 1)),
    ),
  };
}
