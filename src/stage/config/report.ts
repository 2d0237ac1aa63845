import type { Diagnostic } from "../../core/diagnostic.ts";
import type { FilePlace } from "../../core/place.ts";
import { oneLine } from "../../core/text.ts";
import type { ConfigPath, Locate } from "./locate.ts";
import { looksSecret } from "./secret-name.ts";

/** Codes of problems in a configuration; each is explained in docs/configuration.md. */
export type ConfigCode =
  | "CONFIG_SYNTAX"
  | "CONFIG_YAML_FEATURE"
  | "CONFIG_NOT_DATA"
  | "CONFIG_TOO_LARGE"
  | "CONFIG_DUPLICATE_KEY"
  | "CONFIG_UNKNOWN_KEY"
  | "CONFIG_WRONG_TYPE"
  | "CONFIG_OUT_OF_RANGE"
  | "CONFIG_UNKNOWN_CHOICE"
  | "CONFIG_BAD_NAME"
  | "CONFIG_BAD_DURATION"
  | "CONFIG_BAD_AGENT"
  | "CONFIG_BAD_COMMAND"
  | "CONFIG_BAD_ENDPOINT"
  | "CONFIG_INLINE_SECRET"
  | "CONFIG_UNKNOWN_AGENT"
  | "CONFIG_UNKNOWN_ROLE"
  | "CONFIG_INCOMPLETE_ROLE"
  | "CONFIG_INCOMPLETE_STAGE"
  | "CONFIG_UNKNOWN_STAGE"
  | "CONFIG_ROLE_CYCLE"
  | "CONFIG_QUORUM_IMPOSSIBLE"
  | "CONFIG_UNKNOWN_PLACEHOLDER"
  | "CONFIG_PROMPT_FILE"
  | "CONFIG_UNKNOWN_PROMPT"
  | "CONFIG_INCOMPLETE_RULE"
  | "CONFIG_RULE_NEVER_FIRES"
  | "CONFIG_RULE_WITHOUT_EFFECT"
  | "CONFIG_RULE_CONTRADICTION"
  | "CONFIG_UNKNOWN_PRICE"
  | "CONFIG_CONTRADICTION";

export interface Problem {
  readonly code: ConfigCode;
  readonly path: ConfigPath;
  readonly part: "key" | "value";
  readonly message: string;
  readonly hint: string;
  /** Where it is not in the configuration itself. */
  readonly place?: FilePlace;
}

export type Report = (problem: Problem) => void;

/** A problem at its place in the user's file. */
export const toDiagnostic = (problem: Problem, locate: Locate): Diagnostic => ({
  code: problem.code,
  severity: "error",
  message: oneLine(problem.message, 400),
  place: problem.place ?? locate(problem.path, problem.part),
  hint: oneLine(problem.hint, 300),
});

/** A value as it may be quoted in a message: short, on one line, and nothing that looks like a secret. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value !== null) return "a group";
  if (typeof value === "string" && looksSecret(value)) return "what looks like a secret";
  return oneLine(JSON.stringify(value) ?? "nothing", 60);
}
