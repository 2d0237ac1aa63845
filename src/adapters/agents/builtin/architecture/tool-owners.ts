import type { Tool } from "../analysis/tooling.ts";
import type { Component } from "./components.ts";

/**
 * Each tool with the one component it belongs to: of those whose demands name it, the one called after its kind
 * ("Slash Command Files", "Bash Utility Scripts"), else the one that names it most. A component called after the kind
 * wins over others even if its own demands do not name the tool.
 */
export function toolOwners(
  components: readonly Component[],
  tools: readonly Tool[],
): ReadonlyMap<string, readonly Tool[]> {
  const owned = new Map<string, Tool[]>();
  for (const tool of tools) {
    const kind = new RegExp(`\\b${tool.kind}s?\\b`, "i");
    const best = components
      .map(({ name, demands }) => {
        const named = demands.filter(({ id }) => tool.demands.includes(id)).length;
        return { name, score: named + (kind.test(name) ? 100 : 0) };
      })
      .filter(({ score }) => score > 0)
      .toSorted((a, b) => b.score - a.score)[0];
    if (best) owned.set(best.name, [...(owned.get(best.name) ?? []), tool]);
  }
  return owned;
}
