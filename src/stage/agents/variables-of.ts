import { kindNamed, type AgentKinds, type AnyDefinition } from "./agent-kind.ts";

/** Which variables of the user's environment an agent gets. */
export function variablesOf<Definition extends AnyDefinition>(
  kinds: AgentKinds<Definition>,
  definition: Definition,
): { readonly passes: (name: string) => boolean } {
  const kind = kindNamed(kinds, definition.kind);
  const patterns = kind?.variables?.(definition) ?? kind?.secretNames(definition) ?? [];
  return {
    passes: (name) =>
      patterns.some((pattern) =>
        pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern,
      ),
  };
}
