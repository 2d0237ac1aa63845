import type { AgentProblem } from "./agent-kind.ts";
import {
  resolveAgentDefinition,
  type CommandAgentDefinition,
  type ResolvedAgentDefinition,
} from "./command-definition.ts";
import { environmentProblems, when } from "./environment-problems.ts";

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

export type Words = Pick<CommandAgentDefinition, "command" | "args">;

/** Every word of the command line that stands in the definition, with its place. */
export const wordsOf = ({ command = [], args = [] }: Words) => [
  ...command.map((word, item) => ({ key: "command", item, word })),
  ...args.map((word, item) => ({ key: "args", item, word })),
];

/** Those a placeholder can stand in, which the program's name is not. */
export const argumentsOf = (words: Words) =>
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
      message:
        definition.command === undefined
          ? "nothing says what it is: it needs one of `preset`, `command`, `acp` and `model`"
          : "`command` must be a list that starts with a program",
      hint: "Name a known program (preset: claude), any program (command: [python3, agent.py]), an agent of the protocol (acp: claude), or a model (model: PROVIDER/MODEL).",
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
