import type { ModelRequest, ModelTool } from "./model-request.ts";
import type { ModelCall } from "./turn.ts";

/** What coding agents call their tools, and how they want the arguments. */
type Form = readonly [tool: string, call: (path: string, text: string) => ModelCall["args"]];

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

const shell = (path: string, text: string): string =>
  `printf '%s' ${quoted(text)} > ${quoted(path)}`;

const WRITE: readonly Form[] = [
  ["Write", (path, text) => ({ file_path: path, content: text })],
  ["write", (path, text) => ({ filePath: path, content: text })],
  ["write_file", (path, text) => ({ file_path: path, content: text })],
  ["exec_command", (path, text) => ({ cmd: shell(path, text) })],
  ["shell_command", (path, text) => ({ command: shell(path, text) })],
  ["shell", (path, text) => ({ command: ["bash", "-lc", shell(path, text)] })],
  ["Bash", (path, text) => ({ command: shell(path, text), description: "Writes a file" })],
  ["bash", (path, text) => ({ command: shell(path, text), description: "Writes a file" })],
];

const RUN: readonly Form[] = [
  ["Bash", (command) => ({ command, description: "Runs a command" })],
  ["bash", (command) => ({ command, description: "Runs a command" })],
  ["run_shell_command", (command) => ({ command, description: "Runs a command" })],
  ["exec_command", (command) => ({ cmd: command })],
  ["shell_command", (command) => ({ command })],
  ["shell", (command) => ({ command: ["bash", "-lc", command] })],
];

const pick = (
  forms: readonly Form[],
  tools: readonly ModelTool[],
  words: readonly [string, string],
): ModelCall | undefined => {
  const form = forms.find(([name]) => tools.some((tool) => tool.name === name));
  return form && { tool: form[0], args: form[1](...words) };
};

/**
 * A call that writes a file, by whichever tool the agent offers for it: Claude Code, Codex, opencode, Gemini CLI and Qwen Code.
 * Undefined when it offers none, as agents do that were started for reading only.
 */
export const writeFileCall = (
  { tools }: ModelRequest,
  path: string,
  text: string,
): ModelCall | undefined => pick(WRITE, tools, [path, text]);

/** A call that runs a command in a shell. */
export const runCommandCall = ({ tools }: ModelRequest, command: string): ModelCall | undefined =>
  pick(RUN, tools, [command, ""]);
