import type { Diagnostic } from "../core/diagnostic.ts";
import { isSecretName, looksSecret } from "../stage/config/secret-name.ts";

/** What is shown of a line that may hold a secret. */
export const HIDDEN = "(not shown: it may hold a secret)";

/**
 * The lines of a configuration, without those that may hold a secret, whatever is wrong on them: where one was found,
 * where something with a secret's name gets a value, and what has a secret's shape. Terminals and logs of CI are read by
 * others. Other files are given back as they are.
 */
export function hideSecrets(
  lines: readonly string[],
  diagnostics: readonly Diagnostic[],
): readonly string[] {
  if (!diagnostics.some(({ code }) => code.startsWith("CONFIG_"))) return lines;
  const found = new Set(
    diagnostics.flatMap(({ code, place }) =>
      code === "CONFIG_INLINE_SECRET" && place.line !== undefined ? [place.line - 1] : [],
    ),
  );
  return lines.map((line, at) => (found.has(at) || mayHoldSecret(line) ? HIDDEN : line));
}

const mayHoldSecret = (line: string): boolean =>
  looksSecret(line) ||
  [...line.matchAll(/([\w-]+)["']?\s*[:=]\s*\S/g)].some(([, name = ""]) => isSecretName(name));
