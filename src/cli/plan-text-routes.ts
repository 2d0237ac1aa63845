import { buildCommand } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import type { AppendFlags } from "./commands/plans/append.ts";
import { COMMON, parseText, textFlag } from "./parameters.ts";

// Commands are loaded when they run: showing help must not load the app.

export const append = buildCommand<AppendFlags, string[], Cli>({
  docs: {
    brief: "Add tasks at the end of a plan, or of a phase",
    fullDescription:
      "Add tasks: to a tasks.md of Spec Kit in a phase of their own at its end, to a plan file at the end of a phase. They get the next ids; nothing that is there changes.",
  },
  parameters: {
    flags: {
      ...COMMON,
      phase: {
        ...textFlag("KEY", "The phase that they belong to, as `plans phases` names it"),
        parse: parseText,
      },
    },
    positional: {
      kind: "array",
      minimum: 2,
      parameter: {
        brief: "The plan, and the text of each task",
        placeholder: "PLAN TEXT",
        parse: parseText,
      },
    },
  },
  loader: async () => (await import("./commands/plans/append.ts")).append,
});

export const findings = buildCommand<CommonFlags, [string?, string?], Cli>({
  docs: { brief: "List what was written down about the tasks of a plan, or show it of one" },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "tuple",
      parameters: [
        {
          brief: "The plan; or the task, where a current plan is set",
          placeholder: "PLAN",
          parse: parseText,
          optional: true,
        },
        { brief: "The task", placeholder: "TASK", parse: parseText, optional: true },
      ],
    },
  },
  loader: async () => (await import("./commands/plans/findings.ts")).findings,
});
