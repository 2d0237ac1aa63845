import { buildCommand } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import type { WatchFlags } from "./commands/watch.ts";
import type { TraceFlags } from "./commands/trace.ts";
import { COMMON, one, run, switchFlag } from "./parameters.ts";

/** Commands that read what a run left behind. */

export const logs = buildCommand<CommonFlags, [string, string?], Cli>({
  docs: { brief: "List the files of a run, or print those of a role" },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "tuple",
      parameters: [
        run,
        {
          brief: "A role, or the path of one file",
          placeholder: "ROLE",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  loader: async () => (await import("./commands/logs.ts")).logs,
});

export const watch = buildCommand<WatchFlags, [string], Cli>({
  docs: { brief: "Watch a run until it ends or waits" },
  parameters: {
    flags: {
      ...COMMON,
      progress: switchFlag(
        "Of plans: print [PROGRESS] lines for programs that read logs, and no view",
      ),
    },
    positional: one(run),
  },
  loader: async () => (await import("./commands/watch.ts")).watch,
});

export const trace = buildCommand<TraceFlags, [string], Cli>({
  docs: {
    brief: "Print the trace of a run, for a viewer",
    fullDescription:
      "Print the trace of a run: as JSON for a viewer, or of a run that carries out plans as one HTML page of what was planned and what became of it, that needs nothing else.",
  },
  parameters: {
    flags: {
      ...COMMON,
      format: {
        kind: "enum",
        values: ["chrome", "otlp", "html"],
        default: "chrome",
        brief:
          "For Chrome's viewer, Perfetto and speedscope; OpenTelemetry's; a page of planned against actual",
      },
    },
    positional: one(run),
  },
  loader: async () => (await import("./commands/trace.ts")).trace,
});

export const why = buildCommand<CommonFlags, [string, string?], Cli>({
  docs: {
    brief: "Say why a step asked its agent, or a task stands as it does",
    fullDescription:
      "Say why a step of a run asked its agent, or took an earlier answer: which parts of the question changed, against the nearest earlier one. Without STEP, all of them. Of a run that carries out plans, say of a task what it waits for, its attempts with their checks and why they failed, and what it asks; without one, why those that are open have not begun.",
  },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "tuple",
      parameters: [
        run,
        {
          brief: "A step as `wavegate show` lists it, or a role, or a stage; of plans, a task",
          placeholder: "STEP",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  loader: async () => (await import("./commands/why.ts")).why,
});
