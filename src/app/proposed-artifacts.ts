import { runNotWaiting } from "../core/run-error.ts";
import type { ProposedArtifact, RunView } from "./app.ts";
import type { AppPorts } from "./app-ports.ts";

/** What the open gate shows, from the store, checked against the digests that a decision is bound to. */
export async function proposedArtifacts(
  ports: AppPorts,
  { record, gate }: RunView,
): Promise<readonly ProposedArtifact[]> {
  if (!gate) throw runNotWaiting(record.runId, "a decision");
  return Promise.all(
    gate.artifacts.map(async ({ name, digest, target, approved }) => {
      const content = await ports.artifacts.get(digest);
      if (!content.ok) throw content.error;
      const existing = await ports.files.read(target);
      const before = approved === undefined ? undefined : await ports.artifacts.get(approved);
      return {
        name,
        digest,
        target,
        content: content.value,
        existing: existing?.content,
        // Only for comparing: a gate can be decided without it.
        ...(before?.ok && { approved: before.value }),
      };
    }),
  );
}
