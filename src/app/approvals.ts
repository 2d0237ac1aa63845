import { z } from "zod";
import type { Engine } from "../ports/engine.ts";
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

/** Most runs that are looked at, newest first. */
const LOOKED_AT = 1_000;

const manifest = z.object({
  stage: z.string(),
  subject: z.object({ planned: z.string() }),
  artifacts: z.array(z.object({ target: z.string(), digest: z.string() })),
});

/**
 * What was approved about a spec and written, newest first, also in runs that go on: read from the decisions themselves,
 * that is from the manifests whose digests people named. Nothing else can make a file an approved one.
 */
export async function approvalsOf(
  { engine, artifacts }: Pick<AppPorts, "engine" | "artifacts">,
  subject: string,
): Promise<readonly Approval[]> {
  const opened = await engine();
  const runs = await opened.runs({ limit: LOOKED_AT });
  const decided = await Promise.all(
    runs.filter((run) => run.subject === subject).map(({ runId }) => writtenIn(opened, runId)),
  );
  const found = await Promise.all(
    decided
      .flat()
      .toSorted((a, b) => b.at.localeCompare(a.at))
      .map(async ({ runId, digest }) => {
        const kept = await artifacts.get(digest);
        if (!kept.ok) return [];
        const read = manifest.safeParse(JSON.parse(kept.value));
        if (!read.success) return [];
        const { stage, subject: about, artifacts: files } = read.data;
        return files.map((file) => ({ ...file, runId, stage, subjectDigest: about.planned }));
      }),
  );
  return found.flat();
}

/** An approval that was carried out. */
interface Written {
  readonly runId: string;
  /** ISO 8601, UTC: when it was decided. */
  readonly at: string;
  /** Of the manifest that was approved. */
  readonly digest: string;
}

/** The approvals of a run that led to files and are not void. */
async function writtenIn(engine: Engine, runId: string): Promise<readonly Written[]> {
  const approved = new Map<string, Written>();
  const written = new Set<string>();
  for await (const { event, at } of engine.events(runId, 0)) {
    if (event.type === "gate-decided" && event.decision === "approve") {
      approved.set(event.stage, { runId, at, digest: event.digest });
      written.delete(event.stage);
    } else if (event.type === "gate-voided") approved.delete(event.stage);
    else if (event.type === "stages-voided")
      for (const stage of [event.asksAgain, ...event.runAgain.map((run) => run.stage)])
        approved.delete(stage ?? "");
    else if (event.type === "artifact-written") written.add(event.stage);
  }
  return [...approved].flatMap(([stage, approval]) => (written.has(stage) ? [approval] : []));
}
