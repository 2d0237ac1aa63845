import { buildCommand, buildRouteMap } from "@stricli/core";
import type { Cli } from "./cli.ts";
import type { AnalyzeFlags } from "./commands/analyze.ts";
import type { ConflictFlags } from "./commands/plans/conflicts.ts";
import type { DepsFlags } from "./commands/plans/deps.ts";
import type { EditFlags, FailFlags, SkipFlags, TickFlags } from "./commands/plans/edit.ts";
import type { LikeFlags } from "./commands/plans/like-original.ts";
import type { NextFlags } from "./commands/plans/next.ts";
import type { ValidateFlags } from "./commands/plans/validate.ts";
import type { WhyFlags } from "./commands/plans/why.ts";
import { COMMON, one, parseText, plainCommand, switchFlag, textFlag } from "./parameters.ts";
import { append, findings } from "./plan-text-routes.ts";

// Commands are loaded when they run: showing help must not load the app.

const PLAN = {
  brief: "A file, or the name of a plan; not needed where a current one is set",
  placeholder: "PLAN",
  parse: parseText,
  optional: true,
} as const;

const PLAN_AND_TASKS = {
  kind: "array",
  minimum: 1,
  parameter: {
    brief: "The plan, which can be left out where a current one is set, and tasks by their ids",
    placeholder: "PLAN TASK",
    parse: parseText,
  },
} as const;

const answerFlags = {
  ...COMMON,
  format: {
    kind: "enum",
    values: ["text", "json", "markers"],
    optional: true,
    brief: "For people, for programs, or as lines to find in a log",
  },
  watch: switchFlag("Show it again whenever a file of the plan changes"),
} as const;

const inferred = {
  kind: "boolean",
  default: true,
  brief: "With dependencies that are guessed from what tasks name",
} as const;

const rule = {
  kind: "enum",
  values: ["barriers", "eighty-percent", "dag"],
  default: "barriers",
  brief: "When a phase begins: after those before it, after 80 % of them, or at once",
} as const;

const likeOriginal = {
  kind: "enum",
  values: ["seed", "head"],
  optional: true,
  brief: "What the original tool of plan files prints: as first published, or its last version",
} as const;

const list = plainCommand(
  "List the plans of the repository: tasks, what is done, problems",
  async () => (await import("./commands/plans/list.ts")).list,
);

const status = buildCommand<LikeFlags, [string?], Cli>({
  docs: { brief: "Show how a plan stands: phases, what runs, what failed" },
  parameters: { flags: { ...answerFlags, inferred, likeOriginal }, positional: one(PLAN) },
  loader: async () => (await import("./commands/plans/status.ts")).status,
});

const next = buildCommand<NextFlags, [string?, string?], Cli>({
  docs: {
    brief: "Say what can be begun now: at most N tasks that can run at once",
    fullDescription:
      "Say what can be begun now: at most N tasks, 3 without it, the most urgent first. No two of them, and none and what is in progress, change one file or belong to one sequential group.",
  },
  parameters: {
    flags: {
      ...answerFlags,
      rule,
      inferred,
      likeOriginal,
    },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "How many tasks, 1 to 1000",
          placeholder: "N",
          parse: parseText,
          optional: true,
        },
        PLAN,
      ],
    },
  },
  loader: async () => (await import("./commands/plans/next.ts")).next,
});

const phases = buildCommand<LikeFlags, [string?], Cli>({
  docs: { brief: "Show the phases: what each waits for, what verifies it, how wide it is" },
  parameters: { flags: { ...answerFlags, inferred, likeOriginal }, positional: one(PLAN) },
  loader: async () => (await import("./commands/plans/phases.ts")).phases,
});

const deps = buildCommand<DepsFlags, [string?], Cli>({
  docs: { brief: "Show the graph: waves, critical path, hubs, where edges come from" },
  parameters: {
    flags: {
      ...answerFlags,
      inferred: {
        kind: "boolean",
        optional: true,
        brief: "List guessed dependencies, or leave them out",
      },
      rule: {
        kind: "enum",
        values: ["barriers", "dag"],
        default: "barriers",
        brief: "With phases that wait for those before them, or with dependencies alone",
      },
      mermaid: switchFlag("As a Mermaid flowchart"),
      dot: switchFlag("As a Graphviz digraph"),
    },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/plans/deps.ts")).deps,
});

const why = buildCommand<WhyFlags, [string, string?], Cli>({
  docs: { brief: "Say what holds a task back: which edges, of which origin, at which lines" },
  parameters: {
    flags: { ...answerFlags, rule, inferred },
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "The plan; or the task, where a current plan is set",
          placeholder: "PLAN",
          parse: parseText,
        },
        { brief: "The task", placeholder: "TASK", parse: parseText, optional: true },
      ],
    },
  },
  loader: async () => (await import("./commands/plans/why.ts")).why,
});

const validate = buildCommand<ValidateFlags, [string?], Cli>({
  docs: { brief: "Say what is wrong with a plan, and what other tools would not see" },
  parameters: {
    flags: { ...answerFlags, all: switchFlag("Every place of every problem") },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/plans/validate.ts")).validate,
});

const conflicts = buildCommand<ConflictFlags, [string?], Cli>({
  docs: { brief: "Show which tasks would change one file at once" },
  parameters: {
    flags: {
      ...answerFlags,
      inferred,
      history: switchFlag("Ask the commits, too, which files change together"),
      all: switchFlag("Every file and every pair"),
    },
    positional: one(PLAN),
  },
  loader: async () => (await import("./commands/plans/conflicts.ts")).conflicts,
});

const progress = buildCommand<LikeFlags, [string?], Cli>({
  docs: { brief: "Show how far a plan is" },
  parameters: { flags: { ...answerFlags, inferred, likeOriginal }, positional: one(PLAN) },
  loader: async () => (await import("./commands/plans/progress.ts")).progress,
});

const tick = buildCommand<TickFlags, string[], Cli>({
  docs: { brief: "Mark tasks done" },
  parameters: {
    flags: { ...COMMON, notes: textFlag("TEXT", "Kept in the status file") },
    positional: PLAN_AND_TASKS,
  },
  loader: async () => (await import("./commands/plans/edit.ts")).tick,
});

const fail = buildCommand<FailFlags, string[], Cli>({
  docs: { brief: "Mark tasks failed" },
  parameters: {
    flags: { ...COMMON, error: textFlag("TEXT", "What went wrong; kept in the status file") },
    positional: PLAN_AND_TASKS,
  },
  loader: async () => (await import("./commands/plans/edit.ts")).fail,
});

const skip = buildCommand<SkipFlags, string[], Cli>({
  docs: { brief: "Mark tasks as not to be done" },
  parameters: {
    flags: { ...COMMON, reason: textFlag("TEXT", "Why; kept in the status file") },
    positional: PLAN_AND_TASKS,
  },
  loader: async () => (await import("./commands/plans/edit.ts")).skip,
});

const editCommand = (brief: string, name: "start" | "reset") =>
  buildCommand<EditFlags, string[], Cli>({
    docs: { brief },
    parameters: { flags: COMMON, positional: PLAN_AND_TASKS },
    loader: async () => (await import("./commands/plans/edit.ts"))[name],
  });

export const plans = buildRouteMap({
  docs: { brief: "Look at plan files and their task graph, and tick tasks off" },
  routes: {
    list,
    status,
    next,
    phases,
    deps,
    why,
    findings,
    validate,
    conflicts,
    progress,
    tick,
    start: editCommand("Mark tasks as in progress", "start"),
    fail,
    skip,
    reset: editCommand("Mark tasks as open again", "reset"),
    append,
  },
});

export const analyze = buildCommand<AnalyzeFlags, string[], Cli>({
  docs: {
    brief: "Find out what of some plans can run in parallel, what can't, and why",
    fullDescription:
      "Find out what of some plans can run in parallel, what can't, and why: files and what runs them, parallel plans, phases and tasks, patterns compared, recommendations. Without a path, of all plans of the project. Needs no database; changes no file unless told to.",
  },
  parameters: {
    flags: {
      ...COMMON,
      html: {
        ...textFlag("FILE", "Write all of it to FILE as one HTML page with the graphs"),
        parse: parseText,
      },
      write: switchFlag("Write the findings as files, beside the plan's status"),
      output: {
        ...textFlag("DIR", "Write the findings as files of this folder"),
        parse: parseText,
      },
      tick: switchFlag("Write the findings, and tick what they answer of S4's analysis plan"),
    },
    positional: {
      kind: "array",
      parameter: {
        brief: "A plan by its path or name, or a folder that holds plans",
        placeholder: "PATH",
        parse: parseText,
      },
    },
  },
  loader: async () => (await import("./commands/analyze.ts")).analyze,
});
