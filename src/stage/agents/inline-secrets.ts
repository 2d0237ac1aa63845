import { isSecretName, looksSecret } from "../config/secret-name.ts";
import type { AgentProblem } from "./agent-kind.ts";

/** A word of a command line, with its place in the definition. */
interface Word {
  readonly key: string;
  readonly item: number;
  readonly word: string;
}

/** Secrets don't belong into a file that is committed. Their values are never repeated in a message. */
export const inlineSecrets = (
  { env = {} }: { readonly env?: Readonly<Record<string, string>> },
  words: readonly Word[],
): readonly AgentProblem[] => [
  ...Object.entries(env)
    .filter(([name, value]) => (isSecretName(name) && value !== "") || looksSecret(value))
    .map(([name]) => ({
      key: "env",
      item: name,
      code: "CONFIG_INLINE_SECRET" as const,
      message: `The value of ${name} looks like a secret, and this file is usually committed`,
      hint: `Set ${name} in your environment and list it under pass-env.`,
    })),
  ...words
    .filter(({ word }) => looksSecret(word))
    .map(({ key, item }) => ({
      key,
      item,
      code: "CONFIG_INLINE_SECRET" as const,
      message: "An argument looks like a secret, and this file is usually committed",
      hint: "Give it to the program in a variable of your environment, listed under pass-env.",
    })),
];
