import type { SandboxOptions } from "../sandbox/sandbox-settings.ts";
import {
  AGENT_PRESETS,
  type AgentPreset,
  type PresetDefaults,
  type PresetSettings,
  type PresetWork,
} from "./command-presets.ts";

/** How the program gets its prompt: on stdin, as `{prompt}` in an argument, or as a file named by `{promptFile}`. */
export type PromptMode = "stdin" | "argument" | "file";

/** Where the program leaves its answer: stdout as text, stdout as one JSON event a line, or the file named by `{answerFile}`. */
export type AnswerMode = "stdout" | "json-lines" | "file";

/** A program that plays roles: plain data, as it stands in the user's config. */
export interface CommandAgentDefinition {
  readonly kind: "command";
  /** How stages name it. Unique in the config. */
  readonly name: string;
  /** Fills in everything below for a known program, and reads its events. */
  readonly preset?: AgentPreset;
  /**
   * Program and arguments; started directly, never through a shell. Needed when there is no preset. Arguments may hold
   * `{prompt}`, `{promptFile}`, `{answerFile}`, `{schemaFile}`, `{schema}` and `{cwd}`.
   */
  readonly command?: readonly string[];
  /** Added after `command`, or after the preset's: `["--model", "opus"]`. */
  readonly args?: readonly string[];
  /** Default: the preset's, else `stdin`. */
  readonly prompt?: PromptMode;
  /** Default: the preset's, else `stdout`. */
  readonly answer?: AnswerMode;
  /** Variables of the user's environment the program may see besides `DEFAULT_ENV_NAMES`; a final `*` stands for any ending. */
  readonly passEnv?: readonly string[];
  /** Fixed values; they win over passed ones. */
  readonly env?: Readonly<Record<string, string>>;
  /** Over what holds for all agents. */
  readonly sandbox?: SandboxOptions;
  /** One line for `wavegate agents`. */
  readonly summary?: string;
  /** Whose limits its calls count against. Default: the preset's, else its own name: all that is known of it is itself. */
  readonly provider?: string;
}

/** A definition with nothing left open. */
export interface ResolvedAgentDefinition {
  readonly name: string;
  readonly preset: AgentPreset | undefined;
  readonly command: readonly string[];
  readonly prompt: PromptMode;
  readonly answer: AnswerMode;
  readonly passEnv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly provider: string;
  /** A file that it reads its settings from, written anew for each attempt. */
  readonly settings?: PresetSettings;
  /** What to do when the program is not there. */
  /** Program, arguments and variables for carrying out a task; the same as above where nothing is known of the program. */
  readonly working: Pick<ResolvedAgentDefinition, "command" | "env">;
  /** The program's flag for the most US dollars that a call may cost. */
  readonly costFlag?: string;
  readonly install: string;
}

const PLAIN: PresetDefaults = {
  command: [],
  prompt: "stdin",
  answer: "stdout",
  passEnv: [],
  env: {},
  summary: "",
  provider: "",
  install: "",
};

export const isPreset = (name: string): boolean => Object.hasOwn(AGENT_PRESETS, name);

/** The definition with its preset and the defaults filled in. What it lists itself wins; environment names add up. */
export function resolveAgentDefinition(
  definition: CommandAgentDefinition,
): ResolvedAgentDefinition {
  const base = definition.preset === undefined ? PLAIN : AGENT_PRESETS[definition.preset];
  const command = [...(definition.command ?? base.command), ...(definition.args ?? [])];
  const env = { ...base.env, ...definition.env };
  return {
    name: definition.name,
    preset: definition.preset,
    command,
    prompt: definition.prompt ?? base.prompt,
    answer: definition.answer ?? base.answer,
    passEnv: [...base.passEnv, ...(definition.passEnv ?? [])],
    env,
    working: {
      // Who gives a command of their own has said what it may do.
      command:
        definition.command === undefined
          ? [...workingCommand(base.command, base.working), ...(definition.args ?? [])]
          : command,
      env: { ...base.env, ...base.working?.env, ...definition.env },
    },
    summary: definition.summary ?? (base.summary || `Program ${command[0] ?? ""}`),
    provider: definition.provider ?? (base.provider || definition.name),
    ...(base.settings && !(base.settings.variable in env) && { settings: base.settings }),
    // Who gives a command of their own may have put another program in its place.
    ...(base.costFlag !== undefined &&
      definition.command === undefined && { costFlag: base.costFlag }),
    install:
      base.install ||
      `Install ${command[0] ?? "the program"}, or correct \`command\` of agent ${definition.name}.`,
  };
}

/** The command of a preset as it is for working. */
function workingCommand(
  command: readonly string[],
  { options = {}, without = [], with: more = [] }: PresetWork = {},
): readonly string[] {
  const kept = command.filter(
    (word, index) => !without.includes(word) && !without.includes(command[index - 1] ?? ""),
  );
  const swapped = kept.map((word, index) => options[kept[index - 1] ?? ""] ?? word);
  const [program = "", ...args] = swapped;
  return [program, ...more, ...args];
}
