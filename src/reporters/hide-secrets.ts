import type { Diagnostic } from "../core/diagnostic.ts";
import { isSecretName, looksSecret } from "../stage/config/secret-name.ts";

/** What is shown of a line that may hold a secret. */
export const HIDDEN = "(not shown: it may hold a secret)";

/**
 * The lines of a configuration that the diagnostics are about, without those that may hold a secret, whatever is wrong on
 * them: where one was found, where something with a secret's name gets a value, and what has a secret's shape. Terminals
 * and logs of CI are read by others. Lines without a diagnostic are hidden unseen. Other files are given back as they are.
 */
export function hideSecrets(
  lines: readonly string[],
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  if (!diagnostics.some(({ code }) => code.startsWith("CONFIG_"))) return lines;
  const asked = linesOf(diagnostics);
  const found = linesOf(diagnostics.filter(({ code }) => code === "CONFIG_INLINE_SECRET"));
  return lines.map((line, at) =>
    asked.has(at) && !found.has(at) && !mayHoldSecret(line) ? line : HIDDEN,
  );
}

const linesOf = (diagnostics: readonly Diagnostic[]): ReadonlySet<number> =>
  new Set(diagnostics.flatMap(({ place }) => (place.line === undefined ? [] : [place.line - 1])));

/** A name that gets a value. Tried at the beginning of a name only: from each of its characters a long line takes seconds. */
const ASSIGNED = /(?<![\w-])([\w-]+)["']?\s*[:=]\s*(?=\S)/g;

const mayHoldSecret = (line: string): boolean =>
  looksSecret(line) || [...line.matchAll(ASSIGNED)].some(([, name = ""]) => isSecretName(name));
