import { buildCommand } from "@stricli/core";
import { budgetFlags } from "./budget-flags.ts";
import type { Cli } from "./cli.ts";
import type { RunFlags } from "./commands/run.ts";
import type { LandFlags } from "./commands/land.ts";
import type { TaskFlags } from "./commands/task.ts";
import {
  COMMON,
  countFlag,
  endedRun,
  one,
  parseText,
  run as namedRun,
  switchFlag,
  textFlag,
} from "./parameters.ts";

// Commands are loaded when they run: showing help must not load the app.

const PLANS = {
  kind: "array",
  parameter: {
    brief: "A plan by its path or name, or a folder that holds plans; the current plan without one",
    placeholder: "PLAN",
    parse: parseText,
  },
} as const;

export const run = buildCommand<RunFlags, string[], Cli>({
  docs: {
    brief: "Carry out plans: their tasks in parallel, checked, landed one by one",
    fullDescription:
      "Carries out plans by agents in working copies of their own: as much at once as dependencies, files and workers let, the longest way first. What is done is checked by us and gathered on a branch of the run; your files stay as they are.",
  },
  parameters: {
    flags: {
      ...COMMON,
      progress: switchFlag("Print [PROGRESS] lines for programs that read logs, and no view"),
      dryRun: switchFlag("Say what would be done, when it ends, what it costs; do nothing"),
      pattern: {
        kind: "enum",
        values: ["dag", "independent", "batched", "pipeline"],
        optional: true,
        brief: "What is started next: by dependencies, lanes, batches or overlapping phases",
      },
      workers: countFlag("Tasks at once, of all plans", 256),
      plans: countFlag("Plans at work at once", 1_000),
      phases: countFlag("Phases of a plan at work at once", 1_000),
      batch: countFlag("Tasks of a batch; as many as workers without it", 1_000),
      failures: {
        kind: "enum",
        values: ["no-new", "continue", "kill"],
        optional: true,
        brief: "What a failure does to the rest: nothing new, go on, end all",
      },
      gates: {
        kind: "enum",
        values: ["none", "proven", "approved"],
        optional: true,
        brief: "Gate after each wave: passed by what is proven, or by you besides",
      },
      incremental: switchFlag("Phase by phase: proven gates, a checkpoint for each task"),
      agent: { ...textFlag("NAME", "Work on tasks with this agent"), parse: parseText },
      target: {
        ...textFlag("BRANCH", "Move this branch as results land"),
        parse: parseText,
      },
      review: switchFlag("Move no branch before you have looked: wavegate land"),
      detach: switchFlag("Leave the run for a worker and return"),
      ...budgetFlags,
    },
    positional: PLANS,
  },
  loader: async () => (await import("./commands/run.ts")).run,
});

export const task = buildCommand<TaskFlags, [string, string], Cli>({
  docs: {
    brief: "Say a word on a task of a run: allow, retry, skip, refuse, done",
    fullDescription:
      "Answers what a run asks about a task, or says what is to become of it, while the run goes on or waits. A sync point that waits for a person is passed with --allow.",
  },
  parameters: {
    flags: {
      ...COMMON,
      allow: switchFlag("What was asked about is fine: go on with it"),
      retry: switchFlag("Try it once more, whatever the limit of attempts"),
      skip: switchFlag("It is not to be done; what waits for it goes on"),
      refuse: switchFlag("What was asked about is not fine: the task failed"),
      done: switchFlag("It is done, not by the run"),
      reason: textFlag("TEXT", "Why; whoever works on it or looks at the run reads it"),
      detach: switchFlag("Tell it and return, without showing the run"),
    },
    positional: {
      kind: "tuple",
      parameters: [
        endedRun,
        {
          brief: "Its key, as wavegate show has it; without the plan's name where that is enough",
          placeholder: "TASK",
          parse: parseText,
        },
      ],
    },
  },
  loader: async () => (await import("./commands/task.ts")).task,
});

export const land = buildCommand<LandFlags, [string], Cli>({
  docs: {
    brief: "Bring what a run landed on its own branch over to yours",
    fullDescription:
      "Moves a branch forward to what a run has landed: only forward, and only where nothing of yours is in the way; otherwise nothing is touched, and it says what to do.",
  },
  parameters: {
    flags: {
      ...COMMON,
      onto: {
        ...textFlag("BRANCH", "Another branch than the one that you are on"),
        parse: parseText,
      },
      point: {
        ...textFlag("NAME", "Only what had landed at this point of the run"),
        parse: parseText,
      },
    },
    positional: one(namedRun),
  },
  loader: async () => (await import("./commands/land.ts")).land,
});
