import { buildCommand, buildRouteMap, type RouteMap } from "@stricli/core";
import { TARGET_NAMES } from "../integrations/targets.ts";
import type { Cli, CommonFlags } from "./cli.ts";
import { config } from "./config-routes.ts";
import { completion } from "./completion-routes.ts";
import type { InitFlags } from "./commands/init.ts";
import type { StopFlags } from "./commands/health.ts";
import type { MetricsFlags } from "./commands/metrics.ts";
import type { RunsFlags } from "./commands/runs.ts";
import type { ScoreFlags } from "./commands/score.ts";
import type { AgentsFlags } from "./commands/agents.ts";
import type { WorkerFlags } from "./commands/worker.ts";
import {
  COMMON,
  countFlag,
  endedRun,
  one,
  parseCount,
  parseTargets,
  parseSince,
  plainCommand,
  run,
  runCommand,
  switchFlag,
  scoreFlag,
} from "./parameters.ts";
import { logs, trace, watch, why } from "./log-routes.ts";
import { analyze, plans } from "./plans-routes.ts";
import { approve, modify, reject, resume } from "./gate-routes.ts";
import {
  importFile,
  replan,
  risks,
  schedule,
  strategy,
  validate,
  whatIf,
} from "./schedule-routes.ts";
import { prompts } from "./prompt-routes.ts";
import { land, run as runPlans, task } from "./run-routes.ts";
import { complete, plan, prepare, review, runStage, spec } from "./stage-routes.ts";

// Commands are loaded when they run: showing help must not load the app.

const init = buildCommand<InitFlags, [], Cli>({
  docs: {
    brief: "Set up a project: configuration, and commands for its coding agents",
    fullDescription:
      "Writes a starter configuration, and skills, commands and Spec Kit hooks for the coding agents that are found. What is there already stays as it is.",
  },
  parameters: {
    flags: {
      ...COMMON,
      for: {
        kind: "parsed",
        parse: parseTargets,
        optional: true,
        placeholder: "NAMES",
        brief: `For these, separated by commas, or none: ${TARGET_NAMES.join(", ")}`,
      },
      remove: switchFlag("Take away what init wrote"),
      dryRun: switchFlag("Say what would be done, and do nothing"),
    },
  },
  loader: async () => (await import("./commands/init.ts")).init,
});

const check = buildCommand<CommonFlags, [string], Cli>({
  docs: { brief: "Say what is wrong with a spec, without running anything" },
  parameters: { flags: COMMON, positional: one(spec) },
  loader: async () => (await import("./commands/check.ts")).check,
});

const score = buildCommand<ScoreFlags, [string], Cli>({
  docs: { brief: "Show how complex, clear and uncertain a spec is, and the debt" },
  parameters: { flags: { ...COMMON, score: scoreFlag }, positional: one(spec) },
  loader: async () => (await import("./commands/score.ts")).score,
});

const runs = buildCommand<RunsFlags, [], Cli>({
  docs: { brief: "List the runs of the project" },
  parameters: {
    flags: {
      ...COMMON,
      status: {
        kind: "enum",
        values: [
          "pending",
          "running",
          "waiting",
          "gate",
          "work",
          "held",
          "completed",
          "rejected",
          "failed",
          "canceled",
        ],
        optional: true,
        brief: "Only runs with this status",
      },
      limit: {
        kind: "parsed",
        parse: parseCount(1_000),
        default: "50",
        placeholder: "N",
        brief: "Most runs listed",
      },
    },
  },
  loader: async () => (await import("./commands/runs.ts")).runs,
});

const metrics = buildCommand<MetricsFlags, [string?], Cli>({
  docs: { brief: "Show the metrics of a run, or of all runs over time" },
  parameters: {
    flags: {
      ...COMMON,
      since: {
        kind: "parsed",
        parse: parseSince,
        optional: true,
        placeholder: "AGE",
        brief: "Runs started since then, like 30d or 12h; 30d without a run",
      },
    },
    positional: one({ ...run, optional: true } as const),
  },
  loader: async () => (await import("./commands/metrics.ts")).metrics,
});

const cancel = buildCommand<CommonFlags, [string], Cli>({
  docs: { brief: "End a run and its agents" },
  parameters: { flags: COMMON, positional: one(endedRun) },
  loader: async () => (await import("./commands/resume.ts")).cancel,
});

const worker = buildCommand<WorkerFlags, [], Cli>({
  docs: { brief: "Execute runs of the project until stopped" },
  parameters: {
    flags: { ...COMMON, concurrency: countFlag("Runs and tasks of others at once", 256) },
  },
  loader: async () => (await import("./commands/worker.ts")).worker,
});

const agents = buildCommand<AgentsFlags, [], Cli>({
  docs: { brief: "List agents and whether they can run" },
  parameters: {
    flags: { ...COMMON, handshake: switchFlag("Start each that can be, and ask what it can do") },
  },
  loader: async () => (await import("./commands/agents.ts")).agents,
});

const database = buildRouteMap({
  docs: { brief: "Look at, start or stop the embedded database" },
  routes: {
    status: plainCommand(
      "Which database is used, and whether it runs",
      async () => (await import("./commands/health.ts")).databaseStatus,
    ),
    start: plainCommand(
      "Start the embedded database",
      async () => (await import("./commands/health.ts")).databaseStart,
    ),
    stop: buildCommand<StopFlags, [], Cli>({
      docs: { brief: "Stop the embedded database" },
      parameters: {
        flags: {
          ...COMMON,
          force: switchFlag("Also while others are connected to it"),
        },
      },
      loader: async () => (await import("./commands/health.ts")).databaseStop,
    }),
  },
});

const audit = buildRouteMap({
  docs: { brief: "Verify or show the audit log" },
  routes: {
    verify: plainCommand(
      "Recompute the hash chain of the audit log",
      async () => (await import("./commands/project.ts")).auditVerify,
    ),
    show: plainCommand(
      "Print the audit log",
      async () => (await import("./commands/project.ts")).auditShow,
    ),
  },
});

export const routes: RouteMap<Cli> = buildRouteMap({
  docs: {
    brief: "Plan software with a team of agents that work in parallel, and decide at gates",
    fullDescription:
      "Plan software with a team of agents that work in parallel, and decide at gates.\n\nStart with: wavegate plan specs/001-name/spec.md",
  },
  routes: {
    init,
    plan,
    prepare,
    review,
    runStage,
    complete,
    plans,
    run: runPlans,
    task,
    land,
    analyze,
    schedule,
    whatIf,
    replan,
    risks,
    strategy,
    validate,
    import: importFile,
    check,
    score,
    runs,
    show: runCommand(
      "Show a run, and what its gate shows",
      async () => (await import("./commands/show.ts")).show,
    ),
    watch,
    approve,
    reject,
    modify,
    resume,
    cancel,
    logs,
    why,
    metrics,
    trace,
    worker,
    doctor: plainCommand(
      "Check what Wavegate needs",
      async () => (await import("./commands/health.ts")).doctor,
    ),
    agents,
    config,
    prompts,
    db: database,
    audit,
    completion,
  },
});
