import type { RunEvent } from "../../core/event.ts";

type SandboxChecked = Extract<RunEvent, { readonly type: "sandbox-checked" }>;

/** An agent that a sandbox may hold, and whether one does. */
export interface SandboxOf {
  readonly name: string;
  readonly state: {
    readonly mode: SandboxChecked["mode"];
    readonly by: string | undefined;
    readonly missing: { readonly reason: string } | undefined;
  };
}

/** What a run records of the sandboxes of agents: one event for all that are held alike. */
export function sandboxEventsOf(
  stage: string,
  sandboxes: readonly SandboxOf[],
): readonly SandboxChecked[] {
  const events = new Map<string, SandboxChecked>();
  for (const { name, state } of sandboxes) {
    const { mode, by = null, missing } = state;
    const reason = missing?.reason ?? null;
    const key = JSON.stringify([mode, by, reason]);
    const agents = [...(events.get(key)?.agents ?? []), name];
    events.set(key, { type: "sandbox-checked", stage, agents, mode, by, reason });
  }
  return [...events.values()];
}
