import { checkDraft } from "./check-draft.ts";
import type { AskAgain, GateRequest } from "./pass-gate.ts";
import { checksRun, type Draft } from "./prepare-draft.ts";
import { emit, type StageRun } from "./stage-run.ts";

/** The draft with whole artifacts replaced by a person's, as they are: the checks run again, QA is not asked. */
export async function withEdits(
  run: StageRun,
  { draft, ...request }: GateRequest,
  { key, round, edits, notice }: AskAgain & { readonly key: string; readonly round: number },
): Promise<Draft> {
  const artifacts = { ...draft.artifacts, ...edits };
  const checks = await checkDraft(run, key, { ...request, artifacts });
  await emit(run, `checks/${key}`, checksRun(run, round, checks));
  const notes = [draft.qa.notes, notice].filter((note) => note !== "").join(" ");
  await emit(run, `signed-off/${key}`, {
    type: "stage-signed-off",
    stage: run.input.stage.name,
    signedOff: false,
    notes: notice,
  });
  // What QA asked for before is open still: nobody looked whether the edit does it.
  const qa = { ...draft.qa, signed_off: false, notes };
  // The person wrote what the synthesizer did not.
  return { ...draft, artifacts, checks, qa, notDone: [] };
}
