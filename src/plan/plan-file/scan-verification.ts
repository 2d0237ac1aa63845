import { tidy } from "../../core/markdown/folded.ts";
import type { DraftPhase, DraftVerification } from "./drafts.ts";
import { lineAt, type Scan } from "./scan-state.ts";

interface Opening {
  readonly subject: string | undefined;
  readonly blocking: boolean;
  /** Where it stands in its line. */
  readonly at: number;
  readonly ofPlan?: boolean;
}

export function openVerification(
  scan: Scan,
  index: number,
  { subject, blocking, at, ofPlan = false }: Opening,
): DraftVerification {
  const line = lineAt(scan, index);
  const title = tidy(
    line.text
      .replace(/^[\s#>*+-]+/, "")
      .replaceAll("**", "")
      .replace(/:\s*$/, ""),
  ).slice(0, 200);
  const phase: DraftPhase | undefined = ofPlan ? undefined : scan.phase;
  scan.verification = { subject, phase, line, at, title, blocking, criteria: [], commands: [] };
  scan.criteria = undefined;
  scan.drafts.verifications.push(scan.verification);
  return scan.verification;
}
