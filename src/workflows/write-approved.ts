import type { GateInfo } from "../stage/records.ts";
import { emit, type StageRun } from "./stage-run.ts";

/** What was written, and what kept the rest from being written if something changed meanwhile. */
export type Written = {
  readonly paths: readonly string[];
  readonly changed: string | null;
};

/**
 * Write what was approved next to the spec, if what was shown still holds byte for byte; otherwise say what changed.
 * Everything is compared before anything is written, and each file again in the moment of writing. What a person can
 * mend, such as a full disk, holds the run: the approval stands.
 */
export async function writeApproved(run: StageRun, gate: GateInfo): Promise<Written> {
  const { stage, round } = gate;
  const written = await run.steps.attempt<Written>(
    { name: `${run.input.scope}/write/${round}` },
    () => writeAll(run, gate),
  );
  for (const { name, target, digest } of gate.artifacts)
    if (written.paths.includes(target))
      await emit(run, `written/${round}/${name}`, {
        type: "artifact-written",
        stage,
        path: target,
        digest,
      });
  return written;
}

async function writeAll(run: StageRun, gate: GateInfo): Promise<Written> {
  const { artifacts, files } = run.ports;
  const paths: string[] = [];
  const changed = await whatChanged(run, gate);
  if (changed !== undefined) return { paths, changed };
  const contents = await Promise.all(gate.artifacts.map(({ digest }) => artifacts.get(digest)));
  const corrupt = contents.find((content) => !content.ok);
  if (corrupt && !corrupt.ok) return { paths, changed: corrupt.error.message };
  for (const [index, artifact] of gate.artifacts.entries()) {
    const content = contents[index];
    if (!content?.ok) continue;
    const expected = artifact.replaces ?? undefined;
    const done = await files.write(artifact.target, content.value, expected);
    if (done.ok) paths.push(artifact.target);
    else if (done.error.code === "ARTIFACT_WOULD_OVERWRITE")
      return { paths, changed: `${done.error.message}${alreadyWritten(paths)}` };
    else throw done.error;
  }
  return { paths, changed: null };
}

const alreadyWritten = (paths: readonly string[]): string =>
  paths.length === 0 ? "" : ` Already written: ${paths.join(", ")}.`;

async function whatChanged(run: StageRun, gate: GateInfo): Promise<string | undefined> {
  const { artifacts, files } = run.ports;
  const subject = await files.read(run.input.subject.path);
  if ((subject?.digest ?? null) !== gate.subjectDigest)
    return `${run.input.subject.path} changed after the proposal was shown.`;
  // Where the run lies now: the project may have been moved since the gate was opened.
  const folder = await artifacts.runFolder(run.steps.runId, gate.folder);
  for (const artifact of gate.artifacts) {
    const shown = await files.read(`${folder}/${artifact.name}`);
    if (shown?.digest !== artifact.digest)
      return `The proposed ${artifact.name} in the run's folder is not what was shown.`;
    const target = await files.read(artifact.target);
    const same = (target?.digest ?? null) === artifact.replaces;
    if (!same && target?.digest !== artifact.digest)
      return `${artifact.target} changed after the proposal was shown.`;
  }
  return undefined;
}
