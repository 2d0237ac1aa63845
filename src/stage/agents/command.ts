import { z } from "zod";
import { listOf, oneOf } from "../config/fields.ts";
import { sandboxOptions } from "../sandbox/sandbox-options.ts";
import type { AgentKind, AgentProblem } from "./agent-kind.ts";
import { resolveAgentDefinition, type CommandAgentDefinition } from "./command-definition.ts";
import { PRESET_NAMES } from "./command-presets.ts";
import { PLAIN_USE, PRESET_USE } from "./command-costs.ts";
import { argumentsOf, commandAgentProblems, wordsOf, type Words } from "./command-problems.ts";
import { when } from "./environment-problems.ts";
import { inlineSecrets } from "./inline-secrets.ts";
import { PROGRAM_FIELDS } from "./program-fields.ts";

const FIELDS = {
  preset: oneOf(PRESET_NAMES).optional().describe("A known program, with all it needs filled in."),
  command: listOf(z.string({ error: "must be text" }), "texts: the program and its arguments")
    .min(1, "must name a program")
    .optional()
    .describe(
      "Program and arguments, started without a shell. May hold {prompt}, {promptFile}, {answerFile}, {schemaFile}, {schema}, {cwd}.",
    ),
  prompt: oneOf(["stdin", "argument", "file"])
    .optional()
    .describe("How the program gets its prompt."),
  answer: oneOf(["stdout", "json-lines", "file"])
    .optional()
    .describe("Where the program leaves its answer."),
  ...PROGRAM_FIELDS,
};

/** What stands under a name of `agents` that is a program. */
export type CommandInput = z.input<z.ZodObject<typeof FIELDS>> & {
  readonly summary?: string | undefined;
  readonly provider?: string | undefined;
};

type Options = z.infer<z.ZodObject<typeof FIELDS>> & Pick<CommandInput, "summary" | "provider">;

/** Agents that are programs: `adapters/agents/command`. */
export const COMMAND_KIND: AgentKind<Options, CommandAgentDefinition> = {
  kind: "command",
  fields: FIELDS,
  marks: ["preset", "command"],
  privateFields: ["command", "args", "env"],
  define: (
    name,
    { "pass-env": passEnv, preset, command, args, prompt, answer, env, sandbox, summary, provider },
  ) => ({
    kind: "command",
    name,
    ...(preset && { preset }),
    ...(command && { command }),
    ...(args && { args }),
    ...(prompt && { prompt }),
    ...(answer && { answer }),
    ...(passEnv && { passEnv }),
    ...(env && { env }),
    ...(sandbox && { sandbox: sandboxOptions(sandbox) }),
    ...(summary && { summary }),
    ...(provider && { provider }),
  }),
  problems(definition) {
    const suspicious = [
      ...shellProblems(definition),
      ...inlineSecrets(definition, wordsOf(definition)),
    ];
    return suspicious.length > 0 ? suspicious : commandAgentProblems(definition);
  },
  use: ({ preset }) => (preset === undefined ? PLAIN_USE : PRESET_USE[preset]),
  // What programs may see is named by the user; the redactor knows secrets among it by their names, and by `redact`.
  secretNames: () => [],
  variables: (definition) => resolveAgentDefinition(definition).passEnv,
};

const SHELL_WORD = /^(?:\|\|?|&&?|;|[12]?>>?|<)$/;
const SHELL_PROGRAM = /[|&;<>`$]|\s-/;
const VARIABLE = /\$(?:\{?[A-Za-z_]|\()/;

/** Shell syntax, which does nothing: no shell is used. */
function shellProblems({ command = [], args = [] }: Words): readonly AgentProblem[] {
  const [program = ""] = command;
  const runsShell = /(?:^|[/\\])(?:ba|z|da|k)?sh(?:\.exe)?$/.test(program);
  return [
    ...when(SHELL_PROGRAM.test(program), {
      key: "command",
      item: 0,
      code: "CONFIG_BAD_COMMAND",
      message: "The first item of a command is one program, started without a shell",
      hint: 'Give each argument an item of its own, or run a shell: ["sh", "-c", "…"].',
    }),
    ...argumentsOf({ command: runsShell ? [] : command, args })
      .filter(({ word }) => SHELL_WORD.test(word) || VARIABLE.test(word))
      .map(({ key, item }) => ({
        key,
        item,
        code: "CONFIG_BAD_COMMAND" as const,
        message: "An argument has shell syntax, but no shell is used: it would be passed as it is",
        hint: 'Remove it, or run a shell yourself: ["sh", "-c", "…"].',
      })),
  ];
}
