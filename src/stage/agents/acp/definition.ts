import type { SandboxOptions } from "../../sandbox/sandbox-settings.ts";
import { READING_POLICY, WORKING_POLICY, type PermissionPolicy } from "./permissions.ts";
import { ACP_PRESETS, type AcpPreset, type AcpPresetName } from "./presets.ts";

/** An agent that speaks the Agent Client Protocol: plain data, as it stands in the user's config. */
export interface AcpAgentDefinition {
  readonly kind: "acp";
  /** How stages name it. Unique in the config. */
  readonly name: string;
  /** A known agent, or program and arguments of another; started directly, never through a shell. */
  readonly acp: AcpPresetName | readonly string[];
  /** Added after the command: `["--model", "opus"]`. */
  readonly args?: readonly string[];
  /** Start a known agent from its package, at the version that was tried, instead of from PATH. */
  readonly npx?: boolean;
  /** Variables of the user's environment it may see besides `DEFAULT_ENV_NAMES`; a final `*` stands for any ending. */
  readonly passEnv?: readonly string[];
  /** Fixed values; they win over passed ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Id of the session mode; it must offer it. Default: the preset's for reading only. */
  readonly mode?: string;
  /** Id of the model; it must offer it. Default: the one it starts with. */
  readonly sessionModel?: string;
  /** Most sessions at once in one process. Default 1: each attempt has a process of its own. */
  readonly sessionsPerProcess?: number;
  /** Changes to what it may do when it asks. */
  readonly permissions?: Partial<PermissionPolicy>;
  /** Over what holds for all agents. */
  readonly sandbox?: SandboxOptions;
  /** One line for `wavegate agents`. */
  readonly summary?: string;
  /** Whose limits its calls count against. Default: the preset's, else its own name: all that is known of it is itself. */
  readonly provider?: string;
}

/** What an agent may do when it carries out a task, and in which mode. */
export interface WorkingRules {
  /** Taken where the agent offers it. */
  readonly usualMode: string | undefined;
  readonly permissions: PermissionPolicy;
}

/** A definition with nothing left open. */
export interface ResolvedAcpDefinition {
  readonly name: string;
  readonly preset: AcpPreset | undefined;
  readonly command: readonly string[];
  readonly passEnv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Asked for by the user: an agent that does not offer it can't be used. */
  readonly mode: string | undefined;
  /** The preset's: taken where the agent offers it. */
  readonly usualMode: string | undefined;
  readonly model: string | undefined;
  readonly sessionsPerProcess: number;
  readonly permissions: PermissionPolicy;
  /** For carrying out a task: in a sandbox of ours, and outside of one. */
  readonly working: Readonly<Record<"enclosed" | "open", WorkingRules>>;
  readonly summary: string;
  readonly provider: string;
}

/** The definition with its preset and the defaults filled in. What it says itself wins; environment names add up. */
export function resolveAcpDefinition(definition: AcpAgentDefinition): ResolvedAcpDefinition {
  const preset = typeof definition.acp === "string" ? ACP_PRESETS[definition.acp] : undefined;
  const command = commandOf(definition, preset);
  return {
    name: definition.name,
    preset,
    command: [...command, ...(definition.args ?? [])],
    passEnv: [...(preset?.passEnv ?? []), ...(definition.passEnv ?? [])],
    env: {
      ...preset?.env,
      ...(definition.npx === true && preset?.distribution.npx.env),
      ...definition.env,
    },
    mode: definition.mode,
    usualMode: preset?.modes.reading,
    model: definition.sessionModel,
    sessionsPerProcess: definition.sessionsPerProcess ?? 1,
    permissions: { ...READING_POLICY, ...definition.permissions },
    working: {
      enclosed: {
        usualMode: preset?.modes.enclosed ?? preset?.modes.working,
        permissions: { ...WORKING_POLICY.enclosed, ...definition.permissions },
      },
      open: {
        usualMode: preset?.modes.working,
        permissions: { ...WORKING_POLICY.open, ...definition.permissions },
      },
    },
    summary:
      definition.summary ??
      preset?.description ??
      `${command[0] ?? ""} over the Agent Client Protocol`,
    provider: definition.provider ?? preset?.provider ?? definition.name,
  };
}

function commandOf(
  { acp, npx = false }: AcpAgentDefinition,
  preset: AcpPreset | undefined,
): readonly string[] {
  if (typeof acp !== "string") return acp;
  if (preset === undefined) return [];
  const { npx: fromPackage, binary } = preset.distribution;
  return npx
    ? ["npx", "--yes", fromPackage.package, ...(fromPackage.args ?? [])]
    : [binary.cmd, ...(binary.args ?? [])];
}

/** What to do when its program is not there. */
export function acpInstallHint({ preset, command, name }: ResolvedAcpDefinition): string {
  if (preset === undefined)
    return `Install ${command[0] ?? "the program"}, or correct \`acp\` of agent ${name}.`;
  return command[0] === "npx"
    ? "Install Node.js with npm, which brings npx."
    : `Install ${preset.name} (npm install -g ${preset.distribution.npx.package}), or write npx: true.`;
}
