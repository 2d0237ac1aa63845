import { buildCommand } from "@stricli/core";
import { parseDuration } from "../core/duration.ts";
import { readWorkSpan } from "../core/work-span.ts";
import type { Budget } from "../schedule/answers/schedule-answer.ts";
import { readLocalTime } from "../schedule/project/local-time.ts";
import type { Cli } from "./cli.ts";
import type { ReplanFlags } from "./commands/schedule/replan.ts";
import type { ScheduleFlags } from "./commands/schedule/schedule.ts";
import type { ProvingFlags, SearchFlags } from "./commands/schedule/schedule-flags.ts";
import type { ValidateFlags } from "./commands/schedule/validate.ts";
import type { WhatIfFlags } from "./commands/schedule/what-if.ts";
import { COMMON, countFlag, one, parseText, switchFlag, textFlag } from "./parameters.ts";

// Commands are loaded when they run: showing help must not load the app.

const PLAN = {
  brief: "A plan by its path or name; not needed where a current one is set",
  placeholder: "PLAN",
  parse: parseText,
  optional: true,
} as const;

const MOST_SCHEDULES = 100_000_000;

/** Parse `10s` or `50000`. */
function parseBudget(input: string): Budget {
  const count = /^\d{1,9}$/.test(input) ? Number(input) : 0;
  if (count >= 1 && count <= MOST_SCHEDULES) return { kind: "schedules", count };
  const ms = parseDuration(input);
  if (ms.ok) return { kind: "time", ms: ms.value };
  throw new RangeError(
    `"${input.slice(0, 40)}" is neither a number of schedules, like 50000, nor a time, like 10s`,
  );
}

const MOST_SEED = 2 ** 31 - 1;

function parseSeed(input: string): number {
  const seed = /^\d{1,10}$/.test(input) ? Number(input) : Infinity;
  if (seed <= MOST_SEED) return seed;
  throw new RangeError(`"${input.slice(0, 40)}" is not a whole number from 0 to ${MOST_SEED}`);
}

/** Parse `2024-01-31` or `2024-01-31T09:00`. */
function parseTime(input: string): string {
  if (readLocalTime(input) !== undefined) return input;
  throw new RangeError(
    `"${input.slice(0, 40)}" is no day or time: write it like 2024-01-31 or 2024-01-31T09:00`,
  );
}

const searchFlags = {
  ...COMMON,
  teams: {
    ...textFlag("FILE", "Who does the work: a team file, or S3's resource analysis"),
    parse: parseText,
  },
  workers: countFlag("So many AI agents do the work, where there is no team file; 4", 1_000),
  budget: {
    kind: "parsed",
    parse: parseBudget,
    optional: true,
    placeholder: "N",
    brief: "How long to search: so many schedules, like 50000, or a time, like 10s",
  },
  seed: {
    kind: "parsed",
    parse: parseSeed,
    optional: true,
    placeholder: "N",
    brief: "Chance of the search and of the forecast; the same one gives the same schedule",
  },
  start: {
    kind: "parsed",
    parse: parseTime,
    optional: true,
    placeholder: "DATE",
    brief: "When the work begins, in the zone of the team file; else the next full hour",
  },
} as const;

/** Parse `backend` or `backend:PostgreSQL,Node.js`. */
function parsePerson(input: string) {
  const [team = "", skills = ""] = input.split(/:(.*)/s);
  if (team.trim() === "") throw new RangeError("write a team, like backend or backend:PostgreSQL");
  const names = skills.split(",").map((skill) => skill.trim());
  return { team: team.trim(), skills: names.filter((skill) => skill !== "") };
}

/** Parse `2.1=3d`. */
function parseWork(input: string) {
  const at = input.lastIndexOf("=");
  const [task, value] = [input.slice(0, Math.max(0, at)).trim(), input.slice(at + 1).trim()];
  const minutes = /^0[a-z ]{0,8}$/i.test(value) ? 0 : readWorkSpan(value)?.minutes;
  if (task !== "" && minutes !== undefined) return { task, minutes };
  throw new RangeError(
    `"${input.slice(0, 40)}" is not TASK=TIME with a time of work, like 2.1=3d or T012=4h`,
  );
}

/** A flag that may be given more than once. */
const many = <T>(placeholder: string, brief: string, parse: (input: string) => T) =>
  ({ kind: "parsed", parse, variadic: true, optional: true, placeholder, brief }) as const;

const prove = switchFlag("Try for up to half a minute more to prove that no schedule is shorter");

export const schedule = buildCommand<ScheduleFlags, [string?], Cli>({
  docs: {
    brief: "Say who does what of a plan when, how good that is, and when it is likely done",
    fullDescription:
      "Say who does what of a plan when: a schedule of people or AI agents, searched for and checked, with how much shorter any other could be, when it is likely done, and what its end hangs on. Needs no database. Ctrl-C takes the best so far.",
  },
  parameters: {
    flags: {
      ...searchFlags,
      prove,
      output: {
        ...textFlag(
          "DIR",
          "Write all of it to files of this folder: documents, calendar, S3's JSON",
        ),
        parse: parseText,
      },
      html: {
        ...textFlag(
          "FILE",
          "Write all of it as one HTML page with charts, that needs nothing else",
        ),
        parse: parseText,
      },
      svg: { ...textFlag("DIR", "Write the charts as SVG files of this folder"), parse: parseText },
      ics: { ...textFlag("FILE", "Write meetings and milestones as a calendar"), parse: parseText },
    },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/schedule/schedule.ts")).schedule,
});

export const whatIf = buildCommand<WhatIfFlags, [string?], Cli>({
  docs: {
    brief: "Say what changes of a plan would bring, or what shortens it most",
    fullDescription:
      "Say what changes would bring: one more person, a task less, a shorter one, one more of a resource, no barriers. Without any, what shortens it most, by scheduling each anew. Needs no database.",
  },
  parameters: {
    flags: {
      ...searchFlags,
      addPerson: many(
        "TEAM[:SKILLS]",
        "One more in a team, with skills or those of the team",
        parsePerson,
      ),
      drop: many("TASK", "Without this task", parseText),
      duration: many("TASK=TIME", "With another time of work, like 2.1=3d", parseWork),
      split: many("RESOURCE", "With one more of a shared resource, like a file in two", parseText),
      barriers: {
        kind: "boolean",
        default: true,
        brief: "With phases that wait for those before them",
      },
    },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/schedule/what-if.ts")).whatIf,
});

export const replan = buildCommand<ReplanFlags, [string?], Cli>({
  docs: {
    brief: "Schedule what is left of a plan from what happened, and say what is different",
    fullDescription:
      "Schedule what is left from what happened: ticks, and times of the status file. What was planned is the whole plan from its start, scheduled with the same seed. Says what moved, by how much, and what it began with. Needs no database.",
  },
  parameters: {
    flags: {
      ...searchFlags,
      now: {
        kind: "parsed",
        parse: parseTime,
        optional: true,
        placeholder: "DATE",
        brief: "The time of planning, in the zone of the team file; now without it",
      },
    },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/schedule/replan.ts")).replan,
});

export const risks = buildCommand<SearchFlags, [string?], Cli>({
  docs: { brief: "Say what can go wrong with a schedule, how it shows, and what is done then" },
  parameters: { flags: searchFlags, positional: one(PLAN) },
  loader: async () => (await import("./commands/schedule/risks.ts")).risks,
});

export const strategy = buildCommand<SearchFlags, [string?], Cli>({
  docs: {
    brief: "Print the execution strategy of a plan; with --json, S3's five files as one object",
  },
  parameters: { flags: searchFlags, positional: one(PLAN) },
  loader: async () => (await import("./commands/schedule/strategy.ts")).strategy,
});

export const validate = buildCommand<ValidateFlags, [string], Cli>({
  docs: {
    brief: "Say what is wrong with a plan and its teams, or with S3's execution plan",
    fullDescription:
      "Say what is wrong with what is to be scheduled: a plan with its teams, S3's execution plan (every claim that contradicts another), a team file, a file of activities. Each with file, line and column. Ends with 1 if there are errors.",
  },
  parameters: {
    flags: {
      ...COMMON,
      teams: { ...textFlag("FILE", "A team file to check it with"), parse: parseText },
      corrected: switchFlag("Print S3's execution plan with what can be computed put right"),
    },
    positional: one({ brief: "The file", placeholder: "FILE", parse: parseText } as const),
  },
  loader: async () => (await import("./commands/schedule/validate.ts")).validate,
});

export const importFile = buildCommand<ProvingFlags, [string], Cli>({
  docs: {
    brief: "Schedule a file of another program: .sm, .def, .dzn, CSV, JSON",
    fullDescription:
      "Schedule a file of another program: PSPLIB (.sm), iMOPSE (.def), MSPSP (.dzn), tables and JSON of activities as MS Project and ProjectLibre export them. With --json, prints it in Wavegate's own forms, activities and teams, in place of a schedule.",
  },
  parameters: {
    flags: { ...searchFlags, prove },
    positional: one({ brief: "The file", placeholder: "FILE", parse: parseText } as const),
  },
  loader: async () => (await import("./commands/schedule/import.ts")).importFile,
});
