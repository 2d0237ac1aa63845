import { z } from "zod";
import type { AppPorts } from "./app-ports.ts";

/** An artifact that a gate passed: what was approved, and the spec that it was made from. */
export interface Approval {
  readonly runId: string;
  readonly stage: string;
  /** Path relative to the project. */
  readonly target: string;
  readonly digest: string;
  /** Digest of the spec that the stage worked from. */
  readonly subjectDigest: string;
}

/** Most completed runs that are looked at, newest first. */
const LOOKED_AT = 1_000;

const outcome = z.object({
  status: z.literal("completed"),
  decision: z.object({ digest: z.string() }),
});
const manifest = z.object({
  stage: z.string(),
  subject: z.object({ planned: z.string() }),
  artifacts: z.array(z.object({ target: z.string(), digest: z.string() })),
});

/**
 * What was approved about a spec, newest first: read from the decisions themselves, that is from the manifests whose
 * digests people named. Nothing else can make a file an approved one.
 */
export async function approvalsOf(
  { engine, artifacts }: Pick<AppPorts, "engine" | "artifacts">,
  subject: string,
): Promise<readonly Approval[]> {
  const runs = await (await engine()).runs({ status: "completed", limit: LOOKED_AT });
  const found = await Promise.all(
    runs
      .filter((run) => run.subject === subject)
      .map(async ({ runId, output }) => {
        const approved = outcome.safeParse(output);
        if (!approved.success) return [];
        const kept = await artifacts.get(approved.data.decision.digest);
        if (!kept.ok) return [];
        const read = manifest.safeParse(JSON.parse(kept.value));
        if (!read.success) return [];
        const { stage, subject: about, artifacts: files } = read.data;
        return files.map(({ target, digest }) => ({
          runId,
          stage,
          target,
          digest,
          subjectDigest: about.planned,
        }));
      }),
  );
  return found.flat();
}
