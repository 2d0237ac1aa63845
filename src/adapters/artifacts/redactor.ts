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
  /** From now on these are secrets, too, for streams that begin after it. */
  readonly learn: (values: readonly string[]) => void;
  /** The same for bytes on their way to a file, in whatever pieces they come. Bytes that are no secret pass unchanged. */
  readonly stream: () => Transform;
}

/**
 * Keeps secrets out of what Wavegate writes and shows: the exact values of secret variables in every usual encoding,
 * and, as a second net, what has the shape of a credential. A value that an agent splits or rewrites is not found.
 */
export function createRedactor({ env, extraNames = [] }: RedactorOptions): Redactor {
  let needles = [...new Set(secretValues(env, extraNames).flatMap(formsOf))];
  let find = secretFinder(needles);
  return {
    redact: (text) => withoutRanges(text, find(text), REDACTED),
    learn: (values) => {
      needles = [...new Set([...needles, ...values.flatMap(formsOf)])];
      find = secretFinder(needles);
    },
    stream: () =>
      createRedactingStream(
        needles.map((needle) => Buffer.from(needle).toString("latin1")),
        REDACTED,
      ),
  };
}
