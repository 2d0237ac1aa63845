import { runBattery, type EscapeAttempt } from "../adapters/sandbox/battery/run-battery.ts";
import type { HealthCheck } from "../ports/health.ts";
import type { SandboxMode } from "../stage/sandbox/sandbox-settings.ts";
import type { createSandboxes } from "./sandboxes.ts";

export interface SandboxHealthOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What the configuration says of all agents. */
  readonly mode: SandboxMode;
  readonly bubblewrap: ReturnType<typeof createSandboxes>["bubblewrap"];
}

/** What `doctor` says of the sandbox: what makes it here, and what came of every attempt to get out of one. */
export async function sandboxHealth(
  options: SandboxHealthOptions,
): Promise<readonly HealthCheck[]> {
  const { mode } = options;
  const found = await options.bubblewrap();
  if (!found.ok) {
    const { reason, hint } = found.error;
    const state = { required: "problem", preferred: "warning", off: "ok" } as const;
    return [{ name: "sandbox", state: state[mode], detail: `${mode}, but ${reason}`, hint }];
  }
  const { version, file } = found.value;
  const attempts = await runBattery(options);
  return [
    { name: "sandbox", state: "ok", detail: `${mode}; ${version} (${file}) makes one` },
    ...attempts.map(asCheck),
  ];
}

const STATES = {
  held: "ok",
  escaped: "problem",
  failed: "problem",
  "not tried": "warning",
} as const satisfies Record<EscapeAttempt["outcome"], HealthCheck["state"]>;

const asCheck = ({ name, outcome, detail }: EscapeAttempt): HealthCheck => ({
  name: `sandbox: ${name}`,
  state: STATES[outcome],
  detail: detail === "" ? outcome : `${outcome} (${detail})`,
  ...(outcome === "escaped" && {
    hint: "Don't let agents run that you don't trust: this machine's sandbox does not hold (docs/sandbox.md).",
  }),
});
