import { buildCommand } from "@stricli/core";
import { budgetFlags } from "./budget-flags.ts";
import type { Cli } from "./cli.ts";
import { RESOURCE_MODES } from "../stage/rules/resources.ts";
import type { CompleteFlags, PrepareFlags, ReviewFlags, StageFlags } from "./commands/stage.ts";
import {
  COMMON,
  countFlag,
  one,
  parseText,
  scoreFlag,
  switchFlag,
  textFlag,
} from "./parameters.ts";

/** The specification that a command is about. */
export const spec = {
  brief: "A spec.md, or the folder that holds it",
  placeholder: "SPEC",
  parse: parseText,
} as const;

const stageFlags = {
  ...COMMON,
  agent: textFlag("NAME", "Play every role with this agent"),
  profile: {
    kind: "enum",
    values: ["api", "coding-agent"],
    optional: true,
    brief: "How long agents may take",
  },
  concurrency: countFlag("Specialists at once", 64),
  score: scoreFlag,
  resources: {
    kind: "enum",
    values: RESOURCE_MODES,
    optional: true,
    brief: "Take the machine to be short or ample, or measure it",
  },
  ...budgetFlags,
  refresh: switchFlag("Ask every agent, whatever the cache has"),
  detach: switchFlag("Leave the run for a worker and return"),
} as const;

const implementation = {
  kind: "enum",
  values: ["whole", "phased"],
  optional: true,
  brief: "phased: in phases that are validated one by one",
} as const;

const GATED =
  "Starts a run and shows it. At its gate the run waits for your decision; files are written next to the spec only after you approve.";

export const plan = buildCommand<StageFlags, [string], Cli>({
  docs: {
    brief: "Plan a spec: analysts, review, synthesis, QA, and your decision",
    fullDescription: GATED,
  },
  parameters: { flags: stageFlags, positional: one(spec) },
  loader: async () => (await import("./commands/stage.ts")).plan,
});

export const prepare = buildCommand<PrepareFlags, [string], Cli>({
  docs: {
    brief: "Prepare the implementation of an approved plan",
    fullDescription: GATED,
  },
  parameters: {
    flags: {
      ...stageFlags,
      implementation,
    },
    positional: one(spec),
  },
  loader: async () => (await import("./commands/stage.ts")).prepare,
});

const reviewFlags = {
  ...stageFlags,
  audit: switchFlag("Look for known holes of the dependencies: asks the registry"),
  html: switchFlag("Make coverage_report.html, too"),
  securityScan: switchFlag("Make security_scan.json, too"),
} as const;

export const review = buildCommand<ReviewFlags, [string], Cli>({
  docs: {
    brief: "Review what was built against spec and plan",
    fullDescription: GATED,
  },
  parameters: { flags: reviewFlags, positional: one(spec) },
  loader: async () => (await import("./commands/stage.ts")).review,
});

const stageName = (brief: string) =>
  ({ kind: "enum", values: ["plan", "prepare", "review"], optional: true, brief }) as const;

export const complete = buildCommand<CompleteFlags, [string], Cli>({
  docs: {
    brief: "Plan, prepare, wait for the implementation, review: one run",
    fullDescription:
      "Starts a run of all stages and shows it. At each gate it waits for your decision; after the preparation it waits until you have built what was planned.",
  },
  parameters: {
    flags: {
      ...reviewFlags,
      from: stageName("Begin with this stage, from what was approved before"),
      until: stageName("End after the gate of this stage"),
      implementation,
    },
    positional: one(spec),
  },
  loader: async () => (await import("./commands/stage.ts")).complete,
});

export const runStage = buildCommand<StageFlags, [string, string], Cli>({
  docs: {
    brief: "Run a stage of your own, or any other, by its name",
    fullDescription: GATED,
  },
  parameters: {
    flags: stageFlags,
    positional: {
      kind: "tuple",
      parameters: [
        { brief: "Name of the stage in the configuration", placeholder: "NAME", parse: parseText },
        spec,
      ],
    },
  },
  loader: async () => (await import("./commands/stage.ts")).runStage,
});
