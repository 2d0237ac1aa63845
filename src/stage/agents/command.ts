import { z } from "zod";
import { ENV_NAME, ENV_PATTERN, listOf, oneOf } from "../config/fields.ts";
import { isSecretName, looksSecret } from "../config/secret-name.ts";
import type { AgentKind, AgentProblem } from "./agent-kind.ts";
import {
  resolveAgentDefinition,
  type CommandAgentDefinition,
  type ResolvedAgentDefinition,
} from "./command-definition.ts";

const FIELDS = {
  preset: oneOf(["claude", "codex"])
    .optional()
    .describe("A known program, with all it needs filled in."),
  command: listOf(z.string({ error: "must be text" }), "texts: the program and its arguments")
    .min(1, "must name a program")
    .optional()
    .describe(
      "Program and arguments, started without a shell. May hold {prompt}, {promptFile}, {answerFile}, {schemaFile}, {schema}, {cwd}.",
    ),
  args: listOf(z.string({ error: "must be text" }), "texts")
    .optional()
    .describe("Added after the command, or after the preset's."),
  prompt: oneOf(["stdin", "argument", "file"])
    .optional()
    .describe("How the program gets its prompt."),
  answer: oneOf(["stdout", "json-lines", "file"])
    .optional()
    .describe("Where the program leaves its answer."),
  "pass-env": listOf(
    z
      .string()
      .regex(ENV_PATTERN, "must be the name of a variable; a final * stands for any ending"),
    "names of variables",
  )
    .optional()
    .describe("Variables of your environment that the program may see."),
  env: z
    .record(
      z.string().regex(ENV_NAME, "must be the name of a variable"),
      z.string({ error: "must be text (put numbers in quotes)" }),
      { error: "must be a group of names and values; to pass variables on, list them in pass-env" },
    )
    .optional()
    .describe("Fixed values for the program. No secrets: pass those on with pass-env."),
};

type Options = z.infer<z.ZodObject<typeof FIELDS>> & { readonly summary?: string | undefined };

/** Agents that are programs: `adapters/agents/command`. */
export const COMMAND_KIND: AgentKind<Options, CommandAgentDefinition> = {
  kind: "command",
  fields: FIELDS,
  marks: ["preset", "command"],
  privateFields: ["command", "args", "env"],
  define: (name, { "pass-env": passEnv, preset, command, args, prompt, answer, env, summary }) => ({
    kind: "command",
    name,
    ...(preset && { preset }),
    ...(command && { command }),
    ...(args && { args }),
    ...(prompt && { prompt }),
    ...(answer && { answer }),
    ...(passEnv && { passEnv }),
    ...(env && { env }),
    ...(summary && { summary }),
  }),
  problems(definition) {
    const suspicious = [...shellProblems(definition), ...inlineSecrets(definition)];
    return suspicious.length > 0 ? suspicious : commandAgentProblems(definition);
  },
  // What programs may see is named by the user; the redactor knows secrets among it by their names, and by `redact`.
  secretNames: () => [],
};

/** Why a program cannot be run as its definition says; empty when it can. */
export function commandAgentProblems(definition: CommandAgentDefinition): readonly AgentProblem[] {
  const resolved = resolveAgentDefinition(definition);
  return [
    ...programProblems(definition, resolved),
    ...promptProblems(definition, resolved),
    ...answerProblems(definition, resolved),
    ...environmentProblems(definition),
  ];
}

type Words = Pick<CommandAgentDefinition, "command" | "args">;

/** Every word of the command line that stands in the definition, with its place. */
const wordsOf = ({ command = [], args = [] }: Words) => [
  ...command.map((word, item) => ({ key: "command", item, word })),
  ...args.map((word, item) => ({ key: "args", item, word })),
];

/** Those a placeholder can stand in, which the program's name is not. */
const argumentsOf = (words: Words) =>
  wordsOf(words).filter(({ key, item }) => key === "args" || item > 0);

/** Where the definition says it: nothing points to a key that is only a preset's. */
const at = (definition: CommandAgentDefinition, key: "prompt" | "answer" | "command") =>
  definition[key] === undefined ? {} : { key };

function programProblems(
  definition: CommandAgentDefinition,
  { name, command }: ResolvedAgentDefinition,
): readonly AgentProblem[] {
  const nul = wordsOf(definition).find(({ word }) => word.includes("\0"));
  return [
    ...when(name.trim() === "", { message: "the agent needs a name", hint: "Give it one." }),
    ...when((command[0] ?? "").trim() === "", {
      ...at(definition, "command"),
      message: "`command` must be a list that starts with a program, or a preset must be named",
      hint: "Name a preset or a command, and keep prompt and answer in step with its arguments.",
    }),
    ...when(nul !== undefined, {
      ...(nul && { key: nul.key, item: nul.item }),
      message: "an argument of `command` holds a NUL character, which no program can be given",
      hint: "Remove it.",
    }),
  ];
}

function promptProblems(
  definition: CommandAgentDefinition,
  { command, prompt }: ResolvedAgentDefinition,
): readonly AgentProblem[] {
  const stray = argumentsOf(definition).find(({ word }) => word.includes("{prompt}"));
  return [
    ...when(prompt === "argument" && !mentions(command, "{prompt}"), {
      ...at(definition, "prompt"),
      message: "`prompt: argument` needs {prompt} in one of the arguments",
      hint: "Put {prompt} where the program takes it, or write prompt: stdin.",
    }),
    ...when(prompt === "file" && !mentions(command, "{promptFile}"), {
      ...at(definition, "prompt"),
      message: "`prompt: file` needs {promptFile} in one of the arguments",
      hint: "Put {promptFile} where the program takes a path, or write prompt: stdin.",
    }),
    ...when(prompt !== "argument" && stray !== undefined, {
      ...(stray && { key: stray.key, item: stray.item }),
      message: "{prompt} stands in the arguments, but `prompt` is not `argument`",
      hint: "Write prompt: argument, or use {promptFile}.",
    }),
  ];
}

const answerProblems = (
  definition: CommandAgentDefinition,
  { command, answer, preset }: ResolvedAgentDefinition,
): readonly AgentProblem[] => [
  ...when(answer === "file" && !mentions(command, "{answerFile}"), {
    ...at(definition, "answer"),
    message: "`answer: file` needs {answerFile} in one of the arguments",
    hint: "Put {answerFile} where the program takes the path of its output, or write answer: stdout.",
  }),
  ...when(preset !== undefined && answer !== "json-lines", {
    ...at(definition, "answer"),
    message: "a preset reads the program's events, so `answer` must stay `json-lines`",
    hint: "Remove answer, or the preset.",
  }),
];

const mentions = (command: readonly string[], placeholder: string): boolean =>
  command.slice(1).some((argument) => argument.includes(placeholder));

const when = (broken: boolean, problem: AgentProblem): readonly AgentProblem[] =>
  broken ? [problem] : [];

const environmentProblems = ({
  passEnv = [],
  env = {},
}: CommandAgentDefinition): readonly AgentProblem[] => [
  ...passEnv.flatMap((pattern, item) =>
    when(!ENV_PATTERN.test(pattern), {
      key: "pass-env",
      item,
      message: `"${pattern}" in \`pass-env\` is not a variable name, nor one with a final *`,
      hint: "Write names of variables.",
    }),
  ),
  ...Object.entries(env).flatMap(([item, value]) => [
    ...when(!ENV_NAME.test(item), {
      key: "env",
      item,
      message: `"${item}" in \`env\` is not a variable name`,
      hint: "Rename it.",
    }),
    ...when(item.startsWith("WAVEGATE_"), {
      key: "env",
      item,
      message: `"${item}" in \`env\` is reserved: names with WAVEGATE_ are set by Wavegate`,
      hint: "Rename it.",
    }),
    ...when(value.includes("\0"), {
      key: "env",
      item,
      message: `the value of ${item} in \`env\` holds a NUL character`,
      hint: "Remove it.",
    }),
  ]),
];

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

/** Secrets don't belong into a file that is committed. Their values are never repeated in a message. */
const inlineSecrets = (definition: CommandAgentDefinition): readonly AgentProblem[] => [
  ...Object.entries(definition.env ?? {})
    .filter(([name, value]) => (isSecretName(name) && value !== "") || looksSecret(value))
    .map(([name]) => ({
      key: "env",
      item: name,
      code: "CONFIG_INLINE_SECRET" as const,
      message: `The value of ${name} looks like a secret, and this file is usually committed`,
      hint: `Set ${name} in your environment and list it under pass-env.`,
    })),
  ...wordsOf(definition)
    .filter(({ word }) => looksSecret(word))
    .map(({ key, item }) => ({
      key,
      item,
      code: "CONFIG_INLINE_SECRET" as const,
      message: "An argument looks like a secret, and this file is usually committed",
      hint: "Give it to the program in a variable of your environment, listed under pass-env.",
    })),
];
