import { accessSync, constants } from "node:fs";
import type { WavegateError } from "../core/error.ts";
import { formatPlace } from "../core/place.ts";
import type { Result } from "../core/result.ts";
import type { Agents } from "../ports/agent.ts";
import type { HealthCheck } from "../ports/health.ts";
import type { SandboxState } from "../ports/sandbox.ts";

/** What `doctor` looks at besides the database: Node, the project, its configuration, the agents. */
export async function lookAround(around: {
  readonly project: string;
  readonly config: Result<{ readonly file: string | null }, WavegateError>;
  readonly agents: () => Promise<Agents>;
  /** What there is to say of the sandbox. */
  readonly sandbox: () => Promise<readonly HealthCheck[]>;
}): Promise<readonly HealthCheck[]> {
  const { project, config } = around;
  const agents = [...(await around.agents()).values()];
  return [
    { name: "node", state: "ok", detail: process.versions.node },
    isWritable(project)
      ? { name: "project", state: "ok", detail: project }
      : {
          name: "project",
          state: "problem",
          detail: `${project} is not writable`,
          hint: "Make it writable for you: runs and approved files are kept there.",
        },
    ...(config.ok
      ? [{ name: "configuration", state: "ok" as const, detail: configText(config.value.file) }]
      : problemsOf(config.error)),
    ...(await Promise.all(
      agents.map(async (agent): Promise<HealthCheck> => {
        const { name, availability, sandbox } = await agent.describe();
        return availability.available
          ? { name: `agent ${name}`, ...placeOf(availability.version, sandbox) }
          : {
              name: `agent ${name}`,
              state: "warning",
              detail: availability.reason,
              hint: availability.hint,
            };
      }),
    )),
    ...(await around.sandbox()),
  ];
}

/** Its version, and whether anything holds it. */
function placeOf(
  version: string,
  sandbox: SandboxState | undefined,
): Pick<HealthCheck, "state" | "detail" | "hint"> {
  if (sandbox?.missing === undefined)
    return {
      state: "ok",
      detail: sandbox?.by === undefined ? version : `${version}, in a sandbox`,
    };
  const { reason, hint } = sandbox.missing;
  const state = sandbox.mode === "required" ? "problem" : "warning";
  return { state, detail: `${version}, WITHOUT a sandbox: ${reason}`, hint };
}

const configText = (file: string | null): string =>
  file === null ? "none; the defaults hold" : `${file} is valid`;

const problemsOf = ({ message, hint, diagnostics }: WavegateError): readonly HealthCheck[] =>
  (diagnostics.length === 0
    ? [{ detail: message, hint }]
    : diagnostics.map((problem) => ({
        detail: `${formatPlace(problem.place)}: ${problem.code}: ${problem.message}`,
        hint: problem.hint,
      }))
  ).map((check) => ({ name: "configuration", state: "problem", ...check }));

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
