import { nearestName } from "../../core/nearest-name.ts";
import { PROMPT_PLACEHOLDERS } from "../prompts.ts";

/** A placeholder that nothing fills, and where it first stands. */
export interface UnknownPlaceholder {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
  readonly column: number;
}

/** The placeholders of a prompt that nothing fills, each once. */
export function unknownPlaceholders(text: string): readonly UnknownPlaceholder[] {
  const known: readonly string[] = PROMPT_PLACEHOLDERS;
  const found = new Map<string, UnknownPlaceholder>();
  for (const { 1: name = "", index } of text.matchAll(/\{([A-Za-z][\w-]{0,40})\}/g)) {
    if (known.includes(name) || found.has(name)) continue;
    const before = text.slice(0, index).split("\n");
    found.set(name, { name, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
  }
  return [...found.values()];
}

/** What is told of one. */
export function placeholderProblem(name: string) {
  const near = nearestName(name, PROMPT_PLACEHOLDERS);
  return {
    code: "CONFIG_UNKNOWN_PLACEHOLDER",
    message: `Nothing fills the placeholder {${name}} of this prompt.`,
    hint: near
      ? `Did you mean {${near}}?`
      : `Use {${PROMPT_PLACEHOLDERS.join("}, {")}}, or write it without braces.`,
  } as const;
}
