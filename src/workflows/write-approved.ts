import { err, ok, type Result } from "../core/result.ts";
import type { GateInfo } from "../stage/records.ts";
import { emit, type StageRun } from "./stage-run.ts";

type Written = Result<readonly string[], string>;

/**
 * Write what was approved next to the spec, if what was shown still holds byte for byte; otherwise say what changed.
 * Everything is compared before anything is written, and each file again in the moment of writing.
 */
export async function writeApproved(run: StageRun, gate: GateInfo): Promise<Written> {
  const { stage, round } = gate;
  const written = await run.steps.attempt<Written>(
    { name: `${run.input.scope}/write/${round}` },
    async () => {
      const changed = await whatChanged(run, gate);
      if (changed !== undefined) return err(changed);
      for (const artifact of gate.artifacts) {
        const content = await run.ports.artifacts.get(artifact.digest);
        if (!content.ok) return err(content.error.message);
        const expected = artifact.replaces ?? undefined;
        const done = await run.ports.files.write(artifact.target, content.value, expected);
        if (!done.ok) return err(`${done.error.message} ${done.error.hint}`);
      }
      return ok(gate.artifacts.map((artifact) => artifact.target));
    },
  );
  if (written.ok)
    for (const { name, target, digest } of gate.artifacts)
      await emit(run, `written/${round}/${name}`, {
        type: "artifact-written",
        stage,
        path: target,
        digest,
      });
  return written;
}

async function whatChanged(run: StageRun, gate: GateInfo): Promise<string | undefined> {
  const { files } = run.ports;
  const subject = await files.read(run.input.subject.path);
  if ((subject?.digest ?? null) !== gate.subjectDigest)
    return `${run.input.subject.path} changed after the proposal was shown.`;
  for (const artifact of gate.artifacts) {
    const shown = await files.read(`${gate.folder}/${artifact.name}`);
    if (shown?.digest !== artifact.digest)
      return `The proposed ${artifact.name} in the run's folder is not what was shown.`;
    const target = await files.read(artifact.target);
    const same = (target?.digest ?? null) === artifact.replaces;
    if (!same && target?.digest !== artifact.digest)
      return `${artifact.target} changed after the proposal was shown.`;
  }
  return undefined;
}
