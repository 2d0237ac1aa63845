import { WavegateError } from "../core/error.ts";
import type { RunEvent } from "../core/event.ts";
import type { FilePlace } from "../core/place.ts";
import type { Agents } from "../ports/agent.ts";
import type { SandboxState } from "../ports/sandbox.ts";
import { sandboxEventsOf } from "../stage/sandbox/sandbox-events.ts";
import type { StageSpec } from "../stage/stage-spec.ts";
import { playersOf } from "./warm-agents.ts";

type SandboxChecked = Extract<RunEvent, { readonly type: "sandbox-checked" }>;

/** The sandboxes of everybody who may play in a stage; not of agents that have no choice. */
async function sandboxesOf(
  agents: Agents,
  stage: StageSpec,
): Promise<readonly { readonly name: string; readonly state: SandboxState }[]> {
  const looked = await Promise.all(
    playersOf(stage).map(async (name) => ({
      name,
      state: (await agents.get(name)?.describe())?.sandbox,
    })),
  );
  return looked.flatMap(({ name, state }) => (state ? [{ name, state }] : []));
}

/** What a run records of the sandboxes in a stage: one event for all agents that are held alike. */
export async function sandboxEvents(
  agents: Agents,
  stage: StageSpec,
): Promise<readonly SandboxChecked[]> {
  return sandboxEventsOf(stage.name, await sandboxesOf(agents, stage));
}

/** Why a stage must not begin: an agent of it must run in a sandbox, and there is none (`SANDBOX_UNAVAILABLE`). */
export async function sandboxRefusal(
  agents: Agents,
  stage: StageSpec,
  places: Readonly<Record<string, FilePlace>>,
): Promise<WavegateError | undefined> {
  for (const { name, state } of await sandboxesOf(agents, stage)) {
    const { mode, missing } = state;
    if (mode !== "required" || missing === undefined) continue;
    const place = places[name];
    return new WavegateError(
      "SANDBOX_UNAVAILABLE",
      `Agent ${name} must run in a sandbox, but ${missing.reason}.`,
      { hint: missing.hint, ...(place && { place }) },
    );
  }
  return undefined;
}
