import { buildCommand, buildRouteMap } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import { COMMON, parseText, plainCommand } from "./parameters.ts";
import { spec } from "./stage-routes.ts";

const ROLE = { placeholder: "ROLE", parse: parseText } as const;

const show = buildCommand<CommonFlags, [string, string?], Cli>({
  docs: {
    brief: "Print what a role is told, on a spec as a run would send it now",
    fullDescription:
      "Without a spec: its task and what stands around it. With one: all of it, as a run that began now would send it. No agent is asked and nothing is written.",
  },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "tuple",
      parameters: [
        { ...ROLE, brief: "STAGE/ROLE, or ROLE where only one stage has it" },
        { ...spec, optional: true } as const,
      ],
    },
  },
  loader: async () => (await import("./commands/prompts.ts")).promptsShow,
});

const eject = buildCommand<CommonFlags, string[], Cli>({
  docs: { brief: "Write prompts into files of the project, which then count instead" },
  parameters: {
    flags: COMMON,
    positional: {
      kind: "array",
      minimum: 1,
      parameter: { ...ROLE, brief: "STAGE/ROLE, ROLE, or STAGE for all of its roles" },
    },
  },
  loader: async () => (await import("./commands/prompts.ts")).promptsEject,
});

export const prompts = buildRouteMap({
  docs: { brief: "Read and replace what agents are told" },
  routes: {
    list: plainCommand(
      "List the prompts of all roles, and where each comes from",
      async () => (await import("./commands/prompts.ts")).promptsList,
    ),
    show,
    eject,
  },
});
