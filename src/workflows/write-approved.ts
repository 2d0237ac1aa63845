import type { GateInfo } from "../stage/records.ts";
import { changedAmong } from "./held-files.ts";
import { emit, type StageRun } from "./stage-run.ts";

/** What was written, and what kept the rest from being written if something changed meanwhile. */
export type Written = {
  readonly paths: readonly string[];
  readonly changed: string | null;
  /** Whether that is something that what was shown was made from. */
  readonly outdated: boolean;
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
  const inputs = await changedInputs(run, gate);
  if (inputs !== undefined) return { paths, changed: inputs, outdated: run.strict };
  const changed = await whatChanged(run, gate);
  if (changed !== undefined) return { paths, changed, outdated: false };
  const contents = await Promise.all(gate.artifacts.map(({ digest }) => artifacts.get(digest)));
  const corrupt = contents.find((content) => !content.ok);
  if (corrupt && !corrupt.ok) return { paths, changed: corrupt.error.message, outdated: false };
  for (const [index, artifact] of gate.artifacts.entries()) {
    const content = contents[index];
    if (!content?.ok) continue;
    const expected = artifact.replaces ?? undefined;
    const done = await files.write(artifact.target, content.value, expected);
    if (done.ok) paths.push(artifact.target);
    else if (done.error.code === "ARTIFACT_WOULD_OVERWRITE")
      return {
        paths,
        changed: `${done.error.message}${alreadyWritten(paths)}`,
        outdated: false,
      };
    else throw done.error;
  }
  return { paths, changed: null, outdated: false };
}

const alreadyWritten = (paths: readonly string[]): string =>
  paths.length === 0 ? "" : ` Already written: ${paths.join(", ")}.`;

/** What the stage worked from and holds on to, compared with what it was when the proposal was shown. */
async function changedInputs(run: StageRun, gate: GateInfo): Promise<string | undefined> {
  const { path } = run.input.subject;
  const shown = [{ path, digest: gate.subjectDigest }, ...gate.inputs];
  const changed = await changedAmong(run.ports, run.input.holds);
  for (const { path: held, digest } of shown) {
    const now = (await run.ports.files.read(held))?.digest ?? null;
    // Put back as the stage began with it counts as well: that is what the artifacts were made from.
    const stands = now === digest || !changed.some((one) => one.path === held);
    if (!stands) return `${held} changed after the proposal was shown.`;
  }
  return undefined;
}

async function whatChanged(run: StageRun, gate: GateInfo): Promise<string | undefined> {
  const { artifacts, files } = run.ports;
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
