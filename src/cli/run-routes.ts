import { buildCommand } from "@stricli/core";
import { budgetFlags } from "./budget-flags.ts";
import type { Cli } from "./cli.ts";
import type { RunFlags } from "./commands/run.ts";
import { COMMON, countFlag, parseText, switchFlag, textFlag } from "./parameters.ts";

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
      agent: { ...textFlag("NAME", "Work on tasks with this agent"), parse: parseText },
      target: {
        ...textFlag("BRANCH", "Move this branch as results land"),
        parse: parseText,
      },
      review: switchFlag("Move no branch before you have looked: wavegate land"),
      ...budgetFlags,
    },
    positional: PLANS,
  },
  loader: async () => (await import("./commands/run.ts")).run,
});
