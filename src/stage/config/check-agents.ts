import { agentDefinitionProblems } from "../agent-definition.ts";
import { toDefinition } from "./config.ts";
import type { AgentOptions } from "./config-schema.ts";
import type { ConfigPath } from "./locate.ts";
import type { Report } from "./report.ts";
import { isSecretName, looksSecret } from "./secret-name.ts";

const SHELL_WORD = /^(?:\|\|?|&&?|;|[12]?>>?|<)$/;
const SHELL_PROGRAM = /[|&;<>`$]|\s-/;
const VARIABLE = /\$(?:\{?[A-Za-z_]|\()/;

/** What is wrong with one agent beyond its types. */
export function checkAgent(name: string, options: AgentOptions, report: Report): void {
  const path = ["agents", name];
  const before = { reported: 0 };
  const counted: Report = (problem) => {
    before.reported += 1;
    report(problem);
  };
  if (name === "builtin")
    counted({
      code: "CONFIG_BAD_NAME",
      path,
      part: "key",
      message: "An agent can't be called builtin: that is the name of the built-in analysts.",
      hint: "Choose another name.",
    });
  checkCommand([...path, "command"], options.command ?? [], counted);
  checkWords([...path, "args"], options.args ?? [], 0, counted);
  checkSecrets(path, options, counted);
  if (before.reported > 0) return;
  for (const message of agentDefinitionProblems(toDefinition(name, options)))
    report({
      code: "CONFIG_BAD_AGENT",
      path,
      part: "key",
      message: `Agent ${name}: ${message}.`,
      hint: "Name a preset or a command, and keep prompt and answer in step with its arguments.",
    });
}

function checkCommand(path: ConfigPath, command: readonly string[], report: Report): void {
  const [program, ...args] = command;
  if (program === undefined) return;
  if (SHELL_PROGRAM.test(program))
    report({
      code: "CONFIG_BAD_COMMAND",
      path: [...path, 0],
      part: "value",
      message: "The first item of a command is one program, started without a shell.",
      hint: 'Give each argument an item of its own, or run a shell: ["sh", "-c", "…"].',
    });
  const runsShell = /(?:^|[/\\])(?:ba|z|da|k)?sh(?:\.exe)?$/.test(program);
  if (!runsShell) checkWords(path, args, 1, report);
}

function checkWords(
  path: ConfigPath,
  args: readonly string[],
  offset: number,
  report: Report,
): void {
  for (const [index, word] of args.entries())
    if (SHELL_WORD.test(word) || VARIABLE.test(word))
      report({
        code: "CONFIG_BAD_COMMAND",
        path: [...path, index + offset],
        part: "value",
        message: "An argument has shell syntax, but no shell is used: it would be passed as it is.",
        hint: 'Remove it, or run a shell yourself: ["sh", "-c", "…"].',
      });
}

/** Secrets don't belong into a file that is committed. Their values are never repeated in a message. */
function checkSecrets(path: ConfigPath, options: AgentOptions, report: Report): void {
  for (const [name, value] of Object.entries(options.env ?? {}))
    if ((isSecretName(name) && value !== "") || looksSecret(value))
      report({
        code: "CONFIG_INLINE_SECRET",
        path: [...path, "env", name],
        part: "value",
        message: `The value of ${name} looks like a secret, and this file is usually committed.`,
        hint: `Set ${name} in your environment and list it under pass-env.`,
      });
  for (const key of ["command", "args"] as const)
    for (const [index, word] of (options[key] ?? []).entries())
      if (looksSecret(word))
        report({
          code: "CONFIG_INLINE_SECRET",
          path: [...path, key, index],
          part: "value",
          message: "An argument looks like a secret, and this file is usually committed.",
          hint: "Give it to the program in a variable of your environment, listed under pass-env.",
        });
}
