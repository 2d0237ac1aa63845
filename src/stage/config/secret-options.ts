import { z } from "zod";
import type { AgentKinds, AnyDefinition } from "../agents/agent-kind.ts";
import { variablesOf } from "../agents/variables-of.ts";
import { duration, listOf, section } from "./fields.ts";
import type { ConfigFile } from "./config-schema.ts";
import type { Report } from "./report.ts";
import { looksSecret } from "./secret-name.ts";
import { ENV_NAME, ENV_PATTERN } from "./variable-name.ts";

/** Longest time for a command: somebody may have to unlock a keychain. */
const DEFAULT_TIMEOUT_MS = 60_000;

/** A secret that a command of the user's prints. */
export interface SecretDefinition {
  /** Variable that agents get it in. */
  readonly name: string;
  readonly command: readonly string[];
  /** Variables of the user's environment for the command, besides those that every program may see. */
  readonly passEnv: readonly string[];
  readonly timeoutMs: number;
}

const NAME_RULE = "must be the name of a variable that does not begin with WAVEGATE_";

const isFree = (name: string): boolean => ENV_NAME.test(name) && !name.startsWith("WAVEGATE_");

export const secretOptions = z
  .record(
    z.string().refine(isFree, NAME_RULE),
    section({
      command: listOf(z.string({ error: "must be text" }), "texts: the program and its arguments")
        .min(1, "must name a program")
        .describe(
          "Prints the secret on stdout. Started without a shell, once, when an agent needs it.",
        ),
      "pass-env": listOf(
        z
          .string()
          .regex(ENV_PATTERN, "must be the name of a variable; a final * stands for any ending"),
        "names of variables",
      )
        .optional()
        .describe("Variables of your environment that the command may see."),
      timeout: duration().optional().describe("Whole time of the command. Default 1m."),
    }),
    { error: "must be a group of secrets by the name of their variable" },
  )
  .optional()
  .describe(
    "Secrets that a command prints, such as a keychain's, by the variable that agents get them in.",
  );

type SecretOptions = NonNullable<ConfigFile["secrets"]>;

export const secretsOf = (options: SecretOptions): readonly SecretDefinition[] =>
  Object.entries(options).map(([name, { command, "pass-env": passEnv = [], timeout }]) => ({
    name,
    command,
    passEnv,
    timeoutMs: timeout ?? DEFAULT_TIMEOUT_MS,
  }));

/** A secret that no agent gets is a misspelt one; one that stands in its own command is no secret. */
export function checkSecrets<Definition extends AnyDefinition>(
  secrets: SecretOptions,
  kinds: AgentKinds<Definition>,
  agents: readonly Definition[],
  report: Report,
): void {
  for (const [name, { command }] of Object.entries(secrets)) {
    const item = command.findIndex(looksSecret);
    if (item >= 0)
      report({
        code: "CONFIG_INLINE_SECRET",
        path: ["secrets", name, "command", item],
        part: "value",
        message: "An argument looks like a secret, and this file is usually committed.",
        hint: `Name the command of a keychain that prints it, or set ${name} in your environment.`,
      });
    if (!agents.some((agent) => variablesOf(kinds, agent).passes(name)))
      report({
        code: "CONFIG_CONTRADICTION",
        path: ["secrets", name],
        part: "key",
        message: `No agent gets the secret ${name}.`,
        hint: `List ${name} under pass-env of the agent that needs it, or remove it.`,
      });
  }
}
