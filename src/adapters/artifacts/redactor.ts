import type { Transform } from "node:stream";
import { secretFinder, withoutRanges } from "../../core/find-secrets.ts";
import { createRedactingStream } from "./redacting-stream.ts";
import { formsOf, secretValues } from "./secret-values.ts";

/** What stands where a secret was. */
export const REDACTED = "[redacted]";

export interface RedactorOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Variables whose values are secret though their names don't say so. */
  readonly extraNames?: readonly string[];
}

export interface Redactor {
  /** The text without secrets. The same text gives the same result, and redacting twice changes nothing more. */
  readonly redact: (text: string) => string;
  /** The same for bytes on their way to a file, in whatever pieces they come. Bytes that are no secret pass unchanged. */
  readonly stream: () => Transform;
}

/**
 * Keeps secrets out of what Wavegate writes and shows: the exact values of secret variables in every usual encoding,
 * and, as a second net, what has the shape of a credential. A value that an agent splits or rewrites is not found.
 */
export function createRedactor({ env, extraNames = [] }: RedactorOptions): Redactor {
  const needles = [...new Set(secretValues(env, extraNames).flatMap(formsOf))];
  const find = secretFinder(needles);
  return {
    redact: (text) => withoutRanges(text, find(text), REDACTED),
    stream: () =>
      createRedactingStream(
        needles.map((needle) => Buffer.from(needle).toString("latin1")),
        REDACTED,
      ),
  };
}
