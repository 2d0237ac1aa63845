import type { ConfigFile } from "./config-schema.ts";
import { sharedRoleNames } from "./inherit-options.ts";
import type { ConfigPath } from "./locate.ts";
import { nearestName } from "../../core/nearest-name.ts";
import { showValue, type Report } from "./report.ts";
import type { HeadOptions, StageOptions } from "./stage-options.ts";

type Cast = Pick<HeadOptions, "agent" | "fallback"> & { readonly verifier?: string | undefined };

/** Who plays a role must be an agent that is there; `known` are their names. */
export function checkPlayers(
  file: ConfigFile,
  stages: Readonly<Record<string, StageOptions>>,
  known: readonly string[],
  report: Report,
): void {
  const roles = [
    ...Object.entries(file.roles ?? {}).map(([name, role]) => [["roles", name], role] as const),
    ...Object.entries(stages).flatMap(([name, options]) => rolesOf(["stages", name], options)),
  ];
  for (const [path, role] of roles) checkCast(path, role, known, report);
  for (const key of ["agent", "verifier"] as const)
    checkCast(["execution"], { [key]: file.execution?.[key] }, known, report);
  checkWorking(file, report);
  checkShared(file, stages, report);
}

const rolesOf = (
  stage: ConfigPath,
  options: StageOptions,
): readonly (readonly [ConfigPath, Cast | undefined])[] => [
  ...Object.entries(options.roles ?? {}).map(
    ([name, role]) => [[...stage, "roles", name], role] as const,
  ),
  [[...stage, "reviewer"], options.reviewer],
  [[...stage, "synthesizer"], options.synthesizer],
  [[...stage, "qa"], options.qa],
];

function checkCast(
  path: ConfigPath,
  role: Cast | undefined,
  known: readonly string[],
  report: Report,
): void {
  for (const key of ["agent", "fallback", "verifier"] as const) {
    const agent = role?.[key];
    if (agent === undefined || known.includes(agent)) continue;
    const near = nearestName(agent, known);
    report({
      code: "CONFIG_UNKNOWN_AGENT",
      path: [...path, key],
      part: "value",
      message: `There is no agent ${showValue(agent)}.`,
      hint: near
        ? `Did you mean ${near}?`
        : `Define it under agents, or use one of: ${known.join(", ")}.`,
    });
  }
}

/** Work on tasks takes hands: the built-in analysts and mere models have none. */
function checkWorking(file: ConfigFile, report: Report): void {
  const agent = file.execution?.agent;
  if (agent === undefined) return;
  const isModel = file.agents?.[agent]?.["model"] !== undefined;
  if (agent !== "builtin" && !isModel) return;
  report({
    code: "CONFIG_BAD_AGENT",
    path: ["execution", "agent"],
    part: "value",
    message: `${agent === "builtin" ? "The built-in analysts" : showValue(agent)} can't change files.`,
    hint: "Name a coding agent: one with a preset, a command or acp.",
  });
}

/** A role that no stage has would be ignored. */
function checkShared(
  file: ConfigFile,
  stages: Readonly<Record<string, StageOptions>>,
  report: Report,
): void {
  const names = sharedRoleNames(stages);
  for (const name of Object.keys(file.roles ?? {})) {
    if (names.includes(name)) continue;
    const near = nearestName(name, names);
    report({
      code: "CONFIG_UNKNOWN_ROLE",
      path: ["roles", name],
      part: "key",
      message: `No stage has a role ${showValue(name)}.`,
      hint: near ? `Did you mean ${near}?` : `Use one of: ${names.join(", ")}.`,
    });
  }
}
