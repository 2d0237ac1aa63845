import { buildCommand, buildRouteMap } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import type { PrintFlags } from "./commands/config.ts";
import { COMMON, countFlag, one, parseText, plainCommand, textFlag } from "./parameters.ts";

const KEY = { placeholder: "KEY", parse: parseText } as const;

const print = buildCommand<PrintFlags, [string?], Cli>({
  docs: { brief: "Print every value that holds, and where it comes from" },
  parameters: {
    flags: {
      ...COMMON,
      agent: textFlag("NAME", "As with this flag of a run"),
      profile: {
        kind: "enum",
        values: ["api", "coding-agent"],
        optional: true,
        brief: "As with this flag of a run",
      },
      concurrency: countFlag("As with this flag of a run", 64),
    },
    positional: one({
      ...KEY,
      brief: "Only this key and those below it",
      optional: true,
    } as const),
  },
  loader: async () => (await import("./commands/config.ts")).configPrint,
});

const explain = buildCommand<CommonFlags, [string], Cli>({
  docs: { brief: "Say what a key means, takes and defaults to, and where it is set" },
  parameters: {
    flags: COMMON,
    positional: one({ ...KEY, brief: "A key, whole or the end of it, such as quorum.ratio" }),
  },
  loader: async () => (await import("./commands/config.ts")).configExplain,
});

export const config = buildRouteMap({
  docs: { brief: "Check, print or explain the configuration" },
  routes: {
    check: plainCommand(
      "Check the configuration: all problems at once",
      async () => (await import("./commands/config.ts")).configCheck,
    ),
    print,
    explain,
  },
});
