import { buildRouteMap } from "@stricli/core";
import type { Cli, CommonFlags } from "./cli.ts";
import type { Shell } from "./commands/completion.ts";
import { plainCommand } from "./parameters.ts";

const shellCommand = (shell: Shell) =>
  plainCommand(`Completion for ${shell}`, async () => {
    const { completion } = await import("./commands/completion.ts");
    return async function printScript(this: Cli, flags: CommonFlags) {
      completion(this, flags, shell);
    };
  });

export const completion = buildRouteMap({
  docs: { brief: "Print a script for completion in your shell" },
  routes: { bash: shellCommand("bash"), zsh: shellCommand("zsh"), fish: shellCommand("fish") },
});
