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
    gate.artifacts.map(async ({ name, digest, target }) => {
      const content = await ports.artifacts.get(digest);
      if (!content.ok) throw content.error;
      const existing = await ports.files.read(target);
      return { name, digest, target, content: content.value, existing: existing?.content };
    }),
  );
}
