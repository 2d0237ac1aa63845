import { buildCommand } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import type { TraceFlags } from "./commands/trace.ts";
import { COMMON, one, run } from "./parameters.ts";

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
    brief: "Say why a step asked its agent, or took an earlier answer",
    fullDescription:
      "Say why a step of a run asked its agent, or took an earlier answer: which parts of the question changed, against the nearest earlier one. Without STEP, all of them.",
  },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "tuple",
      parameters: [
        run,
        {
          brief: "A step as `wavegate show` lists it, or a role, or a stage",
          placeholder: "STEP",
          parse: String,
          optional: true,
        },
      ],
    },
  },
  loader: async () => (await import("./commands/why.ts")).why,
});
