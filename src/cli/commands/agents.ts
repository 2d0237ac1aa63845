import type { ListedAgent } from "../../app/list-agents.ts";
import { oneLine } from "../../core/text.ts";
import type { HealthCheck } from "../../ports/health.ts";
import type { Style } from "../../reporters/style.ts";
import { printResult, type Cli, type CommonFlags } from "../cli.ts";
import { checkLines } from "./health.ts";

export interface AgentsFlags extends CommonFlags {
  readonly handshake: boolean;
}

/** Which agents there are, which can run, and what they can do. */
export async function agents(this: Cli, flags: AgentsFlags): Promise<void> {
  const list = await (await this.app()).agents({ handshake: flags.handshake });
  printResult(this, flags, {
    json: list,
    lines: (style) => [
      ...agentLines(list.agents, style),
      ...(list.found.length === 0
        ? []
        : [
            "",
            "Here, too, and not in the configuration:",
            ...agentLines(list.found.map(withLine), style),
          ]),
    ],
  });
}

type Shown = ListedAgent & { readonly hint?: string };

/** How it would be configured. */
const withLine = (agent: ListedAgent): Shown => ({
  ...agent,
  hint: `To use it, write under agents: ${agent.name}: { acp: ${agent.name} }`,
});

function agentLines(shown: readonly Shown[], style: Style): readonly string[] {
  return checkLines(shown.map(checkOf), style);
}

function checkOf({ name, summary, availability, greeting, hint }: Shown): HealthCheck {
  if (!availability.available)
    return {
      name,
      state: "warning",
      detail: `${summary}: ${availability.reason}`,
      hint: availability.hint,
    };
  const about = `${summary} (${availability.version})`;
  const more = hint === undefined ? {} : { hint };
  if (greeting === undefined) return { name, state: "ok", detail: about, ...more };
  if (!greeting.greeted)
    return {
      name,
      state: "warning",
      detail: `${about}: ${oneLine(greeting.reason, 300)}`,
      hint: `Start it once by hand to see what it says.`,
    };
  const { calls, protocol, tookMs, can, logins } = greeting;
  const parts = [
    `${oneLine(calls ?? "it does not say its name", 120)}, ${protocol}, greeted in ${(tookMs / 1_000).toFixed(1)} s`,
    ...(can.length === 0 ? [] : [`can: ${can.join(", ")}`]),
    ...(logins.length === 0 ? [] : [`logs in by: ${oneLine(logins.join(", "), 200)}`]),
  ];
  return { name, state: "ok", detail: `${about}; ${parts.join("; ")}`, ...more };
}
